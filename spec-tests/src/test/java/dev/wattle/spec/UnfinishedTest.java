package dev.wattle.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UnfinishedTest {
    private static final String CONTENT = "(component)";
    private static final Outcome PASSED = new Outcome.Passed(1);

    @TempDir
    private Path folder;

    private Path listed;
    private Path other;

    @BeforeEach
    void write_two_files() throws IOException {
        listed = Files.writeString(folder.resolve("a.wast"), CONTENT);
        other = Files.writeString(folder.resolve("b.wast"), CONTENT + "(component)");
    }

    private static List<Outcome> judged(Path file, Outcome... outcomes) {
        String digest = Unfinished.digest(CONTENT.getBytes(StandardCharsets.UTF_8));
        return Unfinished.parse("# comment\n\nasync/a.wast %s: 4 5 # blocks".formatted(digest))
                .judge(file, List.of(outcomes));
    }

    @Test
    void a_listed_command_that_fails_is_skipped() {
        assertThat(judged(listed, PASSED, new Outcome.Failed(4, "blocks"), new Outcome.Unsupported(5, "async")))
                .containsExactly(PASSED, new Outcome.Skipped(4, "blocks"), new Outcome.Skipped(5, "async"));
    }

    @Test
    void a_listed_command_that_passes_has_to_leave_the_list() {
        assertThat(Tally.of(judged(listed, PASSED, new Outcome.Passed(4)))).isEqualTo(new Tally(1, 1, 0));
    }

    @Test
    void nothing_else_is_excused() {
        assertThat(Tally.of(judged(listed, new Outcome.Failed(1, "wrong")))).isEqualTo(new Tally(0, 1, 0));
        assertThat(judged(listed, new Outcome.Unsupported(1, "map")))
                .containsExactly(new Outcome.Failed(1, "unsupported: map"));
    }

    @Test
    void another_file_of_that_name_is_not_the_one() {
        assertThat(Tally.of(judged(other, new Outcome.Failed(4, "blocks")))).isEqualTo(new Tally(0, 1, 0));
    }

    @Test
    void a_line_that_says_nothing_is_refused() {
        for (String line : List.of("a.wast", "a.wast 12", "a.wast 12:", "a.wast 12: all", "a 1: 2\nb 1: 3")) {
            assertThatThrownBy(() -> Unfinished.parse(line)).isInstanceOf(SuiteException.class);
        }
    }
}
