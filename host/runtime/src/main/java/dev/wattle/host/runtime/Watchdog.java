package dev.wattle.host.runtime;

import dev.wattle.host.engine.GuestControl;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Stops sandboxes whose deadline passed, and all when the host stops. One thread for the whole host; it never runs
/// guest code.
final class Watchdog implements AutoCloseable {
    private static final String STOPPING = "the host is stopping";

    private final ScheduledThreadPoolExecutor timer;
    private final Set<GuestControl> watched = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private Watchdog(ScheduledThreadPoolExecutor timer) {
        this.timer = timer;
    }

    static Watchdog start() {
        var timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("wattle-watchdog").factory());
        timer.setRemoveOnCancelPolicy(true);
        // A watch that begins while the host stops is not refused: it finds the host closed, or is found by it.
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        timer.setRejectedExecutionHandler((_, _) -> {});
        return new Watchdog(timer);
    }

    /// Stops `control` at the deadline, unless the watch is cancelled before.
    Watch watch(GuestControl control, Deadline deadline) {
        watched.add(control);
        if (closed) {
            control.stop(STOPPING);
        }
        long nanos = deadline.remaining().toNanos();
        Future<?> pending = timer.schedule(() -> control.stop("deadline exceeded"), nanos, TimeUnit.NANOSECONDS);
        return () -> {
            pending.cancel(false);
            watched.remove(control);
        };
    }

    /// Stops all that are watched, and all that come later.
    @Override
    public void close() {
        closed = true;
        watched.forEach(control -> control.stop(STOPPING));
        timer.shutdown();
    }

    /// Ends with `close()`.
    @FunctionalInterface
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
