package dev.wattle.lattice.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.wit.ByteString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The contract in memory, pumped by the test in virtual time.
class InMemoryTransportTest extends KeyValueContract {
    @Override
    Lattice newLattice() {
        return new MemoryLattice(InMemoryLattice.pumped(), true);
    }

    @Test
    void nothing_is_delivered_until_it_is_pumped_and_time_is_virtual() {
        try (InMemoryLattice pumped = InMemoryLattice.pumped()) {
            List<String> seen = new ArrayList<>();
            Transport transport = pumped.transport();
            transport.subscribe("x", Optional.empty(), message -> seen.add(message.subject()));
            transport.timers().after(Duration.ofDays(2), () -> seen.add("two days"));
            transport.timers().after(Duration.ofDays(1), () -> seen.add("one day"));
            transport.publish(Message.of("x", ByteString.EMPTY));
            assertThat(seen).isEmpty();
            pumped.pump();
            assertThat(seen).containsExactly("x");
            pumped.advance(Duration.ofDays(3));
            assertThat(seen).containsExactly("x", "one day", "two days");
            assertThat(transport.timers().nanoTime())
                    .isEqualTo(Duration.ofDays(3).toNanos());
        }
    }
}
