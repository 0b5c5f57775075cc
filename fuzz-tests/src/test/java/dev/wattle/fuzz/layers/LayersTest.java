package dev.wattle.fuzz.layers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.testkit.Gen;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Generated code does what the interpreter does.
class LayersTest {
    private static final int CASES = 100_000;

    @Test
    void generated_code_lifts_and_lowers_as_the_interpreter_does() {
        long seed = Gen.seed();
        Layers layers = new Layers(seed);

        List<String> findings = layers.run(0, 1, CASES, () -> false);

        System.err.println("seed " + seed + ": " + layers.cases() + " cases, " + layers.endings());
        assertThat(findings).as("seed %d", seed).isEmpty();
        assertThat(layers.cases()).isGreaterThanOrEqualTo(CASES);
        assertThat(layers.endings()).containsKeys("lifted", "lowered");
        assertThat(layers.endings().get("lifted")).isGreaterThan(CASES / 5);
        assertThat(layers.endings().get("lowered")).isGreaterThan(CASES / 5);
        assertThat(layers.endings().keySet()).containsAll(rules().toList());
    }

    /// Cases that never break a rule would compare less than they seem to.
    private static Stream<String> rules() {
        return Stream.of(
                        "invalid variant discriminant",
                        "list content out-of-bounds",
                        "string content out-of-bounds",
                        "unaligned pointer",
                        "pointer out of bounds of memory",
                        "unknown handle index #",
                        "borrow handles still remain at the end of the call",
                        "realloc return: result not aligned",
                        "invalid `char` bit pattern #",
                        "invalid utf-# sequence in a string")
                .map(rule -> "trap: " + rule);
    }
}
