package dev.wattle.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wattle.testkit.Gen;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class DifferentialFuzzTest {
    private static final Duration TIME = Duration.ofSeconds(100);

    @Test
    void our_engine_does_what_the_others_do() {
        long seed = Gen.seed();
        try (var lineup = Lineup.open()) {
            assumeTrue(lineup.withNode(), "there is no node: Endive's interpreter alone is no judge");
        }

        var result = new Fuzzing(seed, WasmTools.find(), System.err).differential(TIME, 1);

        System.err.println("seed " + seed + ": " + result.summary());
        assertThat(result.findings()).as("seed %d, %s", seed, result.summary()).isEmpty();
    }
}
