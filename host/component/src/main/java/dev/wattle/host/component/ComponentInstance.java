package dev.wattle.host.component;

import dev.wattle.host.engine.CoreModule;
import java.util.Optional;

/// A component, alive in one [Sandbox]. Closed with it. Also an instance that such a component exports.
public interface ComponentInstance {
    /// The function at the root of the world.
    Optional<ComponentFunction> function(String name);

    /// The function of an exported interface. The interface's name with or without version; without one, the
    /// only version exported; with one, that or the newest that serves it
    /// ([dev.wattle.wit.InterfaceName#serves]).
    Optional<ComponentFunction> function(String interfaceName, String name);

    /// The instance that is exported under this name: an interface, with or without version, or a plain name.
    default Optional<ComponentInstance> instance(String name) {
        return Optional.empty();
    }

    /// The resource type that is exported under this name, as this instance has it. To drop a resource runs its
    /// destructor.
    default Optional<HostResource> resource(String name) {
        return Optional.empty();
    }

    /// The core module that is exported under this name.
    default Optional<CoreModule> module(String name) {
        return Optional.empty();
    }

    /// The component that is exported under this name, to be linked and instantiated by itself.
    default Optional<Component> component(String name) {
        return Optional.empty();
    }
}
