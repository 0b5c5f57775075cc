package dev.wattle.host.engine.jvm.binary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.host.engine.jvm.binary.ValueType.Number;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class InstructionTest {
    @ParameterizedTest
    @EnumSource(Instruction.class)
    void an_instruction_is_found_by_its_opcode(Instruction instruction) {
        int prefix = instruction.opcode() >> 12;
        Instruction found = prefix == 0
                ? Instruction.plain(instruction.opcode())
                : Instruction.prefixed(prefix, instruction.opcode() & 0xFFF);
        assertThat(found).isEqualTo(instruction);
    }

    @ParameterizedTest
    @EnumSource(Instruction.class)
    void a_name_says_what_a_numeric_instruction_gives(Instruction instruction) {
        String text = instruction.text();
        boolean comparison = text.matches("[if](32|64)\\.(eqz|eq|ne|[lg][te](_[su])?)");
        for (Number type : Number.values()) {
            String prefix = type.name().toLowerCase(Locale.ROOT) + ".";
            boolean gives = text.startsWith(prefix) && !text.contains("store") && !comparison;
            if (gives && instruction.plain() && type != Number.V128) {
                assertThat(instruction.results()).containsExactly(type);
            }
        }
        if (comparison) {
            assertThat(instruction.results()).containsExactly(Number.I32);
        }
    }

    @Test
    void only_the_two_forms_of_select_share_a_name() {
        List<String> names =
                Arrays.stream(Instruction.values()).map(Instruction::text).toList();
        assertThat(names.stream().distinct().count()).isEqualTo(names.size() - 1L);
    }

    @ParameterizedTest
    @CsvSource({
        "I32_LOAD16_U, 2, 0",
        "V128_STORE, 16, 0",
        "V128_LOAD32_LANE, 4, 4",
        "V128_STORE8_LANE, 1, 16",
        "I16X8_EXTRACT_LANE_S, 0, 8",
        "F64X2_REPLACE_LANE, 0, 2",
        "I8X16_SHUFFLE, 0, 32",
        "I32_ADD, 0, 0"
    })
    void an_instruction_knows_its_bytes_and_lanes(Instruction instruction, int bytes, int lanes) {
        assertThat(instruction.accessBytes()).isEqualTo(bytes);
        assertThat(instruction.lanes()).isEqualTo(lanes);
    }
}
