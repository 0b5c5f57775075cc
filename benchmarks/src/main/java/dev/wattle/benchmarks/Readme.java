package dev.wattle.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Puts the last results between the markers of the README, each under its heading, and touches nothing else: what
/// was not measured this time stays.
final class Readme {
    static final String BEGIN = "<!-- benchmark:begin -->";
    static final String END = "<!-- benchmark:end -->";

    private static final String HEADING = "### ";

    private Readme() {}

    static String fileName(Catalog one) {
        return one.word() + ".md";
    }

    /// Writes the results of these benchmarks into the README.
    ///
    /// @throws IllegalStateException when a result is missing, or the markers are
    static void update(Path readme, Path results, List<Catalog> measured) throws IOException {
        var sections = new EnumMap<Catalog, String>(Catalog.class);
        for (Catalog one : measured) {
            Path file = results.resolve(fileName(one));
            if (!Files.exists(file)) {
                throw new IllegalStateException("no result of " + one.word() + ": run it first");
            }
            sections.put(one, Files.readString(file));
        }
        Files.writeString(readme, withSections(Files.readString(readme), sections));
        System.err.println("wattle: wrote the results into " + readme.getFileName());
    }

    /// @param measured texts that begin with the heading of their benchmark
    static String withSections(String text, Map<Catalog, String> measured) {
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException("the README has no " + BEGIN + " … " + END);
        }
        String old = text.substring(begin + BEGIN.length(), end);
        var middle = new StringBuilder("""

                ## What it costs
                `./wattle test --bench --readme` measured this; [benchmarks/README.md](benchmarks/README.md) says what each row means.
                Trust the ratios: each is taken within a round, beside an anchor that ran just before or after.

                """);
        for (Catalog one : Catalog.values()) {
            String section = measured.getOrDefault(one, section(old, one));
            if (!section.isBlank()) {
                middle.append(section.strip()).append("\n\n");
            }
        }
        return text.substring(0, begin + BEGIN.length()) + middle.toString().stripTrailing() + "\n"
                + text.substring(end);
    }

    /// What stands under the heading of a benchmark, with the heading; nothing when it is not there.
    private static String section(String text, Catalog one) {
        int begin = text.indexOf("\n" + HEADING + one.word() + "\n");
        if (begin < 0) {
            return "";
        }
        int next = text.indexOf("\n" + HEADING, begin + 1);
        return text.substring(begin, next < 0 ? text.length() : next);
    }
}
