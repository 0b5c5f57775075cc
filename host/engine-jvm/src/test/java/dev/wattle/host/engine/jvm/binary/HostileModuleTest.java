package dev.wattle.host.engine.jvm.binary;

import static dev.wattle.host.engine.jvm.binary.Bytes.hex;
import static dev.wattle.host.engine.jvm.binary.Bytes.module;
import static dev.wattle.host.engine.jvm.binary.Bytes.repeat;
import static dev.wattle.host.engine.jvm.binary.Bytes.section;
import static dev.wattle.host.engine.jvm.binary.Bytes.sized;
import static dev.wattle.host.engine.jvm.binary.Refusals.assertRefused;
import static dev.wattle.host.engine.jvm.binary.Refusals.decoded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.host.engine.ModuleException.Code;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each of these took minutes or gigabytes if a bound were missing.
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class HostileModuleTest {
    private static final int NESTING = ModuleLimits.NESTING - 1;

    @Test
    void blocks_nest_up_to_the_limit() {
        byte[] body = Bytes.of(0, repeat("02 40", NESTING), repeat("0b", NESTING + 1));
        assertThat(decoded(function(body)).bodies().getFirst().nesting()).isEqualTo(ModuleLimits.NESTING);
        byte[] deeper = Bytes.of(0, repeat("02 40", NESTING + 1), repeat("0b", NESTING + 2));
        assertRefused(function(deeper), Code.INVALID, "nested blocks exceeds the limit of");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 9, 11, 13})
    void a_count_beyond_what_follows_takes_nothing(int section) {
        assertRefused(module(section(section, hex("ff ff ff ff 0f"))), Code.MALFORMED, "length out of bounds");
    }

    @Test
    void the_largest_branch_table_is_read_once() {
        int targets = ModuleLimits.BRANCH_TARGETS;
        byte[] body = Bytes.of(0, hex("41 00 0e"), targets, repeat("00", targets + 1), hex("0b"));
        assertThat(decoded(function(body)).bodies().getFirst().instructions()).isEqualTo(3);
        byte[] larger = Bytes.of(0, hex("41 00 0e"), targets + 1, repeat("00", targets + 2), hex("0b"));
        assertRefused(function(larger), Code.INVALID, "targets of a br_table exceeds the limit of");
    }

    @Test
    void half_a_million_functions_of_fifty_thousand_locals_cost_their_bytes() {
        int functions = 500_000;
        byte[] code = Bytes.of(functions, repeat("06 01 d0 86 03 7f 0b", functions));
        WasmModule module = decoded(module(
                section(1, hex("01 60 00 00")), section(3, functions, repeat("00", functions)), section(10, code)));
        assertThat(module.bodies()).hasSize(functions);
    }

    @Test
    void locals_without_a_default_in_every_function_are_not_visited_for_nothing() {
        int functions = 500_000;
        byte[] code = Bytes.of(functions, repeat("07 01 d0 86 03 64 70 0b", functions));
        byte[] module = module(
                section(1, hex("01 60 00 00")), section(3, functions, repeat("00", functions)), section(10, code));
        assertRefused(module, Code.INVALID, "operands moved for each byte exceeds the limit of");
    }

    @Test
    void a_thousand_values_for_every_short_block_are_refused() {
        byte[] type = Bytes.of(0x60, 1_000, repeat("7f", 1_000), 1_000, repeat("7f", 1_000));
        byte[] body =
                Bytes.of(0, repeat("41 00", 1_000), repeat("02 01 0b", 1_000_000), repeat("1a", 1_000), hex("0b"));
        byte[] module =
                module(section(1, 2, hex("60 00 00"), type), section(3, hex("01 00")), section(10, 1, sized(body)));
        assertRefused(module, Code.INVALID, "operands moved for each byte exceeds the limit of");
    }

    @Test
    void labels_of_one_type_are_compared_once_for_a_branch_table() {
        byte[] type = Bytes.of(0x60, 0, 1_000, repeat("7f", 1_000));
        byte[] body = Bytes.of(
                0,
                hex("02 01 02 01 00"),
                repeat("0e ff 01 " + "00 01 ".repeat(128), 10_000),
                hex("0b 0b"),
                repeat("1a", 1_000),
                hex("0b"));
        byte[] module =
                module(section(1, 2, hex("60 00 00"), type), section(3, hex("01 00")), section(10, 1, sized(body)));
        assertThat(decoded(module).bodies()).as("both labels have one type").hasSize(1);
    }

    @Test
    void calls_that_leave_a_thousand_values_each_are_refused() {
        byte[] type = Bytes.of(0x60, 0, 1_000, repeat("7f", 1_000));
        byte[] body = Bytes.of(0, repeat("10 00", 1_000), hex("00 0b"));
        byte[] module = module(section(1, 1, type), section(3, hex("01 00")), section(10, 1, sized(body)));
        assertRefused(module, Code.INVALID, "pending operands exceeds the limit of");
    }

    @Test
    void a_body_beyond_the_limit_is_refused_by_its_size() {
        byte[] body = Bytes.of(0, repeat("01", ModuleLimits.BODY_BYTES), hex("0b"));
        assertRefused(function(body), Code.INVALID, "bytes of a function exceeds the limit of");
    }

    @Test
    void a_million_constants_of_one_function_are_one_object() {
        int entries = 1_000_000;
        WasmModule module = decoded(module(
                section(1, hex("01 60 00 00")),
                section(3, hex("01 00")),
                section(9, 1, hex("05 70"), entries, repeat("d2 00 0b", entries)),
                section(10, hex("01 02 00 0b"))));
        assertThat(module.elements().getFirst().items().stream()
                        .mapToInt(System::identityHashCode)
                        .distinct()
                        .count())
                .isEqualTo(1);
    }

    private static byte[] function(byte[] body) {
        return module(section(1, hex("01 60 00 00")), section(3, hex("01 00")), section(10, 1, sized(body)));
    }
}
