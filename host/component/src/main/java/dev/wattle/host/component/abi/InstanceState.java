package dev.wattle.host.component.abi;

import dev.wattle.host.component.Sandbox;
import dev.wattle.host.engine.StackRoom;
import dev.wattle.host.engine.Trap;
import dev.wattle.wit.ResourceType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the canonical ABI keeps for one component instance: its handles, and whether it may be entered and
/// left. One sandbox, one thread at a time.
///
/// Whoever calls into the instance enters and leaves it, in one of two ways:
///
/// * code of another instance: [#enterFrom], the call, [#leaveTo]. Nothing is caught in between.
/// * the host: [#enterFromHost], the call, [#leaveToHost]; and [#abandon] for whatever is thrown out of it.
///
/// A trap locks every instance with a frame on the stack: nobody has left it, so it may never be entered again.
///
/// @spec CanonicalABI.md `ComponentInstance`
public final class InstanceState {
    private final Store store;
    private final @Nullable InstanceState parent;
    private @Nullable HandleTable handles;
    private @Nullable InstanceThreads threads;
    private boolean seesTasks;
    private boolean mayEnter = true;
    private boolean mayLeave = true;

    /// The state of an instance at the root.
    public InstanceState(Sandbox sandbox) {
        this(sandbox, null);
    }

    /// @param parent the instance of the component that this one is nested in; null at the root
    public InstanceState(Sandbox sandbox, @Nullable InstanceState parent) {
        Objects.requireNonNull(sandbox, "sandbox");
        this.parent = parent;
        this.store = parent == null ? Store.of(sandbox) : parent.store;
    }

    /// The sandbox it lives in.
    public Sandbox sandbox() {
        return store.sandbox;
    }

    Store store() {
        return store;
    }

    /// The handles, made for the first of them.
    HandleTable handles() {
        HandleTable known = handles;
        if (known == null) {
            known = new HandleTable(store);
            handles = known;
        }
        return known;
    }

    /// What it keeps about its threads, made for the first of them.
    InstanceThreads threads() {
        InstanceThreads known = threads;
        if (known == null) {
            known = new InstanceThreads(store);
            threads = known;
        }
        return known;
    }

    /// Its code is given a built-in that is about the current task or thread.
    void seeTasks() {
        seesTasks = true;
    }

    /// Can its code tell which task it runs in?
    boolean seesTasks() {
        return seesTasks;
    }

    /// Runs core code that is no lifted function (a start function, a destructor, a realloc): a synchronous task of its
    /// own, for code that can tell.
    public void runCore(Runnable code) {
        if (seesTasks) {
            ScheduledTask.runSynchronously(this, code);
        } else {
            code.run();
        }
    }

    /// The thread whose code runs.
    TaskThread currentThread() {
        TaskThread thread = store.currentThread();
        if (thread != null && thread.task().instance() == this) {
            return thread;
        }
        throw new IllegalStateException("core code runs in no task");
    }

    /// Code of `caller` calls a function of this instance. Neither is nested in the other, nor are they the
    /// same: such calls trap, for now.
    ///
    /// @throws Trap when a call into this instance, or one that it is nested in, is under way or has trapped
    /// @spec CanonicalABI.md `may_enter_from`, `enter_from`
    public void enterFrom(InstanceState caller) {
        if (caller.parent != parent) {
            enterFromAfar(caller);
        } else if (mayEnter) {
            mayEnter = false;
        } else {
            throw cannotEnter();
        }
    }

    /// The call has returned.
    ///
    /// @spec CanonicalABI.md `leave_to`
    public void leaveTo(InstanceState caller) {
        if (caller.parent == parent) {
            mayEnter = true;
        } else {
            markEnterable(caller, true);
        }
    }

    private void enterFromAfar(InstanceState caller) {
        if (isSelfOrAncestorOf(caller) || caller.isSelfOrAncestorOf(this)) {
            throw cannotEnter();
        }
        enterAllFrom(caller);
    }

    /// As the specification has it, which lets parents and children call each other.
    void enterAllFrom(@Nullable InstanceState caller) {
        if (!mayEnterFrom(caller)) {
            throw cannotEnter();
        }
        markEnterable(caller, false);
    }

    void leaveAllTo(@Nullable InstanceState caller) {
        markEnterable(caller, true);
    }

