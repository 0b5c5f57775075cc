package dev.wattle.host.engine.jvm.binary;

import static dev.wattle.host.engine.jvm.binary.Bytes.hex;
import static dev.wattle.host.engine.jvm.binary.Bytes.module;
import static dev.wattle.host.engine.jvm.binary.Bytes.section;
import static dev.wattle.host.engine.jvm.binary.Refusals.assertRefused;
import static dev.wattle.host.engine.jvm.binary.Refusals.decoded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.host.engine.ModuleException.Code;
import dev.wattle.host.engine.jvm.binary.WasmModule.Constant.Step;
import dev.wattle.host.engine.jvm.binary.WasmModule.Export;
import dev.wattle.host.engine.jvm.binary.WasmModule.ExternKind;
import dev.wattle.host.engine.jvm.binary.WasmModule.Import;
import dev.wattle.host.engine.jvm.binary.WasmModule.Mode;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModuleDecoderTest {
    /// What follows the header, section by section.
    @ParameterizedTest
    @CsvSource({
        "0e 00, MALFORMED, malformed section id",
        "01 05 00, MALFORMED, length out of bounds",
        "01 02 00 00, MALFORMED, section size mismatch",
        "01 01 00 01 01 00, MALFORMED, unexpected content after last section",
        "03 01 00 01 01 00, MALFORMED, unexpected content after last section",
        "01 01 05, MALFORMED, length out of bounds",
        "01 04 01 61 00 00, MALFORMED, malformed definition type",
        "01 05 01 60 01 40 00, MALFORMED, malformed value type",
        "01 06 01 60 01 63 01 00, INVALID, unknown type 1",
        "01 05 01 60 01 6e 00, UNSUPPORTED, garbage-collected types (gc) are not supported",
        "02 05 01 00 00 7f 00, UNSUPPORTED, compact-imports",
        "02 05 01 00 00 05 00, MALFORMED, malformed import kind",
        "02 05 01 00 00 00 00, INVALID, unknown type 0",
        "03 02 01 00, INVALID, unknown type 0",
        "01 04 01 60 00 00 03 02 01 00, MALFORMED, function and code section have inconsistent lengths",
        "04 04 01 70 08 00, MALFORMED, malformed limits flags",
        "04 05 01 70 01 02 01, INVALID, size minimum must not be greater than maximum",
        "04 04 01 7f 00 00, MALFORMED, malformed reference type",
        "04 05 01 64 70 00 00, INVALID, type mismatch",
        "04 04 01 70 04 00, UNSUPPORTED, 64-bit tables (memory64) are not supported",
        "05 05 01 00 81 80 04, INVALID, memory size must be at most 65536 pages",
        "05 03 01 04 00, UNSUPPORTED, 64-bit memories (memory64) are not supported",
        "05 04 01 03 00 01, UNSUPPORTED, shared memories and tables (threads) are not supported",
        "05 04 01 08 00 00, UNSUPPORTED, custom-page-sizes",
        "05 03 01 10 00, MALFORMED, malformed limits flags",
        "01 05 01 60 00 01 7f 0d 03 01 00 00, INVALID, non-empty tag result type",
        "06 06 01 7f 02 41 00 0b, MALFORMED, malformed mutability",
        "06 06 01 7f 00 42 00 0b, INVALID, type mismatch",
        "06 04 01 7f 00 0b, INVALID, type mismatch",
        "06 06 01 7f 00 23 00 0b, INVALID, unknown global 0",
        "06 0b 02 7f 01 41 00 0b 7f 00 23 00 0b, INVALID, constant expression required",
        "06 07 01 7f 00 41 00 45 0b, INVALID, constant expression required",
        "06 05 01 7f 00 41 00, MALFORMED, unexpected end",
        "06 05 01 7f 00 ff 0b, MALFORMED, illegal opcode ff",
        "06 06 01 70 00 d2 00 0b, INVALID, unknown function 0",
        "07 05 01 01 61 00 00, INVALID, unknown function 0",
        "05 03 01 00 00 07 09 02 01 61 02 00 01 61 02 00, INVALID, duplicate export name",
        "08 01 00, INVALID, unknown function 0",
        "09 02 01 08, MALFORMED, malformed elements segment kind",
        "09 06 01 00 41 00 0b 00, INVALID, unknown table 0",
        "04 04 01 6f 00 00 09 06 01 00 41 00 0b 00, INVALID, type mismatch",
        "0b 06 01 00 41 00 0b 00, INVALID, unknown memory 0",
        "0b 03 01 03 00, MALFORMED, malformed data segment kind",
        "0c 01 01, MALFORMED, data count and data section have inconsistent lengths",
        "0c 01 02 0b 03 01 01 00, MALFORMED, data count and data section have inconsistent lengths",
        "00 02 05 61, MALFORMED, length out of bounds"
    })
    void what_is_wrong_is_told_with_its_rule_and_offset(String sections, Code code, String rule) {
        assertRefused(module(hex(sections)), code, rule);
    }

    @ParameterizedTest
    @CsvSource({
        "'', MALFORMED, unexpected end",
        "00 61 73 6e 01 00 00 00, MALFORMED, magic header not detected",
        "00 61 73 6d 01 00 00, MALFORMED, unexpected end",
        "00 61 73 6d 02 00 00 00, MALFORMED, unknown binary version",
        "00 61 73 6d 0d 00 01 00, UNSUPPORTED, a component"
    })
    void what_is_no_module_is_told_apart(String binary, Code code, String rule) {
        assertRefused(hex(binary), code, rule);
    }

    @Test
    void a_malformed_section_after_an_unsupported_one_is_not_looked_for() {
        assertRefused(module(section(5, hex("01 04 00")), hex("0e 00")), Code.UNSUPPORTED, "memory64");
        assertRefused(module(hex("0e 00"), section(5, hex("01 04 00"))), Code.MALFORMED, "malformed section id");
    }

    @Test
    void index_spaces_start_with_imports() {
        WasmModule module = decoded(module(
                section(1, hex("02 60 00 00 60 01 7f 00")),
                section(2, 3, "a", "f", hex("00 01"), "a", "g", hex("03 7e 01"), "b", "t", hex("04 00 01")),
                section(3, hex("01 00")),
                section(6, hex("01 7f 00 41 05 0b")),
                section(7, 2, "run", hex("00 01"), "seen", hex("03 00")),
                section(10, hex("01 02 00 0b"))));
        assertThat(module.imports())
                .containsExactly(
                        new Import("a", "f", ExternKind.FUNCTION, 0),
                        new Import("a", "g", ExternKind.GLOBAL, 0),
                        new Import("b", "t", ExternKind.TAG, 0));
        assertThat(module.exports())
                .containsExactly(new Export("run", ExternKind.FUNCTION, 1), new Export("seen", ExternKind.GLOBAL, 0));
        assertThat(module.functions()).extracting(DefinedType::id).containsExactly("i_", "_");
        assertThat(module.tags()).extracting(DefinedType::id).containsExactly("i_");
        assertThat(module.globals().get(1).initial().steps()).containsExactly(new Step.Number(ValueType.Number.I32, 5));
        assertThat(module.importedFunctions()).isEqualTo(1);
        assertThat(module.referenced().stream()).containsExactly(1);
    }

    @Test
    void segments_say_where_they_go() {
        byte[] binary = module(
                section(1, hex("01 60 00 00")),
                section(3, hex("01 00")),
                section(4, hex("02 70 00 05 40 00 64 70 01 02 03 d2 00 0b")),
                section(5, hex("01 01 01 02")),
                section(9, 3, hex("00 41 01 0b 01 00"), hex("05 70 02 d0 70 0b d2 00 0b"), hex("03 00 00")),
                section(10, hex("01 02 00 0b")),
                section(11, 2, hex("00 41 08 0b 02 aa bb"), hex("01 01 cc")));
        WasmModule module = decoded(binary);
        assertThat(module.tables().get(1).element()).isEqualTo(new ValueType.Reference(false, HeapType.Abstract.FUNC));
        assertThat(module.tables().get(1).maximum()).isEqualTo(OptionalLong.of(3));
        assertThat(module.tables().get(1).initial().steps()).containsExactly(new Step.Function(0));
        assertThat(module.elements())
                .extracting(elements -> elements.items().size())
                .containsExactly(1, 2, 0);
        assertThat(module.elements().get(1).items().getFirst().steps())
                .containsExactly(new Step.Null(HeapType.Abstract.FUNC));
        assertThat(module.elements().get(2).mode()).isEqualTo(new Mode.Declared());
        assertThat(module.data().get(1).mode()).isEqualTo(new Mode.Passive());
        var active = module.data().getFirst();
        assertThat(List.of(binary[active.start()], binary[active.start() + 1], active.length()))
                .containsExactly((byte) 0xAA, (byte) 0xBB, 2);
    }

    @Test
    void constants_compute() {
        WasmModule module = decoded(module(
                section(2, 1, "", "g", hex("03 7f 00")), section(6, hex("01 7f 00 23 00 41 02 6c 41 7f 6a 0b"))));
        assertThat(module.globals().get(1).initial().steps())
                .containsExactly(
                        new Step.GlobalValue(0),
                        new Step.Number(ValueType.Number.I32, 2),
                        new Step.Arithmetic(ValueType.Number.I32, '*'),
                        new Step.Number(ValueType.Number.I32, -1),
                        new Step.Arithmetic(ValueType.Number.I32, '+'));
    }

    @Test
    void custom_sections_stand_anywhere_and_mean_nothing() {
        WasmModule module = decoded(
                module(Bytes.custom("one", hex("ff")), section(1, 0), Bytes.custom("two", hex("")), section(3, 0)));
        assertThat(module.customs()).extracting(WasmModule.Custom::name).containsExactly("one", "two");
    }
}
