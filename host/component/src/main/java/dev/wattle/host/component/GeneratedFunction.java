package dev.wattle.host.component;

import dev.wattle.host.component.code.Context;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.WitValue;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;

/// A lifted function with code of its own.
///
/// @param code `(Context, List) → Optional`
record GeneratedFunction(Context context, FunctionType type, MethodHandle code) implements ComponentFunction {
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
}
