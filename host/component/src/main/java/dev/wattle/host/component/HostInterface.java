package dev.wattle.host.component;

import dev.wattle.host.engine.CoreModule;
import dev.wattle.wit.FunctionType;
import java.util.Optional;

/// What satisfies an imported instance: functions by name, resources by name. Immutable; shared by all
/// sandboxes.
public interface HostInterface {
    /// The exports of an instance, for a component that is instantiated in the same sandbox later.
    static HostInterface of(ComponentInstance instance) {
        return new InstanceExports(instance);
    }

    /// The function that the import wants, or nothing when it is not here.
    ///
    /// @param name as in WIT: `convert`, `[method]input-stream.read`, `[constructor]fields`,
    /// `[static]fields.from- list`
    /// @param type as the component imports it
    Optional<HostFunction> function(String name, FunctionType type);

    /// The resource that the import wants, or nothing when it is not here.
    Optional<HostResource> resource(String name);

    /// The instance inside of this one, or nothing.
    default Optional<HostInterface> instance(String name) {
        return Optional.empty();
    }

    /// The core module that the import wants, or nothing. Its type is checked.
    default Optional<CoreModule> module(String name) {
        return Optional.empty();
    }

    /// The component that the import wants, or nothing. Its type is checked.
    default Optional<Component> component(String name) {
        return Optional.empty();
    }
}
