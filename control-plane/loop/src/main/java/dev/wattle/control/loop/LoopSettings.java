package dev.wattle.control.loop;

import java.util.Objects;

/// How fast a control plane is. All times in milliseconds.
///
/// @param id tells this run of this control plane from all others
/// @param tickMillis how often the loop hears that time passed
/// @param passMillis a pass at least so often, should an event have been lost
/// @param suspectMillis a host that sent no sign of life for so long is asked
/// @param askMillis how often it is asked
/// @param deadMillis a host that neither sent nor answered for so long is dead
/// @param quietMillis the same for hosts that send no beats of ours, and are asked all the time
/// @param firstGraceMillis after the first connection: time for all hosts to be heard
/// @param returnGraceMillis after a lost connection: time for hosts to come back, before any is dead
/// @param leaseMillis a lease that did not change for so long may be taken
/// @param renewMillis how often a leader renews
public record LoopSettings(
        String id,
        long tickMillis,
        long passMillis,
        long suspectMillis,
        long askMillis,
        long deadMillis,
        long quietMillis,
        long firstGraceMillis,
        long returnGraceMillis,
        long leaseMillis,
        long renewMillis) {
    public LoopSettings {
        Objects.requireNonNull(id, "id");
        if (id.isBlank()) {
            throw new IllegalArgumentException("a control plane has an id");
        }
        if (suspectMillis >= deadMillis || renewMillis * 2 > leaseMillis || tickMillis <= 0) {
            throw new IllegalArgumentException(
                    "suspicion comes before death, and a lease is renewed twice before it ends");
        }
    }

    /// With beats every 500 ms a killed host is noticed after about 1 s, a frozen one after 2.5 s; a new leader
    /// leads after 2 s.
    public static LoopSettings defaults(String id) {
        return new LoopSettings(id, 100, 5_000, 1_000, 500, 2_500, 10_000, 2_000, 5_000, 1_500, 500);
    }

    /// How long a leader that cannot renew believes in itself: less than others wait, by a tick and a message's
    /// way.
    long validMillis() {
        return leaseMillis * 4 / 5;
    }
}
