package dev.wattle.host.component;

import dev.wattle.wit.FunctionType;
import java.util.Optional;

/// What satisfies an imported instance: functions by name, resources by name. Immutable; shared by all
/// sandboxes.
public interface HostInterface {
    /// The function that the import wants, or nothing when it is not here.
    ///
    /// @param name as in WIT: `convert`, `[method]input-stream.read`, `[constructor]fields`,
    /// `[static]fields.from- list`
    /// @param type as the component imports it
    Optional<HostFunction> function(String name, FunctionType type);

    /// The resource that the import wants, or nothing when it is not here.
    Optional<HostResource> resource(String name);
}
