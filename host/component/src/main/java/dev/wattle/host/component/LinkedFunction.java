package dev.wattle.host.component;

import dev.wattle.host.component.abi.Cancellation;
import dev.wattle.host.component.abi.CanonicalFunction;
import dev.wattle.host.component.abi.InstanceState;
import dev.wattle.host.component.abi.LiftedValues;
import dev.wattle.wit.WitValue;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A function that another component of the composition exports, as an import: called in whichever of its
/// instances is free in the caller's sandbox.
record LinkedFunction(String member, Optional<String> interfaceName, String name)
        implements HostFunction, CanonicalFunction {
    @Override
    public Optional<WitValue> call(Sandbox sandbox, List<WitValue> arguments) {
        Residents residents = Residents.of(sandbox);
        return residents.call(
                residents.idle(member), resident -> function(resident).call(arguments));
    }

    @Override
    public Cancellation call(
            Supplier<LiftedValues> onStart,
            Consumer<@Nullable LiftedValues> onResolve,
            @Nullable InstanceState caller) {
        InstanceState from = Objects.requireNonNull(caller, "caller");
        Residents residents = Residents.of(from.sandbox());
        return residents.call(
                residents.idleForGuest(member),
                resident -> ResidentFunction.call(function(resident), onStart, onResolve, from));
    }

    private ComponentFunction function(Residents.Resident resident) {
        ComponentInstance instance = resident.instance();
        return (interfaceName.isPresent() ? instance.function(interfaceName.get(), name) : instance.function(name))
                .orElseThrow(() -> new IllegalStateException(member + " has lost its export " + name));
    }
}
