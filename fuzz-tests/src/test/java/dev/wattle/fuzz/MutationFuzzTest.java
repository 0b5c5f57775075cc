package dev.wattle.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.wattle.testkit.Gen;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class MutationFuzzTest {
    private static final Duration TIME = Duration.ofSeconds(30);

    @Test
    void our_decoder_accepts_what_wasm_tools_accepts() {
        long seed = Gen.seed();
        var tools = WasmTools.find().orElseGet(() -> abort("there is no wasm-tools"));

        var result = new Fuzzing(seed, java.util.Optional.of(tools), System.err).mutations(TIME);

        System.err.println("seed " + seed + ": " + result.summary());
        assertThat(result.findings()).as("seed %d, %s", seed, result.summary()).isEmpty();
    }

    /// A comparison that never finds anything might compare nothing.
    @Test
    void wasm_tools_tell_good_modules_from_bad_ones() {
        var tools = WasmTools.find().orElseGet(() -> abort("there is no wasm-tools"));
        byte[] good = {0, 'a', 's', 'm', 1, 0, 0, 0};
        byte[] bad = {0, 'a', 's', 'm', 1, 0, 0, 0, 1, 1, 1};
        byte[] invalid = ProgramGenerator.generate(Gen.of(1), Palette.of(Profile.CORE.features()))
                .map(expression -> expression.opcode() == Code.I32_CONST ? Code.i64(1) : expression)
                .encode();

        assertThat(tools.refused(List.of(good, bad, good, invalid))).containsOnlyKeys(1, 3);
        assertThat(tools.refused(good)).isEmpty();
        assertThat(tools.refused(bad)).isPresent();
    }
}
