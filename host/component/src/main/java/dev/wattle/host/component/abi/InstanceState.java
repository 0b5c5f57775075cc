package dev.wattle.host.component.abi;

import dev.wattle.host.component.Sandbox;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.Trap;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the canonical ABI keeps for one component instance: its handles, and whether it may be entered and
/// left. One sandbox, one thread at a time.
///
/// @spec CanonicalABI.md `ComponentInstance`
public final class InstanceState {
    private final Sandbox sandbox;
    private final @Nullable InstanceState parent;
    private final HeapShare liftedValues;
    private final HandleTable handles;
    private boolean mayEnter = true;
    private boolean mayLeave = true;

    /// The state of an instance at the root.
    public InstanceState(Sandbox sandbox) {
        this(sandbox, null);
    }

    /// @param parent the instance of the component that this one is nested in; null at the root
    public InstanceState(Sandbox sandbox, @Nullable InstanceState parent) {
        this.sandbox = Objects.requireNonNull(sandbox, "sandbox");
        this.parent = parent;
        SandboxHeap heap = SandboxHeap.of(sandbox);
        this.liftedValues = heap.values();
        this.handles = new HandleTable(heap.handles());
    }

    /// The sandbox it lives in.
    public Sandbox sandbox() {
        return sandbox;
    }

    HandleTable handles() {
        return handles;
    }

    /// What values take that were lifted in this sandbox.
    HeapShare liftedValues() {
        return liftedValues;
    }

    /// Runs guest code of this instance: what a lifted function does, or a start function while instantiating.
    /// Whatever is thrown locks the sandbox, and is thrown on as it is.
    ///
    /// @param caller the instance whose code is running already (the parent, say), or null when the host is
    /// @throws Trap when the sandbox is locked, or the instance has been entered already
    public <T extends @Nullable Object> T run(@Nullable InstanceState caller, Supplier<T> work) {
        if (sandbox.locked()) {
            throw new Trap(Trap.Kind.INSTANCE_LOCKED);
        }
        try {
            return caller == null ? runFromHost(work) : runFrom(caller, work);
        } catch (StackOverflowError e) {
            sandbox.lock();
            throw new Trap(Trap.Kind.STACK_EXHAUSTED, Trap.Kind.STACK_EXHAUSTED.reason(), e);
        } catch (Throwable e) {
            sandbox.lock();
            throw e;
        }
    }

    private <T extends @Nullable Object> T runFromHost(Supplier<T> work) {
        GuestControl control = sandbox.control();
        if (control.entered()) {
            control.resume();
            try {
                return runFrom(null, work);
            } finally {
                control.host();
            }
        }
        long mark = liftedValues.mark();
        control.enter();
        try {
            return runFrom(null, work);
        } finally {
            control.exit();
            // What was lifted is the caller's now, outside of the sandbox.
            liftedValues.releaseTo(mark);
        }
    }

    private <T extends @Nullable Object> T runFrom(@Nullable InstanceState caller, Supplier<T> work) {
        enterFrom(caller);
        T result = work.get();
        leaveTo(caller);
        return result;
    }

    /// @spec CanonicalABI.md `ComponentInstance.may_enter_from`, `enter_from`
    private void enterFrom(@Nullable InstanceState caller) {
        for (InstanceState each = this; each != null && !isSelfOrAncestorOf(each, caller); each = each.parent) {
            if (!each.mayEnter) {
                throw new Trap(Trap.Kind.CANONICAL_ABI, "cannot enter component instance: a call into it is under way");
            }
            each.mayEnter = false;
        }
    }

    private void leaveTo(@Nullable InstanceState caller) {
        for (InstanceState each = this; each != null && !isSelfOrAncestorOf(each, caller); each = each.parent) {
            each.mayEnter = true;
        }
    }

    private static boolean isSelfOrAncestorOf(InstanceState instance, @Nullable InstanceState of) {
        for (InstanceState each = of; each != null; each = each.parent) {
            if (each == instance) {
                return true;
            }
        }
        return false;
    }

    /// Traps in places where the guest may not call out: realloc and post-return.
    void requireMayLeave() {
        if (!mayLeave) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "cannot leave component instance");
        }
    }

    void forbidLeaving() {
        assert mayLeave;
        mayLeave = false;
    }

    void allowLeaving() {
        mayLeave = true;
    }
}
