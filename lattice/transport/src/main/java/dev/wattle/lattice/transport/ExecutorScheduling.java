package dev.wattle.lattice.transport;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs on the caller's executor, one thing at a time, in real time.
final class ExecutorScheduling implements Scheduling {
    private static final Logger LOG = LoggerFactory.getLogger(ExecutorScheduling.class);

    private final ScheduledExecutorService executor;
    private final Object lock = new Object();
    private final ArrayDeque<Runnable> ready = new ArrayDeque<>(); // guarded by lock
    private boolean draining; // guarded by lock

    ExecutorScheduling(ScheduledExecutorService executor) {
        this.executor = executor;
    }

    @Override
    public void deliver(Runnable task) {
        synchronized (lock) {
            ready.add(task);
            if (draining) {
                return;
            }
            draining = true;
        }
        try {
            executor.execute(this::drain);
        } catch (RejectedExecutionException e) {
            LOG.debug("lattice.executor.closed", e);
        }
    }

    private void drain() {
        while (true) {
            @Nullable Runnable task;
            synchronized (lock) {
                task = ready.poll();
                if (task == null) {
                    draining = false;
                    return;
                }
            }
            task.run();
        }
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Transport.Subscription after(Duration delay, Runnable task) {
        ScheduledFuture<?> alarm =
                executor.schedule(() -> deliver(task), Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
        return () -> alarm.cancel(false);
    }

    @Override
    public int pump() {
        throw new IllegalStateException("this lattice runs by itself: only a pumped one can be pumped");
    }

    @Override
    public int advance(long nanos) {
        throw new IllegalStateException("this lattice runs in real time: only a pumped one can be advanced");
    }

    /// The executor is its owner's to close.
    @Override
    public void close() {
        synchronized (lock) {
            ready.clear();
        }
    }
}
