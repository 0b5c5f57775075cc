package dev.wattle.host.component.abi;

import dev.wattle.host.component.HostFunction;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.WitValue;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A function of the host as a guest sees it.
record HostCallee(String name, FunctionType type, HostFunction function) implements CanonicalFunction {
    @Override
    public Cancellation call(
            Supplier<LiftedValues> onStart,
            Consumer<@Nullable LiftedValues> onResolve,
            @Nullable InstanceState caller) {
        InstanceState guest = Objects.requireNonNull(caller, "caller");
        Optional<WitValue> result =
                HostCalls.call(guest, function, onStart.get().values());
        HostCalls.checkResult(name, type, result);
        HostCalls.resume(guest);
        onResolve.accept(LiftedValues.ofHost(result.stream().toList()));
        return Cancellation.NONE;
    }
}