    boolean mayEnterFrom(@Nullable InstanceState caller) {
        for (InstanceState each = this; each != null && !each.isSelfOrAncestorOf(caller); each = each.parent) {
            if (!each.mayEnter) {
                return false;
            }
        }
        return true;
    }

    private void markEnterable(@Nullable InstanceState caller, boolean enterable) {
        for (InstanceState each = this; each != null && !each.isSelfOrAncestorOf(caller); each = each.parent) {
            each.mayEnter = enterable;
        }
    }

    private boolean isSelfOrAncestorOf(@Nullable InstanceState of) {
        for (InstanceState each = of; each != null; each = each.parent) {
            if (each == this) {
                return true;
            }
        }
        return false;
    }

    /// The host calls a function of this instance: from outside, or within a call that this sandbox has made.
    ///
    /// @return is it the root call? To be given back when leaving.
    /// @throws Trap when the sandbox is closed, or the instance has trapped, or a call into it is under
    /// way; then it was not entered
    public boolean enterFromHost() {
        boolean root = store.enter();
        if (parent == null && mayEnter) {
            mayEnter = false;
            return root;
        }
        try {
            enterAllFrom(null);
        } catch (Trap trap) {
            store.trap();
            store.exit(root);
            throw root ? new Trap(Trap.Kind.INSTANCE_LOCKED) : trap;
        }
        return root;
    }

    /// The call has returned.
    ///
    /// @param root what entering has answered
    public void leaveToHost(boolean root) {
        if (parent == null) {
            mayEnter = true;
        } else {
            markEnterable(null, true);
        }
        store.exit(root);
    }

    /// Something was thrown out of the call: every instance with a frame on the stack is locked from now on.
    ///
    /// @param root what entering has answered
    /// @return what the host is to throw
    public RuntimeException abandon(boolean root, Throwable thrown) {
        store.trap();
        store.exit(root);
        if (thrown instanceof Error error && StackRoom.isExhausted(error)) {
            return new Trap(Trap.Kind.STACK_EXHAUSTED, Trap.Kind.STACK_EXHAUSTED.reason(), thrown);
        }
        return Unchecked.rethrow(thrown);
    }

    private static Trap cannotEnter() {
        return new Trap(Trap.Kind.CANONICAL_ABI, "cannot enter component instance");
    }

    /// Traps in places where the guest may not call out: realloc and post-return.
    public void requireMayLeave() {
        if (!mayLeave) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "cannot leave component instance");
        }
    }

    /// Before realloc and post-return.
    public void forbidLeaving() {
        assert mayLeave;
        mayLeave = false;
    }

    /// After realloc and post-return; not when they threw.
    public void allowLeaving() {
        mayLeave = true;
    }

    /// A function of the host has returned to this instance's code; it still counts as host code.
    ///
    /// @throws Trap when the host swallowed one of a guest that it called, or closed the sandbox
    public void requireNotTrapped() {
        store.requireNotTrapped();
    }

    /// What lifted values take of the host's heap: to be given back to [#releaseValues] when they are gone.
    public long markValues() {
        return store.mark();
    }

    /// The values that were lifted since are gone.
    public void releaseValues(long mark) {
        store.releaseTo(mark);
    }

    /// Counts what is about to be allocated for lifted values.
    ///
    /// @throws Trap when all guests together have too much
    public void chargeValues(long bytes) {
        store.values().charge(bytes);
    }

    /// Takes an owned handle out of the table.
    ///
    /// @return the resource, which belongs to the caller: the host's object, or a [GuestResource]
    public Object liftOwn(int index, ResourceType type) {
        return Handles.liftOwn(this, index, type);
    }

    /// The resource behind a handle, which is lent until the subtask's result is delivered.
    public Object liftBorrow(int index, ResourceType type, Subtask subtask) {
        return Handles.liftBorrow(this, index, type, subtask);
    }

    /// A handle for a resource that this instance owns from now on.
    public int lowerOwn(Object resource, ResourceType type) {
        return Handles.lowerOwn(this, resource, type);
    }

    /// A handle for a resource that the task must drop before it returns; in the instance that defines it,
    /// its representation.
    public int lowerBorrow(Object resource, ResourceType type, Task task) {
        return Handles.lowerBorrow(this, resource, type, task);
    }
}
