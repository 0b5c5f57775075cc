package dev.wattle.host.component.abi;

import dev.wattle.host.component.AbiLimits;
import dev.wattle.host.component.Sandbox;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.Trap;
import org.jspecify.annotations.Nullable;

/// What all component instances of one sandbox have in common. One thread at a time.
///
/// @spec CanonicalABI.md `Store`
final class Store {
    final Sandbox sandbox;
    final GuestControl control;
    final AbiLimits limits;
    private @Nullable SandboxHeap heap;
    private long rootMark;
    private int nesting;
    private boolean trapped;

    private Store(Sandbox sandbox) {
        this.sandbox = sandbox;
        this.control = sandbox.control();
        this.limits = sandbox.abiLimits();
    }

    static Store of(Sandbox sandbox) {
        return sandbox.state(Store.class, () -> new Store(sandbox));
    }

    /// The calling thread goes from the host into guest code.
    ///
    /// @return is this the root call?
    /// @throws Trap when nothing of the sandbox may be entered
    boolean enter() {
        if (sandbox.locked()) {
            throw new Trap(Trap.Kind.INSTANCE_LOCKED);
        }
        boolean root = !control.entered();
        if (root) {
            control.enter();
            rootMark = mark();
            nesting = 1;
            return true;
        }
        requireNotTrapped();
        if (nesting >= limits.nesting()) {
            trapped = true;
            throw new Trap(Trap.Kind.LIMIT, "host and guests call each other deeper than " + limits.nesting());
        }
        control.resume();
        nesting++;
        return false;
    }

    /// And back again, however the call went.
    void exit(boolean root) {
        if (root) {
            control.exit();
            trapped = false;
            releaseTo(rootMark); // what was lifted is the caller's now, outside of the sandbox
        } else {
            nesting--;
            control.host();
        }
    }

    /// Something was thrown out of guest code: nothing runs before it has come out of the root call.
    void trap() {
        trapped = true;
    }

    /// Traps when a guest did, even if a function of the host has caught it: that ends at the root call.
    void requireNotTrapped() {
        if (trapped || sandbox.locked()) {
            throw new Trap(Trap.Kind.INSTANCE_LOCKED);
        }
    }

    /// What lifted values take of the host's heap, to go back to.
    long mark() {
        SandboxHeap known = heap;
        return known == null ? 0 : known.values().mark();
    }

    void releaseTo(long mark) {
        SandboxHeap known = heap;
        if (known != null) {
            known.values().releaseTo(mark);
        }
    }

    HeapShare values() {
        return heap().values();
    }

    HeapShare handles() {
        return heap().handles();
    }

    private SandboxHeap heap() {
        SandboxHeap known = heap;
        if (known == null) {
            known = SandboxHeap.of(sandbox);
            heap = known;
        }
        return known;
    }
}
