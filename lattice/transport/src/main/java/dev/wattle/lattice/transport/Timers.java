package dev.wattle.lattice.transport;

import java.time.Duration;

/// A clock and its alarms. Safe for any thread.
public interface Timers {
    /// Nanoseconds from an arbitrary origin; never goes back.
    long nanoTime();

    /// Runs `task` once on a callback thread, not before `delay` has passed; not at all when closed before.
    /// The task must not block.
    Transport.Subscription after(Duration delay, Runnable task);
}
