package dev.wattle.fuzz;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Ends what runs for much too long, so that a fuzzer finds endless loops too. One watch at a time.
final class Watchdog implements AutoCloseable {
    /// Programs take milliseconds; the rest is for a busy machine.
    private static final int SECONDS = 30;

    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("fuzz-watchdog").factory());
    private @Nullable ScheduledFuture<?> watch;

    Watchdog() {
        executor.setRemoveOnCancelPolicy(true);
    }

    /// Runs `end` on another thread, unless [#rest] comes first.
    void watch(Runnable end) {
        watch = executor.schedule(end, SECONDS, TimeUnit.SECONDS);
    }

    void rest() {
        if (watch != null) {
            watch.cancel(false);
            watch = null;
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
