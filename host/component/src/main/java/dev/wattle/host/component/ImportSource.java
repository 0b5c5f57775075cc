package dev.wattle.host.component;

import dev.wattle.host.engine.CoreModule;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.InterfaceName;
import java.util.Optional;

/// Where a component's imports come from. Asked once when the component is linked, never per call.
public interface ImportSource {
    /// What serves an imported interface, or nothing. A source that has `wasi:io/streams@0.2.6` serves any
    /// `0.2.x` import of it.
    Optional<HostInterface> interfaceFor(InterfaceName name);

    /// What serves an instance that is imported under a name, plain or an interface's, or nothing.
    default Optional<HostInterface> find(String name) {
        Optional<InterfaceName> full = InterfaceName.tryParse(name);
        return full.isPresent() ? interfaceFor(full.get()) : rootInstance(name);
    }

    /// What serves a function imported at the root of the world, or nothing.
    default Optional<HostFunction> rootFunction(String name, FunctionType type) {
        return Optional.empty();
    }

    /// What serves an instance that is imported under a plain name, or nothing.
    default Optional<HostInterface> rootInstance(String name) {
        return Optional.empty();
    }

    /// The resource imported at the root of the world, or nothing.
    default Optional<HostResource> rootResource(String name) {
        return Optional.empty();
    }

    /// The core module imported at the root of the world, or nothing. Its type is checked.
    default Optional<CoreModule> rootModule(String name) {
        return Optional.empty();
    }

    /// The component imported at the root of the world, or nothing. Its type is checked; what it makes lives in
    /// the sandbox of the component that imports it.
    default Optional<Component> rootComponent(String name) {
        return Optional.empty();
    }
}
