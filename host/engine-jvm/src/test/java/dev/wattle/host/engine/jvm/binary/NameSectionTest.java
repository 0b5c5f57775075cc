package dev.wattle.host.engine.jvm.binary;

import static dev.wattle.host.engine.jvm.binary.Bytes.hex;
import static dev.wattle.host.engine.jvm.binary.Bytes.section;
import static dev.wattle.host.engine.jvm.binary.Refusals.decoded;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameSectionTest {
    @Test
    void modules_and_functions_have_names() {
        NameSection names = names(Bytes.of(
                0, Bytes.sized(Bytes.of("guest")), 1, Bytes.sized(Bytes.of(2, 0, "log", 2, "größe")), 9, 1, hex("ff")));
        assertThat(names.module()).contains("guest");
        assertThat(names.function(0)).contains("log");
        assertThat(names.function(1)).isEmpty();
        assertThat(names.function(2)).contains("größe");
    }

    @Test
    void a_module_without_the_section_has_no_names() {
        NameSection names = NameSection.of(decoded(Bytes.module()));
        assertThat(names.module()).isEmpty();
    }

    @Test
    void what_stands_before_an_error_counts() {
        NameSection names = names(Bytes.of(1, Bytes.sized(Bytes.of(3, 0, "log", 1, "run", 2, 100))));
        assertThat(names.function(0)).contains("log");
        assertThat(names.function(1)).contains("run");
        assertThat(names.function(2)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"01", "01 ff ff ff ff 0f", "01 02 ff ff", "00 01 05", "01 08 01 ff ff ff ff 0f 01 61", "80"})
    void an_error_never_refuses_the_module(String section) {
        NameSection names = names(hex(section));
        assertThat(names.module()).isEmpty();
        assertThat(names.function(0)).isEmpty();
    }

    @Test
    void a_long_name_is_cut_and_what_is_no_text_replaced() {
        NameSection names = names(Bytes.of(1, Bytes.sized(Bytes.of(2, 0, "x".repeat(5_000), 1, hex("02 c3 28")))));
        assertThat(names.function(0)).contains("x".repeat(1_000));
        assertThat(names.function(1)).contains("\uFFFD(");
    }

    private static NameSection names(byte[] section) {
        return NameSection.of(decoded(Bytes.module(
                section(1, hex("01 60 00 00")),
                section(2, 1, "host", "log", hex("00 00")),
                section(3, hex("02 00 00")),
                section(10, hex("02 02 00 0b 02 00 0b")),
                Bytes.custom("name", section))));
    }
}
