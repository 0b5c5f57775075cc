package dev.wattle.host.component.abi;

import dev.wattle.host.engine.Trap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A thread of control within a task: a thread of WebAssembly, not of Java. At any moment one of a sandbox
/// runs.
///
/// The implicit thread of a function that may not block runs on the stack of its caller. While it waits all
/// the same, for other threads of its instance, those run on top of it. Any other thread has a [Fiber].
///
/// @spec CanonicalABI.md `Thread`
final class TaskThread implements TableEntry {
    private static final int HEAP_BYTES = 160;

    private final Store store;
    private final ScheduledTask task;
    private final Consumer<TaskThread> body;
    private final boolean onCallersStack;
    private final long[] storage = new long[2];
    private @Nullable Fiber fiber;
    private boolean started;
    private boolean running;
    private @Nullable BooleanSupplier readyFunction;
    private boolean cancellable;
    private boolean cancelled;
    private int index;

    private TaskThread(ScheduledTask task, Consumer<TaskThread> body, boolean onCallersStack) {
        this.store = task.instance().store();
        this.task = task;
        this.body = body;
        this.onCallersStack = onCallersStack;
    }

    /// For a function that may not block.
    static TaskThread onCallersStack(ScheduledTask task, Consumer<TaskThread> body) {
        return new TaskThread(task, body, true);
    }

    static TaskThread onFiber(ScheduledTask task, Consumer<TaskThread> body) {
        return new TaskThread(task, body, false);
    }

    ScheduledTask task() {
        return task;
    }

    /// For `context.get` and `context.set`.
    long[] storage() {
        return storage;
    }

    int index() {
        return index;
    }

    void registerIn(HandleTable threads) {
        index = threads.add(this);
    }

    boolean suspended() {
        return !running && readyFunction == null;
    }

    boolean ready() {
        return !running && readyFunction != null && readyFunction.getAsBoolean();
    }

    /// Does it wait for something that a cancellation may end?
    boolean cancellable() {
        return !running && cancellable;
    }

    private static boolean always() {
        return true;
    }

    private void startWaiting(BooleanSupplier ready) {
        readyFunction = ready;
        store.waiting().add(this);
    }

    private void stopWaiting() {
        readyFunction = null;
        store.waiting().remove(this);
    }

    void resumeLater() {
        assert suspended();
        startWaiting(TaskThread::always);
    }

    /// Runs it until it blocks or ends, and then whomever it gives way to.
    void resume(boolean cancelling) {
        assert !running && (cancellable || !cancelling);
        if (readyFunction != null) {
            stopWaiting();
        }
        TaskThread thread = this;
        boolean cancelled = cancelling;
        while (thread != null) {
            thread = thread.run(cancelled);
            cancelled = false;
        }
    }

    private @Nullable TaskThread run(boolean cancelling) {
        TaskThread before = store.enterThread(this);
        cancelled = cancelling;
        running = true;
        TaskThread next = onCallersStack ? runOnCallersStack() : runOnFiber();
        store.leaveThread(before);
        return next;
    }

    private @Nullable TaskThread runOnCallersStack() {
        if (!started) {
            started = true;
            body.accept(this);
            running = false;
        }
        return null; // when it was started before, its own loop below has called, and goes on
    }

    private @Nullable TaskThread runOnFiber() {
        Fiber known = fiber;
        if (known == null) {
            known = store.fiber();
            fiber = known;
            known.begin(() -> body.accept(this));
        }
        Fiber.Turn turn = known.resume();
        if (turn.ended()) {
            running = false;
        }
        return turn.next();
    }

    /// @return was it cancelled meanwhile?
    private boolean block(boolean mayCancel, @Nullable TaskThread next) {
        cancellable = mayCancel;
        running = false;
        if (fiber != null) {
            fiber.block(next);
        } else {
            blockOnCallersStack(next);
        }
        cancellable = false;
        return cancelled;
    }

    private void blockOnCallersStack(@Nullable TaskThread next) {
        if (next != null) {
            next.resume(false);
        }
        while (!running) {
            TaskThread other = store.readyThreadOf(task.instance());
            if (other == null) {
                throw store.othersWait(this)
                        ? Store.deadlock()
                        : new Trap(Trap.Kind.CANONICAL_ABI, "cannot block a synchronous task before returning");
            }
            other.resume(false);
        }
        TaskThread _ = store.enterThread(this);
    }

    /// @spec CanonicalABI.md `Thread.wait_until`
    boolean waitUntil(BooleanSupplier ready, boolean mayCancel) {
        if (task.deliverPendingCancel(mayCancel)) {
            return true;
        }
        if (ready.getAsBoolean()) {
            return false; // one of the two choices that the specification leaves
        }
        startWaiting(ready);
        return block(mayCancel, null);
    }

    boolean suspend(boolean mayCancel) {
        return task.deliverPendingCancel(mayCancel) || block(mayCancel, null);
    }

    /// Lets everybody else run who is ready.
    boolean yieldTurn(boolean mayCancel) {
        return yieldUntil(TaskThread::always, mayCancel);
    }

    boolean yieldUntil(BooleanSupplier ready, boolean mayCancel) {
        if (task.deliverPendingCancel(mayCancel)) {
            return true;
        }
        startWaiting(ready);
        return block(mayCancel, null);
    }

    boolean suspendThenResume(boolean mayCancel, TaskThread other) {
        return task.deliverPendingCancel(mayCancel) || block(mayCancel, other);
    }

    boolean yieldThenResume(boolean mayCancel, TaskThread other) {
        if (task.deliverPendingCancel(mayCancel)) {
            return true;
        }
        startWaiting(TaskThread::always);
        return block(mayCancel, other);
    }

    boolean suspendThenPromote(boolean mayCancel, TaskThread other) {
        if (task.deliverPendingCancel(mayCancel)) {
            return true;
        }
        if (other.ready()) {
            other.stopWaiting();
            return block(mayCancel, other);
        }
        return suspend(mayCancel);
    }

    boolean yieldThenPromote(boolean mayCancel, TaskThread other) {
        if (task.deliverPendingCancel(mayCancel)) {
            return true;
        }
        if (other.ready()) {
            other.stopWaiting();
            return yieldThenResume(mayCancel, other);
        }
        return yieldUntil(TaskThread::always, mayCancel);
    }

    @Override
    public String kind() {
        return "a thread";
    }

    @Override
    public int heapBytes() {
        return HEAP_BYTES;
    }
}
