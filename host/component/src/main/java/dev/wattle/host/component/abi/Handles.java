package dev.wattle.host.component.abi;

import dev.wattle.host.engine.Trap;
import dev.wattle.wit.ResourceType;
import dev.wattle.wit.WitType;
import java.util.Optional;

/// Moves resources between handle tables and representations: the host's objects, or [GuestResource]s.
///
/// @spec CanonicalABI.md `lift_own`, `lift_borrow`, `lower_own`, `lower_borrow`
final class Handles {
    /// Takes an owned handle out of the table; the resource belongs to whoever gets the representation.
    static Object liftOwn(InstanceState instance, int index, ResourceType type) {
        ResourceHandle handle = instance.handles().get(index, type);
        if (handle.numLends != 0) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "cannot remove owned resource while borrowed");
        }
        if (!handle.own()) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "cannot lift own resource from a borrow");
        }
        instance.handles().remove(index);
        if (handle.representation instanceof GuestResource resource) {
            resource.moveOut();
        }
        return handle.representation;
    }

    /// Lends the resource behind an owned or borrowed handle for as long as the call lasts.
    static Object liftBorrow(InstanceState instance, int index, ResourceType type, Subtask subtask) {
        ResourceHandle handle = instance.handles().get(index, type);
        subtask.addLender(handle);
        return handle.representation;
    }

    static int lowerOwn(InstanceState instance, Object representation, ResourceType type) {
        if (representation instanceof GuestResource resource) {
            resource.moveIn();
        }
        return instance.handles().add(ResourceHandle.own(type, representation));
    }

    /// In the instance that defines the resource, a borrow is the plain representation.
    static int lowerBorrow(InstanceState instance, Object representation, ResourceType type, Task task) {
        if (representation instanceof GuestResource resource) {
            resource.requireAlive();
            if (resource.implementation() == instance) {
                return resource.representation();
            }
        }
        task.addBorrow();
        return instance.handles().add(ResourceHandle.borrow(type, representation, task));
    }

    /// The end of a stream or future that has this index, is of this kind, and carries this type.
    static CopyEnd copyEnd(InstanceState instance, int index, CopyEnd.Kind kind, Optional<WitType> element) {
        CopyEnd end = instance.handles().get(index, CopyEnd.class, kind.toString());
        if (end.kindOfEnd() != kind || !end.shared().type().equals(element)) {
            throw new Trap(
                    Trap.Kind.CANONICAL_ABI,
                    "handle index %d used with the wrong type, expected %s but found %s"
                            .formatted(index, kind, end.kind()));
        }
        return end;
    }

    /// Takes the readable end of a stream or future out of the table.
    ///
    /// @spec CanonicalABI.md `lift_async_value`
    static Shared liftAsyncValue(InstanceState instance, int index, CopyEnd.Kind kind, Optional<WitType> element) {
        CopyEnd end = copyEnd(instance, index, kind, element);
        end.requireLiftable();
        instance.handles().remove(index);
        return end.shared();
    }

    /// @throws IllegalArgumentException when it is no stream or future of a guest
    /// @spec CanonicalABI.md `lower_stream`, `lower_future`
    static int lowerAsyncValue(InstanceState instance, Object representation, CopyEnd.Kind kind) {
        if (!(representation instanceof Shared shared)) {
            throw new IllegalArgumentException("not a stream or future that a guest gave away: " + representation);
        }
        return instance.handles().add(new CopyEnd(kind, shared));
    }

    private Handles() {}
}
