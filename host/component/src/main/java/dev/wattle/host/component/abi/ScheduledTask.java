package dev.wattle.host.component.abi;

import dev.wattle.host.engine.Trap;
import dev.wattle.wit.FunctionType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One call into a guest, with the threads of control that it has.
///
/// @spec CanonicalABI.md `Task`
final class ScheduledTask extends Task implements Cancellation {
    private enum State {
        INITIAL,
        STARTED,
        PENDING_CANCEL,
        CANCEL_DELIVERED,
        RESOLVED
    }

    private static final FunctionType NOTHING_TO_NOTHING = new FunctionType(List.of(), Optional.empty());
    private static final LiftedValues NO_VALUES = LiftedValues.ofHost(List.of());

    private final FunctionType type;
    private final CanonicalOptions options;
    private final InstanceState instance;
    private final Supplier<LiftedValues> onStart;
    private final Consumer<@Nullable LiftedValues> onResolve;
    private final List<TaskThread> threads = new ArrayList<>(1);
    private State state = State.INITIAL;
    private @Nullable TaskThread implicitThread;

    ScheduledTask(
            FunctionType type,
            CanonicalOptions options,
            InstanceState instance,
            Supplier<LiftedValues> onStart,
            Consumer<@Nullable LiftedValues> onResolve) {
        this.type = type;
        this.options = options;
        this.instance = instance;
        this.onStart = onStart;
        this.onResolve = onResolve;
    }

    /// A task of a function that takes and answers nothing, and does not block.
    static void runSynchronously(InstanceState instance, Runnable code) {
        ScheduledTask task =
                new ScheduledTask(NOTHING_TO_NOTHING, CanonicalOptions.NONE, instance, () -> NO_VALUES, _ -> {});
        TaskThread.onCallersStack(task, thread -> {
                    boolean _ = task.enterImplicitThread(thread);
                    LiftedValues _ = task.start();
                    code.run();
                    task.returnResult(NO_VALUES);
                    task.exitImplicitThread(thread);
                })
                .resume(false);
    }

    InstanceState instance() {
        return instance;
    }

    FunctionType type() {
        return type;
    }

    CanonicalOptions options() {
        return options;
    }

    boolean resolved() {
        return state == State.RESOLVED;
    }

    /// Does its code expect that no other of its kind runs in the instance at the same time?
    private boolean needsExclusive() {
        return !options.async() || options.callback().isPresent();
    }

    /// Must that thread not interleave with a synchronous call of its instance? They may share a stack.
    boolean runsAlone(TaskThread thread) {
        return type.async() && needsExclusive() && thread == implicitThread;
    }

    /// @return false when it was cancelled before it could start
    boolean enterImplicitThread(TaskThread thread) {
        implicitThread = thread;
        if (type.async()) {
            InstanceThreads shared = instance.threads();
            letExclusiveThreadGoOn(shared);
            if (hasBackpressure(shared) || shared.numWaitingToEnter > 0) {
                shared.numWaitingToEnter++;
                boolean cancelled = thread.waitUntil(() -> !hasBackpressure(shared), true);
                shared.numWaitingToEnter--;
                if (cancelled) {
                    cancel();
                    return false;
                }
            }
            if (needsExclusive()) {
                shared.exclusiveThread = thread;
            }
        }
        registerThread(thread);
        return true;
    }

    /// Whoever bars the way, but could go on, does so first: it may be through then.
    private void letExclusiveThreadGoOn(InstanceThreads shared) {
        TaskThread exclusive = shared.exclusiveThread;
        if (needsExclusive() && shared.backpressure == 0 && exclusive != null && exclusive.ready()) {
            exclusive.resume(false);
        }
    }

    private boolean hasBackpressure(InstanceThreads shared) {
        return shared.backpressure > 0 || (needsExclusive() && shared.exclusiveThread != null);
    }

    void registerThread(TaskThread thread) {
        threads.add(thread);
        thread.registerIn(instance.threads().table);
    }

    void exitImplicitThread(TaskThread thread) {
        unregisterThread(thread);
        if (type.async() && needsExclusive()) {
            instance.threads().exclusiveThread = null;
        }
    }

    void unregisterThread(TaskThread thread) {
        threads.remove(thread);
        if (threads.isEmpty() && state != State.RESOLVED) {
            throw new Trap(
                    Trap.Kind.CANONICAL_ABI, "the last thread of a task has ended, and the task has not returned");
        }
        instance.threads().table.remove(thread.index());
    }

    /// @spec CanonicalABI.md `Task.request_cancellation`
    @Override
    public void request(InstanceState caller) {
        if (state == State.INITIAL) {
            state = State.CANCEL_DELIVERED;
            Objects.requireNonNull(implicitThread, "implicitThread").resume(true);
            return;
        }
        assert state == State.STARTED;
        TaskThread candidate = cancellableThread();
        if (candidate != null && instance.mayEnterFrom(caller)) {
            state = State.CANCEL_DELIVERED;
            instance.enterAllFrom(caller);
            candidate.resume(true);
            instance.leaveAllTo(caller);
        } else {
            state = State.PENDING_CANCEL;
        }
    }

    private @Nullable TaskThread cancellableThread() {
        TaskThread exclusive = instance.threads().exclusiveThread;
        boolean mustWait = needsExclusive() && exclusive != null && exclusive != implicitThread;
        for (TaskThread each : threads) {
            if (each.cancellable() && !(mustWait && each == implicitThread)) {
                return each;
            }
        }
        return null;
    }

    boolean deliverPendingCancel(boolean cancellable) {
        if (cancellable && state == State.PENDING_CANCEL) {
            state = State.CANCEL_DELIVERED;
            return true;
        }
        return false;
    }

    LiftedValues start() {
        assert state == State.INITIAL;
        state = State.STARTED;
        return onStart.get();
    }

    /// Hands the result to the caller; by now each borrow must be dropped.
    ///
    /// @spec CanonicalABI.md `Task.return_`
    void returnResult(LiftedValues result) {
        if (state == State.RESOLVED) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "the task has returned or was cancelled already");
        }
        requireNoBorrows();
        onResolve.accept(result);
        state = State.RESOLVED;
    }

    /// @spec CanonicalABI.md `Task.cancel`
    void cancel() {
        if (state != State.CANCEL_DELIVERED) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "a task that was not asked to be cancelled cannot be");
        }
        requireNoBorrows();
        onResolve.accept(null);
        state = State.RESOLVED;
    }
}
