package dev.wattle.host.runtime;

import java.time.Duration;

/// A moment on this JVM's monotonic clock until which a call may take.
///
/// @param nanoTime as [System#nanoTime()] counts
public record Deadline(long nanoTime) {
    /// That long from now.
    public static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /// What is left; never negative.
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }

    /// Is nothing left?
    public boolean passed() {
        return System.nanoTime() - nanoTime >= 0;
    }

    /// The earlier of the two.
    public Deadline earlier(Deadline other) {
        return nanoTime - other.nanoTime <= 0 ? this : other;
    }
}
