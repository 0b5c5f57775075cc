package dev.wattle.host.runtime;

import dev.wattle.host.engine.GuestControl;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Stops sandboxes whose deadline passed. One thread for the whole host; it never runs guest code.
final class Watchdog implements AutoCloseable {
    private final ScheduledThreadPoolExecutor timer;

    private Watchdog(ScheduledThreadPoolExecutor timer) {
        this.timer = timer;
    }

    static Watchdog start() {
        var timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("wattle-watchdog").factory());
        timer.setRemoveOnCancelPolicy(true);
        return new Watchdog(timer);
    }

    /// Stops `control` at the deadline, unless the watch is cancelled before.
    Watch watch(GuestControl control, Deadline deadline) {
        long nanos = deadline.remaining().toNanos();
        Future<?> pending = timer.schedule(() -> control.stop("deadline exceeded"), nanos, TimeUnit.NANOSECONDS);
        return () -> pending.cancel(false);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /// Ends with `close()`.
    @FunctionalInterface
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
