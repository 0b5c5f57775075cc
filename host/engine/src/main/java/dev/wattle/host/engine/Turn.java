package dev.wattle.host.engine;

import org.jspecify.annotations.Nullable;

/// One sandbox's place among those that share [CpuPermits]. Its fields belong to the lock of the permits; the
/// sandbox's own thread calls the methods, and [#wake] any.
final class Turn {
    /// What it is doing.
    enum State {
        AWAY,
        WAITING,
        RUNNING
    }

    final CpuPermits permits;
    final GuestControl guest;

    /// Read without the lock by the thread that waits, and by whoever wakes it.
    volatile State state = State.AWAY;

    /// Set before each time it waits.
    @Nullable
    Thread thread;

    /// When it began to be in its state.
    long since;

    /// Nanoseconds that it ran, less those that it was away: what it has lately taken of the processors.
    long used;

    /// The queue that it waits in.
    int level;

    /// Was it told that its turn is over?
    boolean told;

    /// Is its permit lent to others, because it did not come back after it was told?
    boolean lent;

    /// Did it say that it cannot be told for a while? It was told, then.
    boolean occupied;

    /// Neighbours among the running.
    @Nullable
    Turn previous;

    @Nullable
    Turn next;

    Turn(CpuPermits permits, GuestControl guest) {
        this.permits = permits;
        this.guest = guest;
    }

    /// Waits until it may run, or was stopped: then it goes without a permit.
    void take() {
        permits.take(this);
    }

    /// Runs no more; false when it did not have a permit.
    boolean give() {
        return permits.give(this);
    }

    /// Lets a newcomer run beside it until it polls; false when it has no permit to lend.
    boolean lend() {
        return permits.lend(this);
    }

    /// Lets others run first when they should; false when it has no permit to hand over.
    boolean handOver() {
        return permits.handOver(this);
    }

    /// Was stopped: does not wait any longer.
    void wake() {
        permits.wake(this);
    }
}
