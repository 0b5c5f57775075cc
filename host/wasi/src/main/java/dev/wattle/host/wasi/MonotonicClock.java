package dev.wattle.host.wasi;

import java.util.concurrent.TimeUnit;

/// A clock that never goes back, and how to wait on it. Safe for any thread.
public interface MonotonicClock {
    /// Nanoseconds since some moment, never negative.
    long nanos();

    /// Blocks until [#nanos] is at least `instant`, or longer.
    void awaitNanos(long instant) throws InterruptedException;

    /// The system's, counted from a moment of this process.
    static MonotonicClock system() {
        return SystemClock.INSTANCE;
    }

    /// `System.nanoTime`, made positive.
    enum SystemClock implements MonotonicClock {
        INSTANCE;

        private final long start = System.nanoTime();

        @Override
        public long nanos() {
            return System.nanoTime() - start;
        }

        @Override
        public void awaitNanos(long instant) throws InterruptedException {
            for (long rest = instant - nanos(); rest > 0; rest = instant - nanos()) {
                TimeUnit.NANOSECONDS.sleep(rest);
            }
        }
    }
}
