package dev.wattle.lattice.transport;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Runs on the thread that calls `pump`, in virtual time: the same calls give the same run.
final class PumpedScheduling implements Scheduling {
    private final Object lock = new Object();
    private final ArrayDeque<Runnable> ready = new ArrayDeque<>(); // guarded by lock
    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>(); // guarded by lock
    private long nowNanos; // guarded by lock
    private long nextAlarm; // guarded by lock

    private record Alarm(long atNanos, long number, Runnable task) implements Comparable<Alarm> {
        @Override
        public int compareTo(Alarm other) {
            int byTime = Long.compare(atNanos, other.atNanos);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    @Override
    public void deliver(Runnable task) {
        synchronized (lock) {
            ready.add(task);
        }
    }

    @Override
    public long nanoTime() {
        synchronized (lock) {
            return nowNanos;
        }
    }

    @Override
    public Transport.Subscription after(Duration delay, Runnable task) {
        Alarm alarm;
        synchronized (lock) {
            alarm = new Alarm(nowNanos + Math.max(0, delay.toNanos()), nextAlarm++, task);
            alarms.add(alarm);
        }
        return () -> {
            synchronized (lock) {
                alarms.remove(alarm);
            }
        };
    }

    @Override
    public int pump() {
        return advance(0);
    }

    @Override
    public int advance(long nanos) {
        long untilNanos = nanoTime() + nanos;
        int ran = 0;
        for (var task = next(untilNanos); task.isPresent(); task = next(untilNanos)) {
            task.get().run();
            ran++;
        }
        return ran;
    }

    /// What is ready first, then the next alarm in time; nothing when all is done up to `untilNanos`.
    private Optional<Runnable> next(long untilNanos) {
        synchronized (lock) {
            @Nullable Runnable task = ready.poll();
            if (task != null) {
                return Optional.of(task);
            }
            @Nullable Alarm alarm = alarms.peek();
            if (alarm == null || alarm.atNanos() > untilNanos) {
                nowNanos = Math.max(nowNanos, untilNanos);
                return Optional.empty();
            }
            alarms.remove(alarm);
            nowNanos = Math.max(nowNanos, alarm.atNanos());
            return Optional.of(alarm.task());
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            ready.clear();
            alarms.clear();
        }
    }
}
