package dev.wattle.host.engine.jvm.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.host.engine.ModuleException;
import dev.wattle.host.engine.ModuleException.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputTest {
    @ParameterizedTest
    @CsvSource({
        "00, 0, 0",
        "7f, 127, -1",
        "40, 64, -64",
        "80 01, 128, 128",
        "ff 00, 127, 127",
        "80 7f, 16256, -128",
        "80 80 80 80 00, 0, 0",
        "ff ff ff ff 07, 2147483647, 2147483647"
    })
    void numbers_are_read_as_the_spec_writes_them(String hex, int unsigned, int signed) {
        assertThat(input(hex).u32()).isEqualTo(unsigned);
        assertThat(input(hex).s32()).isEqualTo(signed);
        assertThat(input(hex).s64()).isEqualTo(signed);
        assertThat(input(hex).s33()).isEqualTo(signed);
    }

    @Test
    void the_bounds_of_numbers_are_reached() {
        assertThat(input("ff ff ff ff 0f").u32()).isEqualTo(-1);
        assertThat(input("80 80 80 80 78").s32()).isEqualTo(Integer.MIN_VALUE);
        assertThat(input("80 80 80 80 70").s33()).isEqualTo(-(1L << 32));
        assertThat(input("80 80 80 80 80 80 80 80 80 7f").s64()).isEqualTo(Long.MIN_VALUE);
        assertThat(input("ff ff ff ff ff ff ff ff ff 01").u64()).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource({
        "80 80 80 80 80 00, integer representation too long",
        "80 80 80 80 10, integer too large",
        "80 80 80, unexpected end",
        "'', unexpected end"
    })
    void unsigned_numbers_of_more_than_32_bits_are_malformed(String hex, String rule) {
        assertMalformed(() -> input(hex).u32(), rule);
    }

    @ParameterizedTest
    @CsvSource({
        "80 80 80 80 80 00, integer representation too long",
        "80 80 80 80 08, integer too large",
        "ff ff ff ff 4f, integer too large",
        "ff, unexpected end"
    })
    void signed_numbers_of_more_than_32_bits_are_malformed(String hex, String rule) {
        assertMalformed(() -> input(hex).s32(), rule);
    }

    @Test
    void names_are_strict_text() {
        assertThat(input("02 c3 a4").name(10)).isEqualTo("ä");
        assertMalformed(() -> input("01 c3").name(10), "malformed UTF-8 encoding");
        assertMalformed(() -> input("03 ed a0 80").name(10), "malformed UTF-8 encoding");
        assertMalformed(() -> input("05 61").name(10), "length out of bounds");
        assertThatThrownBy(() -> input("02 61 61").name(1)).hasMessageContaining("exceeds the limit of 1");
    }

    @Test
    void an_error_tells_where_it_is() {
        var input = new Input(new byte[10], 4, 6);
        input.skip(2);
        assertThatThrownBy(input::u8)
                .isInstanceOfSatisfying(
                        ModuleException.class, e -> assertThat(e.offset()).isEqualTo(6))
                .hasMessage("unexpected end (at offset 0x6)");
    }

    private static Input input(String hex) {
        byte[] bytes = Bytes.hex(hex);
        return new Input(bytes, 0, bytes.length);
    }

    private static void assertMalformed(Runnable reading, String rule) {
        assertThatThrownBy(reading::run)
                .hasMessageStartingWith(rule)
                .isInstanceOfSatisfying(
                        ModuleException.class, e -> assertThat(e.code()).isEqualTo(Code.MALFORMED));
    }
}
