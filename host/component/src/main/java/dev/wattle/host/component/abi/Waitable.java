package dev.wattle.host.component.abi;

import dev.wattle.host.engine.Trap;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Something of a handle table that a guest can wait for.
///
/// @spec CanonicalABI.md `Waitable`
abstract sealed class Waitable implements TableEntry permits Subtask, CopyEnd {
    private @Nullable Supplier<Event> pendingEvent;
    private @Nullable WaitableSet set;
    private boolean hasSyncWaiter;

    /// The event is made when somebody takes it.
    void setPendingEvent(Supplier<Event> event) {
        pendingEvent = event;
    }

    boolean hasPendingEvent() {
        return pendingEvent != null;
    }

    boolean inWaitableSet() {
        return set != null;
    }

    boolean hasSyncWaiter() {
        return hasSyncWaiter;
    }

    void waitForPendingEvent(TaskThread thread) {
        assert !inWaitableSet() && !hasSyncWaiter;
        hasSyncWaiter = true;
        boolean _ = thread.waitUntil(this::hasPendingEvent, false);
        hasSyncWaiter = false;
    }

    Event takePendingEvent() {
        Supplier<Event> event = Objects.requireNonNull(pendingEvent, "pendingEvent");
        pendingEvent = null;
        return event.get();
    }

    void join(@Nullable WaitableSet joined) {
        if (set != null) {
            set.remove(this);
        }
        set = joined;
        if (joined != null) {
            joined.add(this);
        }
    }

    void drop() {
        assert !hasPendingEvent() && !hasSyncWaiter;
        join(null);
    }

    /// Traps when it is to be used synchronously, but a set waits for it.
    void requireInNoSet() {
        if (inWaitableSet()) {
            throw new Trap(
                    Trap.Kind.CANONICAL_ABI, "waitable cannot be used synchronously while added to a waitable set");
        }
    }
}
