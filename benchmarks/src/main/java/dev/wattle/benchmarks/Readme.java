package dev.wattle.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Puts the last results between the markers of the README, and touches nothing else.
final class Readme {
    static final String BEGIN = "<!-- benchmark:begin -->";
    static final String END = "<!-- benchmark:end -->";

    private Readme() {}

    static String fileName(Catalog one) {
        return one.word() + ".md";
    }

    /// Writes the results of all benchmarks into the README.
    ///
    /// @throws IllegalStateException when a result is missing, or the markers are
    static void update(Path readme, Path results) throws IOException {
        var sections = new ArrayList<String>();
        for (Catalog one : Catalog.values()) {
            Path file = results.resolve(fileName(one));
            if (!Files.exists(file)) {
                throw new IllegalStateException("no result of " + one.word() + ": run all benchmarks first");
            }
            sections.add(Files.readString(file));
        }
        Files.writeString(readme, withSections(Files.readString(readme), sections));
        System.err.println("wattle: wrote the results into " + readme.getFileName());
    }

    static String withSections(String text, List<String> sections) {
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException("the README has no " + BEGIN + " … " + END);
        }
        var middle = new StringBuilder("""

                ## What it costs
                `./wattle test --bench --readme` measured this; [benchmarks/README.md](benchmarks/README.md) says what each row means.
                Trust the ratios: each is taken within a round, beside an anchor that ran just before or after.

                """);
        sections.forEach(section -> middle.append(section.strip()).append("\n\n"));
        return text.substring(0, begin + BEGIN.length()) + middle.toString().stripTrailing() + "\n"
                + text.substring(end);
    }
}
