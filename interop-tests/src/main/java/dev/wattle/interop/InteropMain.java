package dev.wattle.interop;

import dev.wattle.host.engine.Engines;
import dev.wattle.testkit.Gen;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The ring `wattle test --interop [GUEST…]`: builds the guests of the test world, has them called by us and by
/// wasmtime, and compares. What differs goes to stderr as it comes; the last line on stdout is `N passed, N
/// failed, N skipped`, where each guest counts as one, and one that could not be built as skipped; the exit
/// code is 1 when something differed.
public final class InteropMain {
    private static final List<String> COMMITTED = List.of("everything-rust", "everything-c");
    private static final List<String> LARGE = List.of(
            "everything-spidermonkey", "everything-quickjs", "everything-go", "everything-python", "everything-java");
    private static final long BUILD_MINUTES = 30;

    private final Path home = Path.of(System.getProperty("wattle.home", "."));
    private final PrintStream progress = System.err;

    private InteropMain() {}

    public static void main(String[] arguments) throws Exception {
        System.exit(new InteropMain().run(List.of(arguments)));
    }

    private int run(List<String> wanted) throws Exception {
        long seed = Gen.seed();
        var results = new ArrayList<GuestResult>();
        var missing = new ArrayList<String>();
        boolean peer = build("wasmtime");
        for (String name : wanted.isEmpty() ? all() : wanted) {
            Guest guest = COMMITTED.contains(name) ? Guest.committed(home, name) : Guest.large(home, name);
            if (!peer || (LARGE.contains(name) && !build(name)) || !Files.exists(guest.file())) {
                missing.add(name);
                continue;
            }
            progress.println(name);
            GuestResult result = new GuestRun(home, guest, seed).run(Engines.create());
            result.differences().forEach(difference -> progress.println(name + ": " + difference));
            progress.println(result.row());
            results.add(result);
        }
        record(GuestResult.table(results, missing));
        long failed = results.stream()
                .filter(result -> !result.differences().isEmpty())
                .count();
        progress.println("seed " + seed);
        System.out.printf("%d passed, %d failed, %d skipped%n", results.size() - failed, failed, missing.size());
        return failed == 0 ? 0 : 1;
    }

    private static List<String> all() {
        var all = new ArrayList<>(COMMITTED);
        all.addAll(LARGE);
        return all;
    }

    private void record(String table) throws IOException {
        progress.print(table);
        String folder = System.getProperty("wattle.ring.results");
        if (folder != null) {
            Files.createDirectories(Path.of(folder));
            Files.writeString(Path.of(folder, "interop.md"), table);
        }
    }

    /// False where it cannot be had; the script said why.
    private boolean build(String part) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        home.resolve("components/build-large").toString(), part)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            return process.waitFor(BUILD_MINUTES, TimeUnit.MINUTES) && process.exitValue() == 0;
        } finally {
            process.destroy();
        }
    }
}
