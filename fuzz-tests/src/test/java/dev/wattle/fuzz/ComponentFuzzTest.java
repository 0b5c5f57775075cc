package dev.wattle.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.testkit.Gen;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
class ComponentFuzzTest {
    private static final Duration TIME = Duration.ofSeconds(60);

    /// Two validators differ in rare corners, about once in a hundred thousand mutants so far. So the ring goes the
    /// same
    /// way each time, as far as it is known to be clean, and `--fuzz` goes new ones.
    private static final long SEED = 1661351283;

    private static final long KNOWN_BATCHES = 1500;

    /// Batches in which a planted bug has to show.
    private static final int BATCHES = 200;

    private static Optional<WasmTools> tools = Optional.empty();
    private static List<byte[]> corpus = List.of();

    @BeforeAll
    static void load() {
        tools = WasmTools.find();
        corpus = ComponentCorpus.load(tools);
    }

    @AfterAll
    static void forget() {
        corpus = List.of();
    }

    @Test
    void damaged_components_are_refused_or_run_and_never_hurt() {
        var result = new Fuzzing(SEED, tools, System.err).components(TIME, KNOWN_BATCHES);

        System.err.println("seed " + SEED + ": " + result.summary());
        assertThat(result.findings()).as("seed %d, %s", SEED, result.summary()).isEmpty();
    }

    /// A fuzzer that finds nothing may be blind.
    @ParameterizedTest
    @EnumSource
    void a_planted_bug_of_the_decoder_is_found(DecoderFault fault) {
        long seed = Gen.seed();
        var mutations = new ComponentMutations(seed, tools, fault, corpus);
        int batch = 0;
        while (batch < BATCHES && mutations.run(batch).isEmpty()) {
            batch++;
        }
        System.err.printf("%s: found in batch %d, seed %d%n", fault, batch, seed);
        assertThat(batch).as("%s, seed %d", fault, seed).isLessThan(BATCHES);
    }
}
