package dev.wattle.host.component.abi;

import java.lang.invoke.MethodHandle;

/// A resource of a guest, outside of it: the representation that [dev.wattle.wit.WitValue.Resource] carries for
/// a resource that a guest defines. The same object for as long as the resource lives, whoever holds it.
///
/// As an `own` it belongs to who got it: pass it on as an `own`, or [#drop] it. What is never dropped ends with
/// the sandbox, without running its destructor. As a `borrow` it may be used until the call returns.
public final class GuestResource {
    private enum Holder {
        /// A handle table.
        GUEST,
        /// Whoever was given the lifted value.
        OUTSIDE,
        /// Nobody.
        DROPPED
    }

    private final ResourceDefinition.Guest definition;
    private final int representation;
    private Holder holder = Holder.GUEST;

    GuestResource(ResourceDefinition.Guest definition, int representation) {
        this.definition = definition;
        this.representation = representation;
    }

    /// Drops a resource that the host owns: runs its destructor in the guest, unless the sandbox is locked or
    /// closed.
    ///
    /// @throws IllegalStateException when the host does not own it (it was borrowed, handed on, or dropped)
    /// @throws dev.wattle.host.engine.Trap when the destructor traps, or its instance is on the stack already
    public void drop() {
        if (holder != Holder.OUTSIDE) {
            throw new IllegalStateException("not the owner of the " + this);
        }
        holder = Holder.DROPPED;
        if (!definition.implementation().sandbox().locked()) {
            destructFromHost();
        }
    }

    /// A guest drops its owned handle.
    void dropFrom(InstanceState caller) {
        holder = Holder.DROPPED;
        InstanceState instance = definition.implementation();
        instance.enterAllFrom(caller); // the instance itself may drop it, and its parents and children
        destruct();
        instance.leaveAllTo(caller);
    }

    private void destructFromHost() {
        InstanceState instance = definition.implementation();
        boolean root = instance.enterFromHost();
        try {
            destruct();
        } catch (Throwable e) {
            throw instance.abandon(root, e);
        }
        instance.leaveToHost(root);
    }

    private void destruct() {
        if (definition.destructor().isPresent()) {
            MethodHandle destructor = definition.destructor().get();
            definition.implementation().runCore(() -> {
                try {
                    destructor.invokeExact(representation);
                } catch (Throwable e) {
                    throw Unchecked.rethrow(e);
                }
            });
        }
    }

    InstanceState implementation() {
        return definition.implementation();
    }

    /// What the guest that defines it knows it by.
    int representation() {
        return representation;
    }

    /// An owned handle left its table.
    void moveOut() {
        holder = Holder.OUTSIDE;
    }

    /// The owner hands it to a guest.
    void moveIn() {
        if (holder != Holder.OUTSIDE) {
            throw new IllegalArgumentException(
                    "the " + this + " is passed on as an own by someone who does not own it");
        }
        holder = Holder.GUEST;
    }

    void requireAlive() {
        if (holder == Holder.DROPPED) {
            throw new IllegalArgumentException("the " + this + " was dropped");
        }
    }

    @Override
    public String toString() {
        return definition.toString();
    }
}
