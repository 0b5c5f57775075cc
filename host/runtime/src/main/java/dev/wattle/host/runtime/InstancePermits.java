package dev.wattle.host.runtime;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// How many sandboxes may hold an instance of one component at once. The limit may change while they run.
final class InstancePermits {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition released = lock.newCondition();
    private int limit; // guarded by lock
    private int held; // guarded by lock

    InstancePermits(int limit) {
        this.limit = limit;
    }

    /// Takes a permit if one is free now.
    boolean tryAcquire() {
        lock.lock();
        try {
            if (held >= limit) {
                return false;
            }
            held++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Takes a permit, waiting until the deadline at most.
    boolean acquire(Deadline deadline) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanos = deadline.remaining().toNanos();
            while (held >= limit) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = released.awaitNanos(nanos);
            }
            held++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    void release() {
        lock.lock();
        try {
            held--;
            released.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Permits in use above a lowered limit run to their end.
    void changeLimit(int newLimit) {
        lock.lock();
        try {
            limit = newLimit;
            released.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int limit() {
        lock.lock();
        try {
            return limit;
        } finally {
            lock.unlock();
        }
    }

    int held() {
        lock.lock();
        try {
            return held;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until nobody holds a permit.
    boolean awaitIdle(Deadline deadline) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (held > 0) {
                long nanos = deadline.remaining().toNanos();
                if (nanos <= 0) {
                    return false;
                }
                boolean _ = released.await(Math.min(nanos, TimeUnit.MILLISECONDS.toNanos(20)), TimeUnit.NANOSECONDS);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
