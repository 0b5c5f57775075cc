package dev.wattle.host.component;

import java.util.Optional;

/// A component, alive in one [Sandbox]. Closed with it.
public interface ComponentInstance {
    /// The function at the root of the world.
    Optional<ComponentFunction> function(String name);

    /// The function of an exported interface. The interface's name with or without version; without one, the
    /// only version exported.
    Optional<ComponentFunction> function(String interfaceName, String name);
}
