package dev.wattle.fuzz;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The program `wasm-tools`, as a second opinion on what is a valid module, and as a source of modules. It is
/// fetched by `build/wasm-tools.sh`, never from here. Safe for any thread.
final class WasmTools {
    /// What our engine runs; what it only names in its refusals is left out.
    private static final String FEATURES = "-all,floats,gc-types,mutable-global,saturating-float-to-int,"
            + "sign-extension,multi-value,bulk-memory,reference-types,extended-const,multi-memory,tail-call,"
            + "exceptions,function-references,simd,relaxed-simd";

    /// How it says that a type comes from a proposal which is not among the features. In its eyes the empty types
    /// `nofunc` and `noextern` do; we have them, because typed references are not complete without.
    private static final String TYPE_OF_GC = "heap types not supported without the gc feature";

    /// What the Component Model adds, as far as both sides have it.
    private static final String COMPONENT_FEATURES = FEATURES + ",component-model,cm-async,cm-async-stackful,"
            + "cm-more-async-builtins,cm-threading,cm-error-context,cm-fixed-length-lists,cm-map,cm-implements";

    private static final Pattern FAILED = Pattern.compile("failed directive on .*:(\\d+):\\d+");
    private static final int TIMEOUT_SECONDS = 120;

    private final Path executable;

    private WasmTools(Path executable) {
        this.executable = executable;
    }

    /// The environment's, the checkout's own, or the first on the `PATH`.
    static Optional<WasmTools> find() {
        Map<String, String> environment = System.getenv();
        var home = Path.of(System.getProperty("wattle.home", ".."));
        var places = Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "wasm-tools"));
        var known = Stream.of(home.resolve(".wattle").resolve("tools").resolve("wasm-tools"));
        var named = Stream.ofNullable(environment.get("WATTLE_WASM_TOOLS"))
                .filter(name -> !name.isBlank())
                .map(Path::of);
        return Stream.of(named, known, places)
                .flatMap(candidates -> candidates)
                .filter(Files::isRegularFile)
                .filter(Files::isExecutable)
                .findFirst()
                .map(WasmTools::new);
    }

    /// The modules that it refuses, by their place in the list, and why. One process for all of them: they go
    /// into one script, a line each.
    SortedMap<Integer, String> refused(List<byte[]> modules) {
        return refused("module", modules, FEATURES);
    }

    /// Likewise of components.
    SortedMap<Integer, String> refusedComponents(List<byte[]> components) {
        return refused("component", components, COMPONENT_FEATURES);
    }

    private SortedMap<Integer, String> refused(String kind, List<byte[]> modules, String features) {
        var script = new StringBuilder();
        for (byte[] module : modules) {
            script.append('(')
                    .append(kind)
                    .append(" binary \"")
                    .append(HexFormat.of().withPrefix("\\").formatHex(module))
                    .append("\")\n");
        }
        try {
            Path file = Files.createTempFile("wattle-fuzz-", ".wast");
            try {
                Files.writeString(file, script);
                return failures(run(List.of(
                        "wast",
                        "--ignore-error-messages",
                        "--assert=permissive",
                        "--features=" + features,
                        file.toString())));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a script cannot be written", e);
        }
    }

    private static SortedMap<Integer, String> failures(Result result) {
        var failures = new TreeMap<Integer, String>();
        var reason = new ArrayList<String>();
        int current = -1;
        for (String line : result.output().lines().toList()) {
            var failed = FAILED.matcher(line);
            if (failed.find()) {
                current = Integer.parseInt(failed.group(1)) - 1;
                reason.clear();
            } else if (current >= 0 && !line.isBlank()) {
                reason.add(line.strip());
                failures.put(current, reason.getLast());
            }
        }
        if (failures.isEmpty() != (result.exitCode() == 0)) {
            throw new IllegalStateException("wasm-tools ended with " + result.exitCode() + ": " + result.output());
        }
        return failures;
    }

    /// What `wasm-tools validate` itself says of one module: nothing when it is valid.
    Optional<String> refused(byte[] module) {
        try {
            Path file = Files.createTempFile("wattle-fuzz-", ".wasm");
            try {
                Files.write(file, module);
                Result result = validate(file, FEATURES);
                if (result.output().contains(TYPE_OF_GC)) {
                    result = validate(file, FEATURES + ",gc");
                }
                return result.exitCode() == 0 ? Optional.empty() : Optional.of(result.output());
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a module cannot be written", e);
        }
    }

    /// What `wasm-tools validate` itself says of one component: nothing when it is valid.
    Optional<String> refusedComponent(byte[] component) {
        try {
            Path file = Files.createTempFile("wattle-fuzz-", ".wasm");
            try {
                Files.write(file, component);
                Result result = validate(file, COMPONENT_FEATURES);
                return result.exitCode() == 0 ? Optional.empty() : Optional.of(result.output());
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a component cannot be written", e);
        }
    }

    /// Splits a script into binaries in a folder; false when it is written in a dialect that is not read.
    boolean split(Path script, Path folder) throws IOException {
        return run(List.of(
                                "json-from-wast",
                                script.toString(),
                                "--output",
                                folder.resolve("script.json").toString(),
                                "--wasm-dir",
                                folder.toString()))
                        .exitCode()
                == 0;
    }

    private Result validate(Path file, String features) throws IOException {
        return run(List.of("validate", "--features=" + features, file.toString()));
    }

    /// A module that `wasm-tools smith` makes of these bytes; nothing where they do not suffice.
    Optional<byte[]> smith(byte[] bytes, List<String> options) {
        try {
            Path input = Files.createTempFile("wattle-fuzz-", ".seed");
            Path output = Files.createTempFile("wattle-fuzz-", ".wasm");
            try {
                Files.write(input, bytes);
                var arguments = new ArrayList<>(List.of("smith", input.toString(), "--output", output.toString()));
                arguments.addAll(options);
                return run(arguments).exitCode() == 0 ? Optional.of(Files.readAllBytes(output)) : Optional.empty();
            } finally {
                Files.delete(input);
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the files of a module cannot be written", e);
        }
    }

    private record Result(int exitCode, String output) {}

    private Result run(List<String> arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(executable.toString());
        command.addAll(arguments);
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("wasm-tools did not end");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while wasm-tools ran", e);
        }
        return new Result(process.exitValue(), output);
    }
}
