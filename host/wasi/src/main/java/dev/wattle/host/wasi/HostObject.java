package dev.wattle.host.wasi;

import dev.wattle.host.component.HostResource;
import dev.wattle.host.component.Sandbox;
import dev.wattle.host.engine.Trap;
import dev.wattle.wit.ResourceType;
import dev.wattle.wit.WitValue;
import org.jspecify.annotations.Nullable;

/// What stands behind a handle: counted against the sandbox's quota while a guest holds it, and kept from
/// being dropped before its children, as WASI rules. Used by its sandbox's thread alone.
abstract class HostObject {
    private @Nullable HostObject parent;
    private int children;

    /// How many a sandbox holds.
    static final class Count {
        private int alive;
    }

    /// A resource type of the host, for the whole process.
    static HostResource resource(String name) {
        return new HostResource(new ResourceType(name), (sandbox, object) -> {
            var dropped = (HostObject) object;
            dropped.take(sandbox);
            dropped.dropped(sandbox);
        });
    }

    /// Gives the guest an owned handle to this object.
    WitValue give(Sandbox sandbox, HostResource resource) {
        Count count = sandbox.state(Count.class, Count::new);
        if (count.alive >= Limits.MAX_RESOURCES) {
            throw new Trap(Trap.Kind.LIMIT, "more than " + Limits.MAX_RESOURCES + " resources of the host are in use");
        }
        count.alive++;
        return new WitValue.Resource(resource.type(), this);
    }

    /// The same; the parent must outlive it.
    WitValue giveChild(Sandbox sandbox, HostResource resource, HostObject of) {
        WitValue handle = give(sandbox, resource);
        parent = of;
        of.children++;
        return handle;
    }

    /// The guest gave its handle up.
    ///
    /// @throws Trap when children are alive
    void take(Sandbox sandbox) {
        if (children > 0) {
            throw new Trap(
                    Trap.Kind.CANONICAL_ABI, "resource has children: " + this + " must outlive what came from it");
        }
        sandbox.state(Count.class, Count::new).alive--;
        if (parent != null) {
            parent.children--;
            parent = null;
        }
    }

    /// The guest dropped it, rather than handing it to a function.
    void dropped(Sandbox sandbox) {}

    @Override
    public String toString() {
        return getClass().getSimpleName();
    }
}
