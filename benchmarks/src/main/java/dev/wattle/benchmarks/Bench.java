package dev.wattle.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// `wattle test --bench [NAME…] [--readme]`: runs benchmarks one after the other, each in a JVM of
/// its own with the flags of a host, and ends with `N passed, N failed, N skipped`; what is skipped is a part
/// of a benchmark that cannot be measured here.
///
/// Tables go to stdout and, one file each, into the folder of `wattle.ring.results`; everything else to stderr.
/// `--readme` puts the tables into the README, too.
public final class Bench {
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    /// How a result tells what could not be measured.
    static final String SKIPPED = "Skipped: ";

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        var chosen = new ArrayList<Catalog>();
        boolean readme = false;
        for (String argument : arguments) {
            if (argument.equals("--readme")) {
                readme = true;
                continue;
            }
            var found = Catalog.find(argument);
            if (found.isEmpty()) {
                System.err.println("wattle: no benchmark is called " + argument + "; there are " + words());
                System.exit(USAGE);
            }
            chosen.add(found.get());
        }
        System.exit(run(chosen.isEmpty() ? List.of(Catalog.values()) : chosen, readme));
    }

    private static int run(List<Catalog> chosen, boolean readme) throws IOException, InterruptedException {
        Path home = Path.of(Objects.requireNonNull(System.getProperty("wattle.home"), "wattle.home"));
        Path results = Path.of(System.getProperty(
                "wattle.ring.results",
                home.resolve("benchmarks/target/ring-results").toString()));
        Files.createDirectories(results);
        int passed = 0;
        long skipped = 0;
        for (Catalog one : chosen) {
            if (run(one, home, results)) {
                passed++;
                skipped += skipped(results.resolve(Readme.fileName(one)));
            }
        }
        int failed = chosen.size() - passed;
        if (readme && failed == 0) {
            Readme.update(home.resolve("README.md"), results, chosen);
        }
        System.out.println("%d passed, %d failed, %d skipped".formatted(passed, failed, skipped));
        return failed == 0 ? 0 : FAILED;
    }

    private static long skipped(Path result) throws IOException {
        try (Stream<String> lines = Files.lines(result)) {
            return lines.filter(line -> line.startsWith(SKIPPED)).count();
        }
    }

    private static boolean run(Catalog one, Path home, Path results) throws IOException, InterruptedException {
        Path result = results.resolve(Readme.fileName(one));
        Files.deleteIfExists(result);
        System.err.println("wattle: benchmark " + one.word());
        Process worker = Java.command(home, Worker.class, one.word(), result.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            if (worker.waitFor() != 0 || !Files.exists(result)) {
                System.err.println("wattle: benchmark " + one.word() + " failed");
                return false;
            }
        } finally {
            worker.destroy();
        }
        System.out.println(Files.readString(result));
        return true;
    }

    private static String words() {
        return String.join(
                ", ", List.of(Catalog.values()).stream().map(Catalog::word).toList());
    }
}
