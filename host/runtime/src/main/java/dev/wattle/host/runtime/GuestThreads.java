package dev.wattle.host.runtime;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Platform threads for guests. Those of an engine that polls share the processors by permits; among others the
/// operating system shares out the cores, so that one that spins takes its share and no more. Bounded by the
/// admission of root calls.
final class GuestThreads implements Executor, AutoCloseable {
    /// An idle thread is kept that long: longer than the gaps of ordinary traffic.
    private static final long KEEP_ALIVE_SECONDS = 30;

    private final ThreadPoolExecutor pool;

    private GuestThreads(ThreadPoolExecutor pool) {
        this.pool = pool;
    }

    static GuestThreads start(int max) {
        return new GuestThreads(new ThreadPoolExecutor(
                0,
                max,
                KEEP_ALIVE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                Thread.ofPlatform().daemon().name("wattle-guest-", 0).factory()));
    }

    /// @throws java.util.concurrent.RejectedExecutionException when all threads are taken
    @Override
    public void execute(Runnable command) {
        pool.execute(command);
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
