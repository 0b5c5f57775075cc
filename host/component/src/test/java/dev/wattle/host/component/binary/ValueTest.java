package dev.wattle.host.component.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.host.component.ComponentException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Values that stand in the file, and each used once.
///
/// @spec Binary.md "Value Definitions", "Start Definitions"
class ValueTest {
    /// 0: `record { a: bool, b: u8 }`, 1: `variant { a(bool), b }`, 2: `list<char>`, 3: `flags` of 9,
    /// 4: `enum { a, b }`, 5: `option<u16>`, 6: `result<u8, string>`, 7: `stream<u8>`, 8: `tuple<u8, u8>`.
    private static final String TYPES = HandMade.section(
            7,
            "09  72 02 01 61 7f 01 62 7d  71 02 01 61 01 7f 00 01 62 00 00  70 74"
                    + "6e 09 0161 0162 0163 0164 0165 0166 0167 0168 0169"
                    + "6d 02 0161 0162  6b 7b  6a 01 7d 01 73  66 01 7d  6f 02 7d 7d");

    /// Exports a type, defines a value of it, and exports that.
    private static ValidComponent define(String type, String bytes) {
        String content = bytes.replace(" ", "");
        boolean primitive = Integer.parseInt(type, 16) >= 0x40;
        String name = primitive ? "" : HandMade.section(11, "01 00 01 74 03" + type + "00");
        String value = "01" + (primitive ? type : "09") + "%02x".formatted(content.length() / 2) + content;
        return HandMade.load(TYPES + name + HandMade.section(12, value) + HandMade.section(11, "01 00 01 76 02 00 00"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            7f, 01
            7e, ff
            7c, ff 7f
            7c, 80 80 7e
            7b, ff ff 03
            7a, 80 80 80 80 78
            79, ff ff ff ff 0f
            78, 80 80 80 80 80 80 80 80 80 7f
            78, ff ff ff ff ff ff ff ff ff 00
            77, ff ff ff ff ff ff ff ff ff 01
            76, 00 00 c0 7f
            75, 00 00 00 00 00 00 f8 7f
            74, e2 98 83
            73, 03 e2 98 83
            00, 01 05
            01, 00 01
            01, 01
            02, 02 61 f0 9f 98 80
            03, ff 01
            04, 01
            05, 00
            05, 01 80 01
            06, 00 07
            06, 01 01 61
            08, 01 02
            """)
    void a_value_of_its_type_is_valid(String type, String bytes) {
        assertThat(define(type, bytes).shape().exports()).containsKey("v");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            7f, 02
            7f, ''
            7f, 01 00
            7c, 80 80 02
            7c, 80 80 80 00
            7b, ff ff 04
            7a, ff ff ff ff 0f
            78, ff ff ff ff ff ff ff ff ff 01
            77, ff ff ff ff ff ff ff ff ff 02
            76, 01 00 c0 7f
            75, 01 00 00 00 00 00 f8 7f
            74, ff
            74, ed a0 80
            73, 02 61
            00, 01
            01, 02
            02, 03 61
            03, ff
            04, 02
            05, 02
            07, 00
            """)
    void a_value_of_another_type_is_refused(String type, String bytes) {
        assertThatThrownBy(() -> define(type, bytes)).isInstanceOf(ComponentException.class);
    }

    @Test
    void a_value_is_used_exactly_once() {
        String value = HandMade.section(12, "01 7f 01 01");
        assertThatThrownBy(() -> HandMade.load(value)).hasMessageContaining("value 0 is never used");
        assertThatThrownBy(() -> HandMade.load(value + HandMade.section(11, "02 00 01 61 02 00 00 00 01 62 02 00 00")))
                .hasMessageContaining("value 0 is used more than once");
        assertThatThrownBy(() -> HandMade.load(HandMade.section(11, "01 00 01 61 02 00 00")))
                .hasMessageContaining("there is no value 0");
    }

    @Test
    void a_start_function_takes_values_and_makes_one() {
        // (type (func (param "a" bool) (result u8))) (import "f" (func (type 0))) (value bool true) (start …)
        String prelude = HandMade.section(7, "01 40 01 01 61 7f 00 7d")
                + HandMade.section(10, "01 00 01 66 01 00")
                + HandMade.section(12, "02 7f 01 01 7d 01 05");
        String export = HandMade.section(11, "02 00 01 61 02 01 00 00 01 62 02 02 00");
        assertThat(HandMade.load(prelude + HandMade.section(9, "00 01 00 01") + export)
                        .steps())
                .hasAtLeastOneElementOfType(Step.CallStart.class);

        assertThatThrownBy(() -> HandMade.load(prelude + HandMade.section(9, "00 00 01") + export))
                .hasMessageContaining("gets 0 values");
        assertThatThrownBy(() -> HandMade.load(prelude + HandMade.section(9, "00 01 01 01") + export))
                .hasMessageContaining("another type");
        assertThatThrownBy(() -> HandMade.load(prelude + HandMade.section(9, "00 01 00 00") + export))
                .hasMessageContaining("another number of values");
    }

    @Test
    void an_imported_value_can_be_supplied() {
        // (component (import "v" (value u8)) (export "w" (value 0))) instantiated with a value
        String inner = HandMade.section(10, "01 00 01 76 02 01 7d") + HandMade.section(11, "01 00 01 77 02 00 00");
        String nested = HandMade.section(4, HandMade.PREAMBLE + inner);
        String instance = HandMade.section(5, "01 00 00 01 01 76 02 00")
                + HandMade.section(6, "01 02 00 00 01 77")
                + HandMade.section(11, "01 00 01 78 02 01 00");

        assertThat(HandMade.load(nested + HandMade.section(12, "01 7d 01 01") + instance)
                        .steps())
                .isNotEmpty();
        assertThatThrownBy(() -> HandMade.load(nested + HandMade.section(12, "01 7f 01 01") + instance))
                .hasMessageContaining("another type");
    }
}
