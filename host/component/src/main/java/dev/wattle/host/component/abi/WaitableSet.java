package dev.wattle.host.component.abi;

import dev.wattle.host.engine.Trap;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Waitables that a guest waits for together. Whoever joined first is asked first.
///
/// @spec CanonicalABI.md `WaitableSet`
final class WaitableSet implements TableEntry {
    private static final int HEAP_BYTES = 80;

    private final List<Waitable> elements = new ArrayList<>();
    private int numWaiting;

    void add(Waitable waitable) {
        elements.add(waitable);
    }

    void remove(Waitable waitable) {
        elements.remove(waitable);
    }

    boolean hasPendingEvent() {
        for (Waitable each : elements) {
            if (each.hasPendingEvent()) {
                return true;
            }
        }
        return false;
    }

    private Event takePendingEvent() {
        for (Waitable each : elements) {
            if (each.hasPendingEvent()) {
                return each.takePendingEvent();
            }
        }
        throw new IllegalStateException("no event is pending");
    }

    /// @param ready must hold as well
    Event waitForEventAnd(TaskThread thread, BooleanSupplier ready, boolean cancellable) {
        numWaiting++;
        boolean cancelled = thread.waitUntil(() -> ready.getAsBoolean() && hasPendingEvent(), cancellable);
        Event event = cancelled ? Event.CANCELLED : takePendingEvent();
        numWaiting--;
        return event;
    }

    Event poll(TaskThread thread, boolean cancellable) {
        if (thread.task().deliverPendingCancel(cancellable)) {
            return Event.CANCELLED;
        }
        return hasPendingEvent() ? takePendingEvent() : Event.NONE;
    }

    void drop() {
        if (!elements.isEmpty()) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "cannot drop waitable set with waitables in it");
        }
        if (numWaiting > 0) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "cannot drop waitable set with waiters");
        }
    }

    @Override
    public String kind() {
        return "a waitable set";
    }

    @Override
    public int heapBytes() {
        return HEAP_BYTES;
    }
}
