package dev.wattle.host.component.abi;

import dev.wattle.host.component.HostFunction;
import dev.wattle.host.component.Sandbox;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.Values;
import dev.wattle.wit.WitValue;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A function of the host as a guest sees it: takes the sandbox's thread out of guest code while it runs.
record HostCallee(String name, FunctionType type, HostFunction function) implements CanonicalFunction {
    @Override
    public Cancellation call(
            Supplier<LiftedValues> onStart,
            Consumer<@Nullable LiftedValues> onResolve,
            @Nullable InstanceState caller) {
        Sandbox sandbox = Objects.requireNonNull(caller, "caller").sandbox();
        List<WitValue> arguments = onStart.get().values();
        sandbox.control().host();
        Optional<WitValue> result = function.call(sandbox, arguments);
        caller.requireNotTrapped();
        checkResult(result);
        sandbox.control().resume();
        onResolve.accept(LiftedValues.ofHost(result.stream().toList()));
        return Cancellation.NONE;
    }

    private void checkResult(Optional<WitValue> result) {
        try {
            Values.checkResult(type, result);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("the host's function " + name + " answered what its type has not", e);
        }
    }
}
