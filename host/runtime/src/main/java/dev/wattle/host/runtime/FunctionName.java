package dev.wattle.host.runtime;

import java.util.Objects;
import java.util.Optional;

/// An exported function: of an interface (named with or without version), or at the root of the world.
public record FunctionName(Optional<String> interfaceName, String function) {
    public FunctionName {
        Objects.requireNonNull(interfaceName, "interfaceName");
        Objects.requireNonNull(function, "function");
    }

    @Override
    public String toString() {
        return interfaceName.map(name -> name + "#").orElse("") + function;
    }
}
