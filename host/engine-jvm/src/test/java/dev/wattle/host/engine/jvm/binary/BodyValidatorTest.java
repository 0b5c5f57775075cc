package dev.wattle.host.engine.jvm.binary;

import static dev.wattle.host.engine.jvm.binary.Refusals.assertRefused;
import static dev.wattle.host.engine.jvm.binary.Refusals.decoded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.host.engine.ModuleException.Code;
import dev.wattle.host.engine.jvm.binary.WasmModule.Body;
import dev.wattle.host.engine.jvm.binary.WasmModule.Locals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyValidatorTest {
    private static final String NOTHING = "60 00 00";
    private static final String GIVES_I32 = "60 00 01 7f";

    @ParameterizedTest
    @CsvSource({
        "00 41 00 0b, INVALID, type mismatch: 1 values remaining",
        "00 6a 0b, INVALID, 'type mismatch: expected i32, found nothing'",
        "00 41 00 42 00 6a 1a 0b, INVALID, 'type mismatch: expected i32, found i64'",
        "00 20 00 0b, INVALID, unknown local 0",
        "00 23 02 1a 0b, INVALID, unknown global 2",
        "00 41 00 24 00 0b, INVALID, immutable global",
        "00 0c 01 0b, INVALID, unknown label 1",
        "00 10 01 0b, INVALID, unknown function 1",
        "00 02 05 0b 0b, INVALID, unknown type 5",
        "00 05 0b, MALFORMED, END opcode expected",
        "00 41 00 04 7f 41 00 0b 1a 0b, INVALID, type mismatch",
        "00 41 00 28 03 00 1a 0b, INVALID, alignment must not be larger than natural",
        "00 41 00 28 80 01 00 1a 0b, MALFORMED, malformed memop flags",
        "00 41 00 28 42 01 00 1a 0b, INVALID, unknown memory 1",
        "00 41 00 28 02 80 80 80 80 10 1a 0b, INVALID, offset out of range",
        "00 d2 00 1a 0b, INVALID, undeclared function reference",
        "00 fc 09 00 0b, MALFORMED, data count section required",
        "00 fc 0d 00 0b, INVALID, unknown elem segment 0",
        "00 41 00 41 00 d0 6f 26 00 0b, INVALID, type mismatch",
        "00 d0 70 d0 70 41 00 1b 1a 0b, INVALID, type mismatch: a select of references",
        "00 00 1c 00 1a 0b, INVALID, invalid result arity",
        "00 00 fd 15 10 1a 0b, INVALID, invalid lane index",
        "00 08 01 0b, INVALID, unknown tag 1",
        "00 1f 40 01 04 00 0b 0b, MALFORMED, malformed catch clause",
        "00 1f 40 01 01 00 00 0b 0b, INVALID, type mismatch: what is caught",
        "01 01 64 70 20 00 1a 0b, INVALID, uninitialized local 0",
        "01 01 64 70 02 40 00 21 00 0b 20 00 1a 0b, INVALID, uninitialized local 0",
        "01 01 64 70 41 00 04 40 00 21 00 05 20 00 1a 0b 0b, INVALID, uninitialized local 0",
        "00 06 40 0b 0b, UNSUPPORTED, legacy exceptions (try, catch) are not supported",
        "00 fb 00 00 0b, UNSUPPORTED, garbage-collected types (gc) are not supported",
        "00 d3 0b, UNSUPPORTED, garbage-collected types (gc) are not supported",
        "00 fe 03 00 0b, UNSUPPORTED, atomic instructions (threads) are not supported",
        "00 fc 13 0b, UNSUPPORTED, (wide-arithmetic) are not supported",
        "00 fc 12 0b, MALFORMED, illegal opcode fc 12",
        "00 fd 9a 01 0b, MALFORMED, illegal opcode fd 9a",
        "00 27 0b, MALFORMED, illegal opcode 27",
        "00 01, MALFORMED, unexpected end",
        "00 0b 01, MALFORMED, section size mismatch",
        "02 ff ff ff ff 0f 7f 02 7f 0b, MALFORMED, too many locals",
        "01 d1 86 03 7f 0b, INVALID, exceeds the limit of 50000"
    })
    void what_is_wrong_is_told_with_its_function(String body, Code code, String rule) {
        assertRefused(Bytes.function(NOTHING, body), code, rule);
        assertRefused(Bytes.function(NOTHING, body), code, "in function 0");
    }

    @ParameterizedTest
    @CsvSource({
        "00 00 6a 1a 0b",
        "00 00 1b 1a 0b",
        "00 00 d4 d1 1a 0b",
        "00 0f 41 00 6a 1a 0b",
        "00 02 7f 41 01 41 00 0d 00 0b 1a 0b",
        "00 02 40 02 40 41 00 0e 01 00 01 0b 0b 0b",
        "00 02 40 02 7f 00 0e 01 00 00 0b 1a 0b 0b",
        "01 01 64 70 00 21 00 20 00 1a 0b",
        "01 01 64 70 00 21 00 02 40 20 00 1a 0b 0b",
        "00 1f 40 02 00 00 00 02 00 0b 0b",
        "00 02 69 1f 40 01 03 00 0b 00 0b 1a 0b",
        "00 02 40 d0 70 d5 00 1a 0b 0b",
        "00 02 64 70 d0 70 d6 00 00 0b 1a 0b"
    })
    void what_the_spec_allows_is_accepted(String body) {
        assertThat(decoded(Bytes.function(NOTHING, body)).bodies()).hasSize(1);
    }

    @Test
    void a_body_says_what_it_does() {
        Body body = decoded(Bytes.function(
                        GIVES_I32, "02 02 7f 01 7e 03 40 02 40 10 00 1a 0b 0b 41 01 41 02 41 03 6a 6a 12 00 0b"))
                .bodies()
                .getFirst();
        assertThat(body.locals())
                .containsExactly(new Locals(2, ValueType.Number.I32), new Locals(1, ValueType.Number.I64));
        assertThat(body.instructions()).isEqualTo(13);
        assertThat(body.labels()).isEqualTo(2);
        assertThat(body.nesting()).isEqualTo(3);
        assertThat(body.operands()).isEqualTo(3);
        assertThat(body.traits()).isEqualTo(new WasmModule.Traits(true, true, true, false));
    }

    @Test
    void neighbouring_declarations_of_one_type_are_one_run() {
        assertThat(decoded(Bytes.function(NOTHING, "04 01 7f 00 7e 02 7f 01 7e 0b"))
                        .bodies()
                        .getFirst()
                        .locals())
                .containsExactly(new Locals(3, ValueType.Number.I32), new Locals(1, ValueType.Number.I64));
    }

    @Test
    void locals_beyond_the_first_thousand_have_their_type() {
        decoded(Bytes.function(NOTHING, "03 dc 0b 7f 01 7d e8 07 7e 43 00 00 00 00 21 dc 0b 42 00 21 dd 0b 0b"));
        assertRefused(
                Bytes.function(NOTHING, "03 dc 0b 7f 01 7d e8 07 7e 42 00 21 dc 0b 0b"),
                Code.INVALID,
                "type mismatch: expected f32, found i64");
    }
}
