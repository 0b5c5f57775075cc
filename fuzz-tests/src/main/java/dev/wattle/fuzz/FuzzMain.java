package dev.wattle.fuzz;

import dev.wattle.testkit.Gen;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/// The long ring: `FuzzMain [--minutes N | --case N | --batch N | --layers N | --components N]`. Findings go to stderr
/// as they come; the last
/// line on stdout is `N passed, N failed, N skipped`, where each fuzzer counts as one; the exit code is 1 when
/// something was found, 2 for wrong usage.
public final class FuzzMain {
    private static final int DEFAULT_MINUTES = 60;

    private FuzzMain() {}

    public static void main(String[] arguments) throws Exception {
        String option = arguments.length == 0 ? "--minutes" : arguments[0];
        long number;
        try {
            number = arguments.length < 2 ? DEFAULT_MINUTES : Long.parseLong(arguments[1]);
        } catch (NumberFormatException e) {
            number = -1;
        }
        if (arguments.length == 1 || arguments.length > 2 || number < 0) {
            System.err.println("usage: [--minutes N | --case N | --batch N | --layers N | --components N]");
            System.exit(2);
        }
        long seed = Gen.seed();
        PrintStream progress = System.err;
        var tools = WasmTools.find();
        if (tools.isEmpty()) {
            progress.println("WASM-TOOLS IS NOT HERE: what our decoder accepts is compared with nothing");
        }
        var fuzzing = new Fuzzing(seed, tools, progress);
        switch (option) {
            case "--minutes" -> end(seed, tools, both(fuzzing, Duration.ofMinutes(number)));
            case "--case" -> end(seed, tools, List.of(fuzzing.differentialCase(number)));
            case "--layers" -> end(seed, tools, List.of(fuzzing.layersOfType(number)));
            case "--components" -> end(seed, tools, List.of(fuzzing.componentBatch(number)));
            case "--batch" -> end(seed, tools, List.of(fuzzing.mutationBatch(number)));
            default -> {
                progress.println("unknown: " + option);
                System.exit(2);
            }
        }
    }

    /// The engines on all processors, and beside them the decoder and the layers of the canonical ABI.
    private static List<Fuzzing.Result> both(Fuzzing fuzzing, Duration time)
            throws InterruptedException, ExecutionException {
        int processors = Runtime.getRuntime().availableProcessors();
        try (var executor = Executors.newFixedThreadPool(
                4, Thread.ofPlatform().name("fuzzing-", 0).factory())) {
            List<Callable<Fuzzing.Result>> work = List.of(
                    () -> fuzzing.differential(time, processors),
                    () -> fuzzing.mutations(time),
                    () -> fuzzing.components(time),
                    () -> fuzzing.layers(time, processors));
            var results = new ArrayList<Fuzzing.Result>();
            for (var result : executor.invokeAll(work)) {
                results.add(result.get());
            }
            return results;
        }
    }

    private static void end(long seed, Optional<WasmTools> tools, List<Fuzzing.Result> results) throws IOException {
        var table = new StringBuilder();
        long failed = 0;
        for (var result : results) {
            table.append("- ").append(result.summary()).append('\n');
            result.findings()
                    .forEach(finding -> table.append("  - ")
                            .append(finding.lines().findFirst().orElse(""))
                            .append('\n'));
            failed += result.findings().isEmpty() ? 0 : 1;
        }
        System.err.print(table);
        System.err.println("seed " + seed);
        String folder = System.getProperty("wattle.ring.results");
        if (folder != null) {
            Files.createDirectories(Path.of(folder));
            Files.writeString(Path.of(folder, "fuzz.md"), table);
        }
        System.out.printf(
                "%d passed, %d failed, %d skipped%n", results.size() - failed, failed, tools.isEmpty() ? 1 : 0);
        System.exit(failed == 0 ? 0 : 1);
    }
}
