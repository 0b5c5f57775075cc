package dev.wattle.host.component.abi;

import dev.wattle.host.component.HostFunction;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.WitValue;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A function of the host as a guest sees it.
record HostCallee(String name, FunctionType type, HostFunction function) implements CanonicalFunction {
    @Override
    public void call(
            Supplier<List<WitValue>> onStart, Consumer<Optional<WitValue>> onResolve, @Nullable InstanceState caller) {
        throw new UnsupportedOperationException();
    }
}
