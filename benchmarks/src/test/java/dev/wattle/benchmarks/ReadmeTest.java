package dev.wattle.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReadmeTest {
    private static final String TEXT = "before\n" + Readme.BEGIN + "\nold\n" + Readme.END + "\nafter\n";

    @Test
    void only_what_is_between_the_markers_changes() {
        String changed = Readme.withSections(
                TEXT, Map.of(Catalog.GATEWAY, "### gateway\nsecond\n", Catalog.SANDBOX, "### sandbox\nfirst\n"));
        assertThat(changed)
                .startsWith("before\n" + Readme.BEGIN + "\n")
                .endsWith("\n" + Readme.END + "\nafter\n")
                .contains("### sandbox\nfirst\n\n### gateway\nsecond")
                .doesNotContain("old");
    }

    @Test
    void what_was_not_measured_this_time_stays() {
        String both = Readme.withSections(
                TEXT, Map.of(Catalog.GATEWAY, "### gateway\nsecond\n", Catalog.ENGINE, "### engine\nfirst\n"));
        String changed = Readme.withSections(both, Map.of(Catalog.ENGINE, "### engine\nnew\n"));
        assertThat(changed).contains("### engine\nnew\n\n### gateway\nsecond\n" + Readme.END);
    }

    @Test
    void writing_the_same_again_changes_nothing() {
        var sections = Map.of(Catalog.FAIRNESS, "### engine-fairness\nfirst");
        String once = Readme.withSections(TEXT, sections);
        assertThat(Readme.withSections(once, sections)).isEqualTo(once);
        assertThat(Readme.withSections(once, Map.of())).isEqualTo(once);
    }

    @Test
    void a_readme_without_markers_is_left_alone() {
        assertThatThrownBy(() -> Readme.withSections("nothing here", Map.of())).hasMessageContaining(Readme.BEGIN);
    }

    @Test
    void a_missing_result_is_named(@TempDir Path folder) throws IOException {
        Path readme = Files.writeString(folder.resolve("README.md"), TEXT);
        assertThatThrownBy(() -> Readme.update(readme, folder, List.of(Catalog.ENGINE)))
                .hasMessageContaining("engine");
        assertThat(readme).hasContent(TEXT);
    }
}
