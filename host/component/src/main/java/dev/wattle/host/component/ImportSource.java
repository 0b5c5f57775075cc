package dev.wattle.host.component;

import dev.wattle.wit.FunctionType;
import dev.wattle.wit.InterfaceName;
import java.util.Optional;

/// Where a component's imports come from. Asked once when the component is linked, never per call.
public interface ImportSource {
    /// What serves an imported interface, or nothing. A source that has `wasi:io/streams@0.2.6` serves any
    /// `0.2.x` import of it.
    Optional<HostInterface> interfaceFor(InterfaceName name);

    /// What serves a function imported at the root of the world, or nothing.
    default Optional<HostFunction> rootFunction(String name, FunctionType type) {
        return Optional.empty();
    }
}
