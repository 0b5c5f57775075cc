package dev.wattle.interop;

import dev.wattle.wit.FunctionType;
import dev.wattle.wit.WitValue;
import java.util.List;
import java.util.Optional;

/// One thing to do with a guest, the same on every runtime. Immutable.
sealed interface Step {
    /// Go on with a new instance, whose host has no counters.
    record Fresh() implements Step {}

    /// Call an exported function.
    ///
    /// @param interfaceName empty for a function at the root of the world
    /// @param arguments resources among them are placeholders, whose representation is a [Kept]
    /// @param answer what the host's function of that name answers, where it is one of those that answer as
    /// told
    /// @param keep the names that resources of the result are kept by, in order
    record Call(
            String interfaceName,
            String function,
            FunctionType type,
            List<WitValue> arguments,
            Optional<WitValue> answer,
            List<String> keep)
            implements Step {
        public Call {
            arguments = List.copyOf(arguments);
            keep = List.copyOf(keep);
        }
    }

    /// Drop a resource that was kept.
    record Drop(String name) implements Step {}

    /// Stands for a resource that was kept.
    record Kept(String name) {}
}
