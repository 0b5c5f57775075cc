package dev.wattle.host.component.abi;

import dev.wattle.host.component.ComponentFunction;
import dev.wattle.host.engine.CoreExtern;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.WitValue;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A component function over a core function: `canon lift`. The host calls it as [ComponentFunction], other guests of
/// the
/// sandbox as [CanonicalFunction] through their [CanonLower].
///
/// @spec CanonicalABI.md `canon_lift`
public final class CanonLift implements ComponentFunction, CanonicalFunction {
    /// @param instance the instance whose code `callee` is
    /// @param type with the resource types of this instance
    /// @param callee of the core type `CanonicalAbi.flatten(type, LIFT)`
    public CanonLift(InstanceState instance, FunctionType type, CoreExtern.Function callee, CanonicalOptions options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FunctionType type() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<WitValue> call(List<WitValue> arguments) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void call(
            Supplier<List<WitValue>> onStart, Consumer<Optional<WitValue>> onResolve, @Nullable InstanceState caller) {
        throw new UnsupportedOperationException();
    }
}
