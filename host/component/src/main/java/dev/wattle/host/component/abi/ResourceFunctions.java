package dev.wattle.host.component.abi;

import dev.wattle.host.engine.CoreExtern;

/// The core functions that guests handle resources with: `canon resource.new`, `resource.drop`, `resource.rep`.
///
/// @spec CanonicalABI.md `canon resource.new`, `canon resource.drop`, `canon resource.rep`
public final class ResourceFunctions {
    /// `(i32) -> (i32)`: makes an owned handle for a representation. Only for the instance that defines the resource.
    public static CoreExtern.Function resourceNew(ResourceDefinition.Guest definition) {
        throw new UnsupportedOperationException();
    }

    /// `(i32) -> ()`: drops a handle in the table of `instance`; an owned one is destructed.
    public static CoreExtern.Function resourceDrop(InstanceState instance, ResourceDefinition definition) {
        throw new UnsupportedOperationException();
    }

    /// `(i32) -> (i32)`: the representation behind a handle. Only for the instance that defines the resource.
    public static CoreExtern.Function resourceRep(ResourceDefinition.Guest definition) {
        throw new UnsupportedOperationException();
    }

    private ResourceFunctions() {}
}
