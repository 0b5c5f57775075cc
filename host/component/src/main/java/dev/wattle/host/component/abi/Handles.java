package dev.wattle.host.component.abi;

import dev.wattle.host.engine.Trap;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitValue;

/// Moves resources between handle tables and values.
///
/// @spec CanonicalABI.md `lift_own`, `lift_borrow`, `lower_own`, `lower_borrow`
final class Handles {
    /// Takes an owned handle out of the table; the resource belongs to whoever gets the value.
    static WitValue liftOwn(LiftLowerContext cx, long index, WitType.OwnType type) {
        ResourceHandle handle = cx.handles().get(index, type.resource());
        if (handle.numLends != 0) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "cannot remove owned resource while borrowed");
        }
        if (!handle.own()) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "cannot lift own resource from a borrow");
        }
        cx.handles().remove(index);
        if (handle.representation instanceof GuestResource resource) {
            resource.moveOut();
        }
        cx.charge(LiftLowerContext.VALUE_COST);
        return new WitValue.Resource(type.resource(), handle.representation);
    }

    /// Lends the resource behind an owned or borrowed handle for as long as the call lasts.
    static WitValue liftBorrow(LiftLowerContext cx, long index, WitType.BorrowType type) {
        ResourceHandle handle = cx.handles().get(index, type.resource());
        cx.charge(2 * LiftLowerContext.VALUE_COST);
        cx.subtask().addLender(handle);
        return new WitValue.Resource(type.resource(), handle.representation);
    }

    static int lowerOwn(LiftLowerContext cx, WitValue value, WitType.OwnType type) {
        Object representation = ((WitValue.Resource) value).representation();
        if (representation instanceof GuestResource resource) {
            resource.moveIn();
        }
        return cx.handles().add(ResourceHandle.own(type.resource(), representation));
    }

    /// In the instance that defines the resource, a borrow is the plain representation.
    static int lowerBorrow(LiftLowerContext cx, WitValue value, WitType.BorrowType type) {
        Object representation = ((WitValue.Resource) value).representation();
        if (representation instanceof GuestResource resource) {
            resource.requireAlive();
            if (resource.implementation() == cx.instance()) {
                return resource.representation();
            }
        }
        cx.task().addBorrow();
        return cx.handles().add(ResourceHandle.borrow(type.resource(), representation, cx.task()));
    }

    private Handles() {}
}
