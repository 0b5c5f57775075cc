package dev.wattle.spec;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;

/// Where the tests find the suites and `wasm-tools`. What is missing skips a test, which the ring's report tells.
final class Suites {
    static final Path HOME =
            Path.of(System.getProperty("wattle.home", "..")).toAbsolutePath().normalize();

    private Suites() {}

    static WasmTools requireWasmTools() {
        return WasmTools.find(HOME, System.getenv())
                .orElseGet(() -> abort(
                        "there is no wasm-tools: put it on the PATH, or name it in " + WasmTools.ENVIRONMENT_VARIABLE));
    }

    /// The folder of a suite, beside the checkout.
    static Path require(String name) {
        Path folder = HOME.resolveSibling("shared").resolve("spec").resolve(name);
        return Files.isDirectory(folder) ? folder : abort("there is no suite in " + folder);
    }
}
