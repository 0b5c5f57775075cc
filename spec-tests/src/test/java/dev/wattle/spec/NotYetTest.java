package dev.wattle.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NotYetTest {
    private static final NotYet LIST = NotYet.parse("""
            # what is out of scope
            memory64: wide.wast
            gc: objects.wast  # structs
            gc: both.wast
            memory64: both.wast
            """);

    private static final Outcome UNSUPPORTED = new Outcome.Unsupported(3, "Memory64 is not supported");
    private static final Outcome PASSED = new Outcome.Passed(1);

    private static Tally judged(String file, Outcome... outcomes) {
        return Tally.of(LIST.judge(file, List.of(outcomes)));
    }

    @Test
    void what_a_listed_file_lacks_is_skipped() {
        assertThat(judged("wide.wast", PASSED, UNSUPPORTED)).isEqualTo(new Tally(1, 0, 1));
        assertThat(judged("both.wast", PASSED, UNSUPPORTED)).isEqualTo(new Tally(1, 0, 1));
    }

    @Test
    void nothing_is_skipped_in_other_files() {
        assertThat(judged("plain.wast", PASSED, UNSUPPORTED)).isEqualTo(new Tally(1, 1, 0));
    }

    @Test
    void only_the_listed_feature_excuses() {
        assertThat(judged("objects.wast", PASSED, UNSUPPORTED)).isEqualTo(new Tally(1, 2, 0));
    }

    @Test
    void a_failure_in_a_listed_file_stays_one() {
        assertThat(judged("wide.wast", UNSUPPORTED, new Outcome.Failed(2, "wrong")))
                .isEqualTo(new Tally(0, 1, 1));
    }

    @Test
    void a_listed_file_that_passes_has_to_leave_the_list() {
        assertThat(judged("wide.wast", PASSED, PASSED)).isEqualTo(new Tally(2, 1, 0));
    }

    @Test
    void a_line_that_says_nothing_is_refused() {
        assertThatThrownBy(() -> NotYet.parse("gc objects.wast"))
                .isInstanceOf(SuiteException.class)
                .hasMessageContaining("gc objects.wast");
        assertThatThrownBy(() -> NotYet.parse(": objects.wast")).isInstanceOf(SuiteException.class);
    }
}
