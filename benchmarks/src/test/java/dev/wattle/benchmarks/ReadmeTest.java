package dev.wattle.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReadmeTest {
    private static final String TEXT = "before\n" + Readme.BEGIN + "\nold\n" + Readme.END + "\nafter\n";

    @Test
    void only_what_is_between_the_markers_changes() {
        String changed = Readme.withSections(TEXT, List.of("first\n", "second\n"));
        assertThat(changed)
                .startsWith("before\n" + Readme.BEGIN + "\n")
                .endsWith("\n" + Readme.END + "\nafter\n")
                .contains("first\n\nsecond")
                .doesNotContain("old");
    }

    @Test
    void writing_the_same_again_changes_nothing() {
        String once = Readme.withSections(TEXT, List.of("first"));
        assertThat(Readme.withSections(once, List.of("first"))).isEqualTo(once);
    }

    @Test
    void a_readme_without_markers_is_left_alone() {
        assertThatThrownBy(() -> Readme.withSections("nothing here", List.of())).hasMessageContaining(Readme.BEGIN);
    }

    @Test
    void a_missing_result_is_named(@TempDir Path folder) throws IOException {
        Path readme = Files.writeString(folder.resolve("README.md"), TEXT);
        assertThatThrownBy(() -> Readme.update(readme, folder)).hasMessageContaining("engine");
        assertThat(readme).hasContent(TEXT);
    }
}
