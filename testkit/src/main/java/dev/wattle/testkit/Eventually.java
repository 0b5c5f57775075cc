package dev.wattle.testkit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Waits for a state: tries an assertion again and again until it holds, or until the time is up.
///
/// Use it instead of a sleep. What it throws in the end is the last failure of the assertion, with the time
/// that was given. An interrupt ends the wait at once and stays set.
public final class Eventually {
    /// Short enough that a test loses little by waiting, long enough that polling costs nothing.
    private static final Duration PAUSE = Duration.ofMillis(10);

    private Eventually() {}

    /// An assertion that may throw anything.
    @FunctionalInterface
    public interface Assertion {
        void check() throws Throwable;
    }

    /// Returns once `assertion` holds; fails when it has not within `time`. It is tried at least once.
    public static void within(long time, TimeUnit unit, Assertion assertion) {
        within(Duration.of(time, unit.toChronoUnit()), assertion);
    }

    /// The same with a [Duration].
    public static void within(Duration time, Assertion assertion) {
        var start = System.nanoTime();
        while (true) {
            var failure = failureOf(assertion);
            if (failure == null) {
                return;
            }
            if (System.nanoTime() - start >= time.toNanos()
                    || Thread.currentThread().isInterrupted()) {
                throw new AssertionError("not within %s: %s".formatted(time, failure.getMessage()), failure);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static @Nullable Throwable failureOf(Assertion assertion) {
        try {
            assertion.check();
            return null;
        } catch (VirtualMachineError broken) {
            throw broken;
        } catch (Throwable failure) {
            return failure;
        }
    }
}
