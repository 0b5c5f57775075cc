package dev.wattle.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WastTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                          | 1",
                "(module)                                    | 1",
                "(module) (assert_return (invoke \"f\"))     | 2",
                "(module \"(((\") (module \"\\\")(\")        | 2",
                "(; (module) (; (module) ;) ;) (module)      | 1",
                "(module)) (module)                          | 2",
                "(module) \"unclosed (module)                | 1"
            })
    void top_level_expressions_are_counted(String text, int commands) {
        assertThat(WastText.countCommands(text)).isEqualTo(commands);
    }

    @org.junit.jupiter.api.Test
    void a_comment_ends_with_its_line() {
        assertThat(WastText.countCommands(";; (module)\n(module) ;; (module)\n(module)"))
                .isEqualTo(2);
    }

    @org.junit.jupiter.api.Test
    void the_lines_of_components_are_told_from_those_of_modules() {
        String text = "(component\n  (core module))\n(assert_invalid\n (module\n \"(component)\"))\n(invoke \"f\")\n"
                + "(assert_invalid ;; (module)\n (component))";
        assertThat(WastText.componentLines(text)).containsExactlyInAnyOrder(1, 2, 7, 8);
    }
}
