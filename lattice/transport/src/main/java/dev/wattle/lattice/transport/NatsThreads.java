package dev.wattle.lattice.transport;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The threads of one connection, all with names, all daemons: none keeps a process alive.
final class NatsThreads implements Timers, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NatsThreads.class);

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, named("wattle-nats-timer"));
    private final ExecutorService callbacks = Executors.newCachedThreadPool(named("wattle-nats-callback"));
    private final ExecutorService resuming = Executors.newSingleThreadExecutor(named("wattle-nats-resume"));

    NatsThreads() {
        timer.setRemoveOnCancelPolicy(true);
    }

    static ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> Thread.ofPlatform()
                .daemon(true)
                .name(name + "-" + number.incrementAndGet())
                .unstarted(task);
    }

    ScheduledThreadPoolExecutor timer() {
        return timer;
    }

    /// One thread for each dispatcher.
    ExecutorService callbacks() {
        return callbacks;
    }

    /// Runs what may block, one after the other: making watches anew, asking the library. Not at all once
    /// closed.
    void execute(Runnable task) {
        try {
            resuming.execute(() -> guarded(task));
        } catch (RejectedExecutionException e) {
            LOG.debug("nats.closed", e);
        }
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Transport.Subscription after(Duration delay, Runnable task) {
        try {
            ScheduledFuture<?> alarm =
                    timer.schedule(() -> guarded(task), Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
            return () -> alarm.cancel(false);
        } catch (RejectedExecutionException e) {
            LOG.debug("nats.timer.closed", e);
            return () -> {};
        }
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("callback.failed of=timer", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        callbacks.shutdownNow();
        resuming.shutdownNow();
    }
}
