package dev.wattle.host.engine.jvm.binary;

import static dev.wattle.host.engine.jvm.binary.Bytes.hex;
import static dev.wattle.host.engine.jvm.binary.Bytes.section;
import static dev.wattle.host.engine.jvm.binary.Refusals.decoded;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineTableTest {
    /// Address 4 is line 10, column 3; from 6 line 11; from 9 line 13 of the second file; it ends at 12.
    private static final String PROGRAM =
            "00 05 02 04 00 00 00 03 09 05 03 01 " + special(1, 2) + " 04 02 " + special(2, 3) + " 02 03 00 01 01";

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void an_old_table_names_files_and_lines(int version) {
        byte[] files =
                Bytes.of(text("src"), hex("00"), text("main.c"), hex("01 00 00"), text("/lib/x.h"), hex("00 00 00 00"));
        assertPlaces(table(unit(version, files, PROGRAM), new byte[0], new byte[0]), "src/main.c", "/lib/x.h");
    }

    @Test
    void a_table_of_version_5_takes_names_from_other_sections() {
        byte[] files = Bytes.of(
                hex("01 01 1f 02 00 00 00 00 04 00 00 00"), // directories: line_strp
                hex("02 01 0e 02 0b 03 00 00 00 00 00 00 00 00 00 01 07 00 00 00 01")); // files: strp, data1
        byte[] strings = Bytes.of(text("main.c"), text("x.h"));
        byte[] lineStrings = Bytes.of(text("src"), text("include"));
        assertPlaces(table(unit(5, files, PROGRAM), strings, lineStrings), "include/main.c", "include/x.h");
    }

    @Test
    void instructions_of_a_compiled_module_come_from_its_source() throws IOException {
        WasmModule module = decoded(resource("lines.wasm"));
        LineTable table = LineTable.of(module);
        NameSection names = NameSection.of(module);
        List<String> places = new ArrayList<>();
        for (int i = 0; i < module.bodies().size(); i++) {
            var body = new BodyReader(module, module.bodies().get(i));
            while (body.hasNext()) {
                Instruction instruction = body.next();
                if (instruction == Instruction.UNREACHABLE || instruction == Instruction.I32_MUL) {
                    places.add(names.function(i).orElseThrow() + " "
                            + table.find(body.offset()).orElseThrow());
                }
            }
        }
        assertThat(places).containsExactly("inner /src/lines.c:4:5", "inner /src/lines.c:5:12");
    }

    @Test
    void a_unit_that_cannot_be_read_does_not_hide_the_next() {
        byte[] files = Bytes.of(hex("00"), text("a.c"), hex("00 00 00"), text("b.c"), hex("00 00 00 00"));
        byte[] unknown = unit(9, files, PROGRAM);
        byte[] broken = unit(4, hex("ff"), PROGRAM);
        LineTable table = table(Bytes.of(unknown, broken, unit(4, files, PROGRAM)), new byte[0], new byte[0]);
        assertPlaces(table, "a.c", "b.c");
    }

    @Test
    void what_a_linker_dropped_is_left_out() {
        byte[] files = Bytes.of(hex("00"), text("a.c"), hex("00 00 00"), text("b.c"), hex("00 00 00 00"));
        String dropped = PROGRAM.replace("02 04 00 00 00", "02 00 00 00 00");
        LineTable table = table(Bytes.of(unit(4, files, dropped)), new byte[0], new byte[0]);
        assertThat(table.find(CODE + 6)).isEmpty();
    }

    @Test
    void a_module_without_the_section_has_no_places() {
        assertThat(LineTable.of(decoded(Bytes.module())).find(10)).isEmpty();
    }

    @Test
    void no_bytes_of_the_section_do_harm() {
        long seed = 4711;
        var random = new SplittableRandom(seed);
        byte[] files = Bytes.of(hex("00"), text("a.c"), hex("00 00 00"), text("b.c"), hex("00 00 00 00"));
        byte[] unit = unit(4, files, PROGRAM);
        for (int i = 0; i < 20_000; i++) {
            byte[] mutant = unit.clone();
            for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
                mutant[random.nextInt(mutant.length)] = (byte) random.nextInt();
            }
            LineTable table = table(mutant, new byte[0], new byte[0]);
            assertThat(table.find(CODE + 6)).as("seed %d, case %d", seed, i).isNotNull();
        }
    }

    /// Where the contents of the code section start in [#table].
    private static final int CODE = 20;

    private static void assertPlaces(LineTable table, String first, String second) {
        assertThat(table.find(CODE + 3)).isEmpty();
        assertThat(table.find(CODE + 4)).contains(new LineTable.Place(first, 10, 3));
        assertThat(table.find(CODE + 5)).contains(new LineTable.Place(first, 10, 3));
        assertThat(table.find(CODE + 6)).contains(new LineTable.Place(first, 11, 3));
        assertThat(table.find(CODE + 11)).contains(new LineTable.Place(second, 13, 3));
        assertThat(table.find(CODE + 12)).isEmpty();
    }

    private static LineTable table(byte[] lines, byte[] strings, byte[] lineStrings) {
        WasmModule module = decoded(Bytes.module(
                section(1, hex("01 60 00 00")),
                section(3, hex("01 00")),
                section(10, 1, Bytes.sized(Bytes.of(0, Bytes.repeat("01", 20), 0x0b))),
                Bytes.custom(".debug_line", lines),
                Bytes.custom(".debug_str", strings),
                Bytes.custom(".debug_line_str", lineStrings)));
        assertThat(module.codeStart()).isEqualTo(CODE);
        return LineTable.of(module);
    }

    /// A unit with minimum instruction length 1, line base -5, line range 14 and 13 as the first special opcode.
    private static byte[] unit(int version, byte[] files, String program) {
        byte[] rest = Bytes.of(
                hex(version >= 4 ? "01 01 01 fb 0e 0d" : "01 01 fb 0e 0d"),
                hex("00 01 01 01 01 00 00 00 01 00 00 01"),
                files);
        byte[] content = Bytes.of(
                hex("0" + version + " 00"), hex(version >= 5 ? "04 00" : ""), int32(rest.length), rest, hex(program));
        return Bytes.of(int32(content.length), content);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream stream = LineTableTest.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(stream, name).readAllBytes();
        }
    }

    private static String special(int lines, int bytes) {
        return "%02x".formatted(lines + 5 + 14 * bytes + 13);
    }

    private static byte[] int32(int value) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    private static byte[] text(String text) {
        return (text + "\0").getBytes(StandardCharsets.UTF_8);
    }
}
