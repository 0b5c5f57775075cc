package dev.wattle.host.engine.jvm.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.host.engine.jvm.binary.Instruction;
import dev.wattle.host.engine.jvm.code.VectorOperation.Shape;
import dev.wattle.testkit.Gen;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every vector instruction against [VectorOracle].
class VectorOperationsTest {
    private static final int TIMES = 2_000;

    /// What the translator does without a method.
    private static final Set<Instruction> WITHOUT = EnumSet.of(
            Instruction.V128_LOAD,
            Instruction.V128_STORE,
            Instruction.V128_CONST,
            Instruction.V128_LOAD32_ZERO,
            Instruction.V128_LOAD64_ZERO,
            Instruction.I8X16_SHUFFLE);

    /// What takes an address: the method is that of another instruction, and the rest is the translator's.
    private static final Set<Shape> IN_MEMORY =
            EnumSet.of(Shape.LOAD_WIDEN, Shape.LOAD_SPLAT, Shape.LOAD_LANE, Shape.STORE_LANE);

    static Stream<Instruction> vectorInstructions() {
        return Arrays.stream(Instruction.values()).filter(instruction -> instruction.opcode() >> 12 == 0xFD);
    }

    static Stream<Instruction> computingInstructions() {
        return vectorInstructions().filter(instruction -> {
            VectorOperation operation = VectorOperations.of(instruction);
            return operation != null && !IN_MEMORY.contains(operation.shape());
        });
    }

    @Test
    void every_vector_instruction_has_an_operation_or_needs_none() {
        assertThat(vectorInstructions()).hasSize(256);
        assertThat(vectorInstructions().filter(instruction -> VectorOperations.of(instruction) == null))
                .containsExactlyInAnyOrderElementsOf(WITHOUT);
    }

    @ParameterizedTest
    @MethodSource("computingInstructions")
    void the_methods_give_what_the_lanes_one_by_one_give(Instruction instruction) {
        Gen.check(TIMES, gen -> {
            List<Object> operands = VectorValues.operands(gen, instruction);
            int lane = instruction.lanes() == 0 ? 0 : gen.intBetween(0, instruction.lanes() - 1);
            Object expected = VectorOracle.result(instruction, operands, lane);
            Object actual = VectorCalls.result(instruction, operands, lane);
            assertThat(VectorValues.accepts(instruction, operands, expected, actual))
                    .as(
                            "%s of %s, lane %d: %s, not %s",
                            instruction,
                            operands.stream().map(VectorValues::text).toList(),
                            lane,
                            VectorValues.text(actual),
                            VectorValues.text(expected))
                    .isTrue();
        });
    }
}
