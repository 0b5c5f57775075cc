package dev.wattle.lattice.transport.wrpc;

import dev.wattle.lattice.transport.Timers;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Waits for one outcome on the thread that made it.
final class OutcomeWaiter implements WrpcClient.OutcomeHandler {
    private final Thread waiting = Thread.currentThread();
    private volatile @Nullable WrpcOutcome outcome;

    @Override
    public void onOutcome(WrpcOutcome newOutcome) {
        outcome = newOutcome;
        LockSupport.unpark(waiting);
    }

    /// False when there is none at the deadline.
    boolean await(long deadlineNanos, Timers timers) throws InterruptedException {
        while (outcome == null) {
            long left = deadlineNanos - timers.nanoTime();
            if (left <= 0) {
                return false;
            }
            LockSupport.parkNanos(this, left);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        return true;
    }

    /// The outcome, which is there, or is being handed over at this moment by whoever ended the call.
    WrpcOutcome outcome() {
        while (outcome == null) {
            Thread.onSpinWait();
        }
        return Objects.requireNonNull(outcome);
    }
}
