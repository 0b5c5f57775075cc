package dev.wattle.spec;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The program `wasm-tools`, which reads the text format for us. It is fetched by `build/wasm-tools.sh`, never
/// from here. Safe for any thread.
final class WasmTools {
    /// Names the executable, before all other ways to find it.
    static final String ENVIRONMENT_VARIABLE = "WATTLE_WASM_TOOLS";

    /// The largest file of the core suite takes a quarter of a second.
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private static final int MESSAGE_CHARACTERS = 300;

    private final Path executable;
    private final String version;

    private WasmTools(Path executable) {
        this.executable = executable;
        this.version = requireSuccess(List.of("--version"));
    }

    /// The environment's, the checkout's own, or the first on the `PATH`.
    static Optional<WasmTools> find(Path home, Map<String, String> environment) {
        var named = Optional.ofNullable(environment.get(ENVIRONMENT_VARIABLE)).filter(name -> !name.isBlank());
        var places = Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "wasm-tools"));
        var own = home.resolve(".wattle").resolve("tools").resolve("wasm-tools");
        return named.map(Path::of)
                .or(() -> Stream.concat(Stream.of(own), places)
                        .filter(Files::isRegularFile)
                        .filter(Files::isExecutable)
                        .findFirst())
                .map(WasmTools::new);
    }

    /// What it says of itself: what it writes may differ from one to the next.
    String version() {
        return version;
    }

    /// Splits a script into `json` and, beside it, its modules.
    ///
    /// @throws SuiteException when it cannot
    void splitScript(Path wast, Path json) {
        String _ = requireSuccess(splitting(wast, json));
    }

    /// Likewise, and reads index spaces as it did before they had to be named.
    ///
    /// @throws SuiteException when it cannot
    void splitOldScript(Path wast, Path json) {
        String _ = requireSuccess(splitting(wast, json), Map.of("WAST_STRICT_COMPONENT_INDICES", "0"));
    }

    private static List<String> splitting(Path wast, Path json) {
        return List.of(
                "json-from-wast",
                wast.toString(),
                "--output",
                json.toString(),
                "--wasm-dir",
                String.valueOf(json.getParent()));
    }

    /// Does it refuse this text of a module?
    boolean refuses(Path wat) {
        return run(
                                List.of(
                                        "parse",
                                        wat.toString(),
                                        "--output",
                                        File.separator.equals("/") ? "/dev/null" : "NUL"),
                                Map.of())
                        .exitCode()
                != 0;
    }

    private String requireSuccess(List<String> arguments) {
        return requireSuccess(arguments, Map.of());
    }

    private String requireSuccess(List<String> arguments, Map<String, String> environment) {
        var result = run(arguments, environment);
        if (result.exitCode() != 0) {
            throw new SuiteException("%s %s failed with %d: %s"
                    .formatted(executable, String.join(" ", arguments), result.exitCode(), result.message()));
        }
        return result.message();
    }

    private record Result(int exitCode, String message) {}

    private Result run(List<String> arguments, Map<String, String> environment) {
        var command = new ArrayList<String>(List.of(executable.toString()));
        command.addAll(arguments);
        try {
            Path output = Files.createTempFile("wasm-tools", ".txt");
            try {
                return run(command, environment, output);
            } finally {
                Files.delete(output);
            }
        } catch (IOException failure) {
            throw new SuiteException("cannot run %s: %s".formatted(executable, failure.getMessage()), failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new SuiteException("interrupted while running " + executable, stopped);
        }
    }

    private static Result run(List<String> command, Map<String, String> environment, Path output)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(TIMEOUT.toNanos(), TimeUnit.NANOSECONDS)) {
            process.destroyForcibly();
            throw new IOException("it took longer than " + TIMEOUT.toSeconds() + " s");
        }
        byte[] bytes = Files.readAllBytes(output);
        var text = new String(Arrays.copyOf(bytes, Math.min(bytes.length, MESSAGE_CHARACTERS)), StandardCharsets.UTF_8);
        return new Result(process.exitValue(), text.strip());
    }
}
