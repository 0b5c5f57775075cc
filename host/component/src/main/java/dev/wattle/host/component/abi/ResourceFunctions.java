package dev.wattle.host.component.abi;

import static dev.wattle.host.component.abi.CoreFunctions.I32_TO_I32;
import static dev.wattle.host.component.abi.CoreFunctions.I32_TO_NOTHING;

import dev.wattle.host.component.Sandbox;
import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.Trap;

/// The core functions that guests handle resources with: `canon resource.new`, `resource.drop`, `resource.rep`.
///
/// @spec CanonicalABI.md `canon resource.new`, `canon resource.drop`, `canon resource.rep`
public final class ResourceFunctions {
    /// `(i32) -> (i32)`: makes an owned handle for a representation. Only for the instance that defines the
    /// resource.
    public static CoreExtern.Function resourceNew(ResourceDefinition.Guest definition) {
        return CoreFunctions.of(I32_TO_I32, values -> make(definition, (int) values[0]));
    }

    /// What [#resourceNew] does.
    public static int make(ResourceDefinition.Guest definition, int representation) {
        InstanceState instance = definition.implementation();
        instance.requireMayLeave();
        GuestResource resource = new GuestResource(definition, representation);
        return instance.handles().add(ResourceHandle.own(definition.type(), resource));
    }

    /// `(i32) -> ()`: drops a handle in the table of `instance`; an owned one is destructed.
    public static CoreExtern.Function resourceDrop(InstanceState instance, ResourceDefinition definition) {
        return CoreFunctions.of(I32_TO_NOTHING, values -> {
            drop(instance, definition, (int) values[0]);
            return 0;
        });
    }

    /// What [#resourceDrop] does.
    public static void drop(InstanceState instance, ResourceDefinition definition, int index) {
        instance.requireMayLeave();
        ResourceHandle handle = instance.handles().get(index, definition.type());
        if (handle.numLends != 0) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "cannot remove owned resource while borrowed");
        }
        instance.handles().remove(index);
        if (handle.borrowScope != null) {
            handle.borrowScope.dropBorrow();
        } else if (handle.representation instanceof GuestResource resource) {
            resource.dropFrom(instance);
        } else if (definition instanceof ResourceDefinition.Host(var resource)) {
            Sandbox sandbox = instance.sandbox();
            sandbox.control().host();
            resource.drop().accept(sandbox, handle.representation);
            instance.requireNotTrapped();
            sandbox.control().resume();
        }
    }

    /// `(i32) -> (i32)`: the representation behind a handle. Only for the instance that defines the resource.
    public static CoreExtern.Function resourceRep(ResourceDefinition.Guest definition) {
        return CoreFunctions.of(I32_TO_I32, values -> representation(definition, (int) values[0]));
    }

    /// What [#resourceRep] does.
    public static int representation(ResourceDefinition.Guest definition, int index) {
        ResourceHandle handle = definition.implementation().handles().get(index, definition.type());
        return ((GuestResource) handle.representation).representation();
    }

    private ResourceFunctions() {}
}
