package dev.wattle.host.component;

import dev.wattle.host.component.abi.Cancellation;
import dev.wattle.host.component.abi.CanonLift;
import dev.wattle.host.component.abi.CanonicalFunction;
import dev.wattle.host.component.abi.InstanceState;
import dev.wattle.host.component.abi.LiftedValues;
import dev.wattle.host.component.code.Context;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.WitValue;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A lifted function with code of its own.
///
/// @param code `(Context, List) → Optional`
/// @param interpreted the same function, for callers that no code was made for
record GeneratedFunction(Context context, FunctionType type, MethodHandle code, Supplier<CanonLift> interpreted)
        implements ComponentFunction, CanonicalFunction {
    @Override
    @SuppressWarnings("unchecked") // the code's only result
    public Optional<WitValue> call(List<WitValue> arguments) {
        try {
            return (Optional<WitValue>) (Optional<?>) code.invokeExact(context, arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("generated code throws what it does not declare", e);
        }
    }

    @Override
    public Cancellation call(
            Supplier<LiftedValues> onStart,
            Consumer<@Nullable LiftedValues> onResolve,
            @Nullable InstanceState caller) {
        return interpreted.get().call(onStart, onResolve, caller);
    }
}
