package dev.wattle.host.wasi;

import dev.wattle.host.component.Sandbox;
import dev.wattle.host.engine.Trap;
import java.util.ArrayList;
import java.util.List;

/// `wasi:io/poll.pollable`: ready at once, or at an instant of a clock. One clock rules all pollables of a
/// sandbox that were made through one context; others wait by their own.
final class Pollable extends HostObject {
    private static final MonotonicClock NO_CLOCK = MonotonicClock.system();

    private final MonotonicClock clock;
    private final long instant; // 0: always ready

    private Pollable(MonotonicClock clock, long instant) {
        this.clock = clock;
        this.instant = instant;
    }

    /// For streams that never make a guest wait.
    static Pollable ready() {
        return new Pollable(NO_CLOCK, 0);
    }

    /// Ready once the clock shows that instant; the instant is a `u64` and may be beyond a long.
    static Pollable at(MonotonicClock clock, long instant) {
        return new Pollable(clock, instant < 0 ? Long.MAX_VALUE : instant);
    }

    boolean isReady() {
        return instant == 0 || clock.nanos() >= instant;
    }

    void block(Sandbox sandbox) {
        while (!isReady()) {
            sandbox.control().blocking(() -> {
                clock.awaitNanos(instant);
                return true;
            });
        }
    }

    /// The positions of those that are ready; waits until one is.
    static List<Integer> poll(Sandbox sandbox, List<Pollable> pollables) {
        if (pollables.isEmpty()) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "wasi:io/poll.poll of an empty list");
        }
        if (pollables.size() > Limits.MAX_POLLABLES) {
            throw new Trap(
                    Trap.Kind.LIMIT,
                    "wasi:io/poll.poll of " + pollables.size() + ", more than " + Limits.MAX_POLLABLES);
        }
        while (true) {
            List<Integer> ready = new ArrayList<>();
            for (int i = 0; i < pollables.size(); i++) {
                if (pollables.get(i).isReady()) {
                    ready.add(i);
                }
            }
            if (!ready.isEmpty()) {
                return ready;
            }
            earliest(pollables).block(sandbox);
        }
    }

    private static Pollable earliest(List<Pollable> pollables) {
        Pollable first = pollables.getFirst();
        for (Pollable other : pollables) {
            if (other.rest() < first.rest()) {
                first = other;
            }
        }
        return first;
    }

    private long rest() {
        return Math.max(0, instant - clock.nanos());
    }
}
