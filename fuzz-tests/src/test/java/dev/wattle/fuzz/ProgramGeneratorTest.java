package dev.wattle.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.wattle.host.engine.jvm.binary.ModuleDecoder;
import dev.wattle.host.engine.jvm.binary.ModuleLimits;
import dev.wattle.testkit.Gen;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProgramGeneratorTest {
    @ParameterizedTest
    @EnumSource
    void what_is_generated_is_valid(Profile profile) {
        var palette = Palette.of(profile.features());
        Gen.check(200, gen -> {
            byte[] module = ProgramGenerator.generate(gen, palette).encode();

            assertThatCode(() -> ModuleDecoder.decode(module, ModuleLimits.DEFAULTS))
                    .doesNotThrowAnyException();
        });
    }

    @Test
    void the_same_seed_makes_the_same_module() {
        var palette = Palette.of(Profile.ALL.features());

        byte[] first = ProgramGenerator.generate(Gen.of(4711), palette).encode();
        byte[] second = ProgramGenerator.generate(Gen.of(4711), palette).encode();

        assertThat(second).isEqualTo(first);
    }

    @Test
    void every_operator_and_every_instruction_occurs() {
        var palette = Palette.of(Profile.ALL.features());
        var expected = new TreeSet<Integer>();
        Operator.ALL.forEach(operator -> expected.add(operator.opcode()));
        expected.addAll(Code.all());
        var seen = new TreeSet<Integer>();

        for (int seed = 0; seed < 3_000 && !seen.containsAll(expected); seed++) {
            ProgramGenerator.generate(Gen.of(seed), palette).map(expression -> {
                seen.add(expression.opcode());
                return expression;
            });
        }

        expected.removeAll(seen);
        assertThat(expected).as("opcodes that were not generated").isEmpty();
    }
}
