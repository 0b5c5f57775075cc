package dev.wattle.host.component.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.host.component.ComponentException;
import dev.wattle.host.component.ComponentException.Code;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Small components, written by hand: each breaks one rule.
class RefusedComponentTest {
    private static ValidComponent load(String sections) {
        return HandMade.load(sections, Set.of());
    }

    private static void assertRefused(String sections, Code code, String message) {
        assertThatThrownBy(() -> load(sections))
                .isInstanceOfSatisfying(
                        ComponentException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            0703 01 70 05,                                'type 5'
            0705 01 70 ff ff 7f,                          'no value type'
            0705 01 72 01 01 61,                          'ends in the middle'
            0707 01 72 01 02 41 61 79,                    'not a label in kebab case'
            0709 01 6d 03 01 61 01 62 01 41,              'twice'
            0703 01 6d 00,                                'without elements'
            0703 01 69 00,                                'type 0'
            0707 02 79 40 00 00 00 00,                    'more than its content'
            0605 01 01 00 00 00,                          'instance 0'
            0605 01 03 02 03 00,                          'enclosing scopes'
            0a06 01 00 01 61 01 00,                       'type 0'
            0a0a 02 00 01 61 03 01 00 01 61 03,           'ends in the middle'
            0a0b 02 00 01 61 03 01 00 01 41 03 01,        'twice'
            0a0a 01 00 05 57 3a 61 2f 62 03 01,           'not a valid extern name'
            0a07 01 00 02 5b 61 03 01,                    'not a valid extern name'
            0d00,                                         'no section with the id 13'
            """)
    void what_is_wrong_is_refused(String sections, String message) {
        assertThatThrownBy(() -> load(sections))
                .isInstanceOfSatisfying(ComponentException.class, e -> {
                    assertThat(e.code()).isIn(Code.INVALID, Code.MALFORMED);
                    assertThat(e.offset()).isBetween(8L, 8L + sections.length());
                })
                .hasMessageContaining(message);
    }

    @Test
    void only_the_component_that_defines_a_resource_may_make_one() {
        // (import "r" (type (sub resource))) (core func (canon resource.new 0))
        assertRefused("0a06 01 00 01 72 03 01  0803 01 02 00", Code.INVALID, "only the component that defines");
        assertThat(load("0a06 01 00 01 72 03 01  0803 01 03 00").steps()).hasSize(2);
        assertThat(load("0704 01 3f 7f 00  0803 01 02 00").steps()).hasSize(2);
    }

    @Test
    void a_type_that_doubles_with_each_definition_is_refused() {
        StringBuilder types = new StringBuilder("79");
        for (int index = 0; index < 40; index++) {
            types.append("6f02%02x%02x".formatted(index, index));
        }

        assertRefused(HandMade.section(7, "29" + types), Code.LIMIT, "parts");
    }

    @Test
    void types_in_types_have_an_end() {
        StringBuilder types = new StringBuilder("79");
        for (int index = 0; index < 120; index++) {
            types.append("70").append(index < 64 ? "%02x".formatted(index) : "%02x00".formatted(index | 0x80));
        }

        assertRefused(HandMade.section(7, "79" + types), Code.LIMIT, "types are nested deeper than 100");
    }

    @Test
    void components_in_components_have_an_end() {
        String nested = "";
        for (int depth = 0; depth < 120; depth++) {
            nested = HandMade.section(4, HandMade.PREAMBLE + nested);
        }

        assertRefused(nested, Code.LIMIT, "nested deeper than 100");
    }

    @Test
    void instances_that_double_with_each_instance_are_refused() {
        // (component) (instance (instantiate 0)) (instance (export "a" (instance n)) (export "b" (instance n))) …
        StringBuilder instances = new StringBuilder();
        for (int index = 0; index < 28; index++) {
            instances.append("0102 000161 05%02x 000162 05%02x".formatted(index, index));
        }
        String bundles = HandMade.section(4, HandMade.PREAMBLE) + HandMade.section(5, "1d 000000" + instances);
        String exports = "01 00 01 61 05 1c 00";

        assertRefused(bundles + HandMade.section(11, exports), Code.LIMIT, "multiply");
    }
}
