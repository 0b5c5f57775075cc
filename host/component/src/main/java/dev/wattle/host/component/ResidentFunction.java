package dev.wattle.host.component;

import dev.wattle.host.component.abi.Cancellation;
import dev.wattle.host.component.abi.CanonicalFunction;
import dev.wattle.host.component.abi.InstanceState;
import dev.wattle.host.component.abi.LiftedValues;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.WitValue;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A function of one instance of a composition; while it runs, the instance is on the stack.
record ResidentFunction(Residents residents, Residents.Resident resident, ComponentFunction function)
        implements ComponentFunction, HostFunction, CanonicalFunction {
    @Override
    public FunctionType type() {
        return function.type();
    }

    @Override
    public Optional<WitValue> call(List<WitValue> arguments) {
        return residents.call(resident, _ -> function.call(arguments));
    }

    @Override
    public Optional<WitValue> call(Sandbox sandbox, List<WitValue> arguments) {
        return call(arguments);
    }

    @Override
    public Cancellation call(
            Supplier<LiftedValues> onStart,
            Consumer<@Nullable LiftedValues> onResolve,
            @Nullable InstanceState caller) {
        InstanceState from = Objects.requireNonNull(caller, "caller");
        return residents.call(resident, _ -> call(function, onStart, onResolve, from));
    }

    /// A call from guest to guest. Guests' own functions take arguments from the caller directly; those that
    /// only pass on what the host serves are called as the host is.
    static Cancellation call(
            ComponentFunction function,
            Supplier<LiftedValues> onStart,
            Consumer<@Nullable LiftedValues> onResolve,
            InstanceState caller) {
        CanonicalFunction callee = function instanceof CanonicalFunction guest
                ? guest
                : CanonicalFunction.ofHost("passed on", function.type(), (_, arguments) -> function.call(arguments));
        return callee.call(onStart, onResolve, caller);
    }
}
