package dev.wattle.host.component.abi;

import dev.wattle.host.component.AbiLimits;
import dev.wattle.host.component.Sandbox;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.Trap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
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
    private @Nullable TaskThread current;

    /// Who waits for something that somebody else does; who waits longest is asked first.
    private final List<TaskThread> waiting = new ArrayList<>();

    private final List<Fiber> fibers = new ArrayList<>();
    private final Deque<Fiber> idle = new ArrayDeque<>();

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
            current = null;
            releaseTo(rootMark); // what was lifted is the caller's now, outside of the sandbox
        } else {
            nesting--;
            if (control.entered()) { // it is not when the sandbox was stopped while another thread had its turn
                control.host();
            }
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

    /// The thread whose code runs; null when it is the host's, or a start function's.
    @Nullable
    TaskThread currentThread() {
        return current;
    }

    /// @return who ran until now
    @Nullable
    TaskThread enterThread(TaskThread thread) {
        TaskThread before = current;
        current = thread;
        return before;
    }

    void leaveThread(@Nullable TaskThread before) {
        current = before;
    }

    List<TaskThread> waiting() {
        return waiting;
    }

    /// Who can go on while a synchronous call of that instance waits.
    @Nullable
    TaskThread readyThreadOf(InstanceState instance) {
        for (TaskThread each : waiting) {
            if (each.task().instance() == instance && !each.task().runsAlone(each) && each.ready()) {
                return each;
            }
        }
        return null;
    }

    /// Lets one thread go on that can.
    ///
    /// @return false when none can
    /// @spec CanonicalABI.md `Store.tick`
    private boolean tick() {
        for (TaskThread each : waiting) {
            InstanceState instance = each.task().instance();
            if (instance.mayEnterFrom(null) && each.ready()) {
                instance.enterAllFrom(null);
                each.resume(false);
                instance.leaveAllTo(null);
                return true;
            }
        }
        return false;
    }

    /// Lets threads go on until the task has returned. What it does afterwards goes on when somebody waits
    /// again.
    void runUntilResolved(ScheduledTask task) {
        while (!task.resolved()) {
            if (!tick()) {
                throw deadlock();
            }
        }
    }

    static Trap deadlock() {
        return new Trap(Trap.Kind.CANONICAL_ABI, "deadlock detected: event loop cannot make further progress");
    }

    /// Do other threads of its instance wait?
    boolean othersWait(TaskThread thread) {
        for (TaskThread each : waiting) {
            if (each != thread && each.task().instance() == thread.task().instance()) {
                return true;
            }
        }
        return false;
    }

    Fiber fiber() {
        Fiber known = idle.poll();
        if (known != null) {
            return known;
        }
        if (fibers.size() >= limits.threads()) {
            throw new Trap(Trap.Kind.LIMIT, "more than " + limits.threads() + " threads of control");
        }
        if (fibers.isEmpty()) {
            sandbox.own(this::closeFibers);
        }
        Fiber started = Fiber.start(this, fibers.size());
        fibers.add(started);
        return started;
    }

    /// What the fiber did is done.
    void reuse(Fiber fiber) {
        idle.push(fiber);
    }

    private void closeFibers() {
        fibers.forEach(Fiber::close);
    }
}
