import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/// Ends a ring of tests: counts what passed, names what failed (on stderr), records the rings that are
/// recorded, and prints `N passed, N failed, N skipped` as the last line on stdout. Its exit code is 1 when
/// something failed.
///
/// Usage: `java TestReport.java HOME surefire|bench|fuzz|interop RING SEED STATUS`, where RING may have a part's name after a
/// space and is then recorded by itself, STATUS is the exit code of what ran the ring, and what is not surefire ended
/// `.wattle/NAME.out` with its counts.
public final class TestReport {
    /// Rings whose last result stands in `benchmarks/RESULTS.md`: those that CI does not run.
    private static final Set<String> RECORDED = Set.of("drill", "bench", "fuzz", "spec", "interop", "soak");

    private static final Set<String> SKIPPED_FOLDERS = Set.of(".git", ".wattle", "node_modules", "src", "components");
    private static final Pattern LAST_LINE = Pattern.compile("(\\d+) passed, (\\d+) failed, (\\d+) skipped");

    record Counts(int passed, int failed, int skipped) {
        Counts plus(Counts other) {
            return new Counts(passed + other.passed, failed + other.failed, skipped + other.skipped);
        }

        @Override
        public String toString() {
            return "%d passed, %d failed, %d skipped".formatted(passed, failed, skipped);
        }
    }

    private TestReport() {}

    public static void main(String[] arguments) throws Exception {
        var home = Path.of(arguments[0]);
        var source = arguments[1];
        var ring = arguments[2];
        var seed = arguments[3];
        var status = Integer.parseInt(arguments[4]);

        var counts = source.equals("surefire")
                ? surefireCounts(home)
                : lastCounts(home.resolve(".wattle").resolve(source + ".out"));
        if (status != 0 && counts.failed() == 0) {
            System.err.println("wattle: what ran the tests ended with code " + status);
            counts = counts.plus(new Counts(0, 1, 0));
        }
        if (counts.equals(new Counts(0, 0, 0))) {
            System.err.println("wattle: no test ran, which counts as a failure");
            counts = new Counts(0, 1, 0);
        }
        if (RECORDED.contains(ring.split(" ")[0])) {
            record(home, ring, seed, counts);
        }
        if (counts.failed() > 0) {
            System.err.println("wattle: repeat with WATTLE_SEED=" + seed);
        }
        System.out.println(counts);
        System.exit(counts.failed() == 0 ? 0 : 1);
    }

    private static Counts lastCounts(Path output) throws IOException {
        var lines = Files.exists(output) ? Files.readAllLines(output) : List.<String>of();
        var last = lines.isEmpty() ? "" : lines.getLast();
        var matcher = LAST_LINE.matcher(last);
        if (!matcher.matches()) {
            System.err.println("wattle: " + output.getFileName() + " does not end with the counts");
            return new Counts(0, 1, 0);
        }
        return new Counts(number(matcher, 1), number(matcher, 2), number(matcher, 3));
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    private static Counts surefireCounts(Path home) throws Exception {
        var counts = new Counts(0, 0, 0);
        for (var file : below(home, Pattern.compile(".*/surefire-reports/TEST-.*\\.xml"))) {
            counts = counts.plus(suiteCounts(file));
        }
        return counts;
    }

    private static Counts suiteCounts(Path file) throws Exception {
        var suite = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(file.toFile());
        var cases = suite.getElementsByTagName("testcase");
        var counts = new Counts(0, 0, 0);
        for (int i = 0; i < cases.getLength(); i++) {
            counts = counts.plus(caseCounts((Element) cases.item(i)));
        }
        return counts;
    }

    private static Counts caseCounts(Element test) {
        for (var kind : List.of("failure", "error")) {
            var found = test.getElementsByTagName(kind);
            if (found.getLength() > 0) {
                System.err.println("FAILED " + test.getAttribute("classname") + " " + test.getAttribute("name"));
                ((Element) found.item(0)).getTextContent().strip().lines().limit(12).forEach(line ->
                        System.err.println("    " + line));
                return new Counts(0, 1, 0);
            }
        }
        var skipped = test.getElementsByTagName("skipped");
        if (skipped.getLength() > 0) {
            var why = skipped.item(0).getTextContent().strip().lines().findFirst();
            System.err.println("SKIPPED " + test.getAttribute("classname") + " " + test.getAttribute("name"));
            why.ifPresent(line -> System.err.println("    " + line));
            return new Counts(0, 0, 1);
        }
        return new Counts(1, 0, 0);
    }

    /// Replaces the section of `ring` in `benchmarks/RESULTS.md`, and those of its parts when it is a whole one; the
    /// other sections stay as they are.
    private static void record(Path home, String ring, String seed, Counts counts) throws IOException {
        var section = new ArrayList<String>();
        section.add("## " + ring);
        section.add("");
        section.add("%s, commit %s, seed %s: %s"
                .formatted(LocalDate.now(ZoneOffset.UTC), commit(home), seed, counts));
        for (var file : below(home, Pattern.compile(".*/target/ring-results/.*\\.md"))) {
            section.add("");
            section.addAll(Files.readString(file).strip().lines().toList());
        }
        section.add("");

        var results = home.resolve("benchmarks/RESULTS.md");
        var lines = Files.exists(results)
                ? Files.readAllLines(results)
                : List.of("# Results", "", "The last result of each longer ring, written by `./wattle test --RING`.", "");
        Files.write(results, withSection(withoutParts(lines, section.getFirst() + " "), section));
    }

    private static List<String> withoutParts(List<String> lines, String start) {
        var kept = new ArrayList<String>();
        var dropping = false;
        for (var line : lines) {
            dropping = line.startsWith("## ") ? line.startsWith(start) : dropping;
            if (!dropping) {
                kept.add(line);
            }
        }
        return kept;
    }

    private static List<String> withSection(List<String> lines, List<String> section) {
        var start = lines.indexOf(section.getFirst());
        var result = new ArrayList<String>();
        if (start < 0) {
            result.addAll(lines);
            result.addAll(section);
            return result;
        }
        var end = start + 1;
        while (end < lines.size() && !lines.get(end).startsWith("## ")) {
            end++;
        }
        result.addAll(lines.subList(0, start));
        result.addAll(section);
        result.addAll(lines.subList(end, lines.size()));
        return result;
    }

    private static String commit(Path home) throws IOException {
        var commit = git(home, "rev-parse", "--short=12", "HEAD");
        return commit.isEmpty() ? "unknown" : commit + (git(home, "status", "--porcelain", "--", ".", ":!benchmarks/RESULTS.md").isEmpty() ? "" : " with changes");
    }

    private static String git(Path home, String... arguments) throws IOException {
        var command = new ArrayList<String>(List.of("git", "-C", home.toString()));
        Collections.addAll(command, arguments);
        try {
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new String(process.getInputStream().readAllBytes()).strip();
        } catch (IOException noGit) {
            return "";
        }
    }

    /// The files below `home` whose path matches, in the order of their paths.
    private static List<Path> below(Path home, Pattern wanted) {
        var found = new ArrayList<Path>();
        try {
            Files.walkFileTree(home, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return SKIPPED_FOLDERS.contains(folder.getFileName().toString()) && !folder.equals(home)
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (wanted.matcher(file.toString()).matches()) {
                        found.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException failure) {
            throw new UncheckedIOException("while looking for results below " + home, failure);
        }
        Collections.sort(found);
        return found;
    }
}
