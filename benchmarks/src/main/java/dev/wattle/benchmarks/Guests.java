package dev.wattle.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// What `benchmarks/guests/build` provides: large guests and peers, built on demand into `.wattle/guests`. One
/// thread.
final class Guests {
    /// Downloads and builds, the first time.
    private static final long BUILD_MINUTES = 10;

    private final Path home;
    private final Consumer<String> skipped;
    private final Map<String, Boolean> asked = new TreeMap<>();

    /// @param skipped takes what could not be had, once
    Guests(Path home, Consumer<String> skipped) {
        this.home = home;
        this.skipped = skipped;
    }

    /// Builds a part unless it is there; false where that fails.
    boolean has(String part) throws IOException, InterruptedException {
        Boolean known = asked.get(part);
        if (known != null) {
            return known;
        }
        boolean built = build(part);
        asked.put(part, built);
        if (!built) {
            skipped.accept(part + " could not be had; `benchmarks/guests/build " + part + "` tells why");
        }
        return built;
    }

    private boolean build(String part) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        home.resolve("benchmarks/guests/build").toString(), part)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            return process.waitFor(BUILD_MINUTES, TimeUnit.MINUTES) && process.exitValue() == 0;
        } finally {
            process.destroy();
        }
    }

    Path component(String name) {
        return file(name + ".wasm");
    }

    Path file(String name) {
        return home.resolve(".wattle/guests").resolve(name);
    }
}
