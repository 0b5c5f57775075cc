package dev.wattle.fuzz;

import dev.wattle.fuzz.layers.Layers;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// Runs fuzzers for a while, on threads with room for deep guests, and tells what they find as soon as it is
/// found.
final class Fuzzing {
    /// Generated programs recurse a hundred calls deep at most, an interpreter some frames for each.
    private static final long STACK_BYTES = 64L << 20;

    /// Then there is enough to look at.
    private static final int MAX_FINDINGS = 10;

    /// After so many the layers of the canonical ABI have been compared enough.
    private static final long LAYER_CASES = 10_000_000;

    private final long seed;
    private final Optional<WasmTools> tools;
    private final PrintStream progress;

    Fuzzing(long seed, Optional<WasmTools> tools, PrintStream progress) {
        this.seed = seed;
        this.tools = tools;
        this.progress = progress;
    }

    /// What came of it.
    record Result(List<String> findings, String summary) {
        Result {
            findings = List.copyOf(findings);
        }
    }

    /// Compares engines, on so many threads.
    Result differential(Duration time, int threads) {
        long end = System.nanoTime() + time.toNanos();
        var next = new AtomicLong();
        return onThreads(threads, (findings, summaries) -> {
            try (var lineup = Lineup.open()) {
                var differential = new Differential(seed, lineup, tools);
                while (System.nanoTime() < end && findings.size() < MAX_FINDINGS) {
                    differential.run(next.getAndIncrement()).ifPresent(finding -> tell(finding.report(seed), findings));
                }
                summaries.add(differential.summary());
            }
        });
    }

    /// Compares the layers of the canonical ABI, on so many threads, until there are enough cases.
    Result layers(Duration time, int threads) {
        long end = System.nanoTime() + time.toNanos();
        var first = new AtomicLong();
        return onThreads(threads, (findings, summaries) -> {
            var layers = new Layers(seed);
            layers.run(first.getAndIncrement(), threads, LAYER_CASES / threads, () -> System.nanoTime() >= end)
                    .forEach(finding -> tell(finding, findings));
            summaries.add(layers.cases() + " calls compared on both layers of the canonical ABI");
        });
    }

    /// Compares the layers on one type.
    Result layersOfType(long number) {
        return onThreads(1, (findings, summaries) -> {
            var layers = new Layers(seed);
            layers.type(number).ifPresent(finding -> tell(finding, findings));
            summaries.add(layers.cases() + " calls compared on both layers of the canonical ABI");
        });
    }

    /// Compares engines on one case.
    Result differentialCase(long number) {
        return onThreads(1, (findings, summaries) -> {
            try (var lineup = Lineup.open()) {
                var differential = new Differential(seed, lineup, tools);
                differential.run(number).ifPresent(finding -> tell(finding.report(seed), findings));
                summaries.add(differential.summary());
            }
        });
    }

    /// Damages modules.
    Result mutations(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        return onThreads(1, (findings, summaries) -> {
            var mutations = new Mutations(seed, tools);
            for (long batch = 0; System.nanoTime() < end && findings.size() < MAX_FINDINGS; batch++) {
                mutations.run(batch).forEach(finding -> tell(finding, findings));
            }
            summaries.add(mutations.summary());
        });
    }

    /// Damages the modules of one batch.
    Result mutationBatch(long batch) {
        return onThreads(1, (findings, summaries) -> {
            var mutations = new Mutations(seed, tools);
            mutations.run(batch).forEach(finding -> tell(finding, findings));
            summaries.add(mutations.summary());
        });
    }

    /// Damages components.
    Result components(Duration time) {
        return components(time, Long.MAX_VALUE);
    }

    /// The same, until so many batches are done.
    Result components(Duration time, long batches) {
        long end = System.nanoTime() + time.toNanos();
        return onThreads(1, (findings, summaries) -> {
            var mutations = new ComponentMutations(seed, tools, null, ComponentCorpus.load(tools));
            for (long batch = 0;
                    batch < batches && System.nanoTime() < end && findings.size() < MAX_FINDINGS;
                    batch++) {
                mutations.run(batch).forEach(finding -> tell(finding, findings));
            }
            summaries.add(mutations.summary());
        });
    }

    /// Damages the components of one batch.
    Result componentBatch(long batch) {
        return onThreads(1, (findings, summaries) -> {
            var mutations = new ComponentMutations(seed, tools, null, ComponentCorpus.load(tools));
            mutations.run(batch).forEach(finding -> tell(finding, findings));
            summaries.add(mutations.summary());
        });
    }

    private void tell(String finding, List<String> findings) {
        progress.println(finding);
        findings.add(finding);
    }

    @FunctionalInterface
    private interface Work {
        void run(List<String> findings, List<String> summaries);
    }

    private static Result onThreads(int count, Work work) {
        List<String> findings = Collections.synchronizedList(new ArrayList<>());
        List<String> summaries = Collections.synchronizedList(new ArrayList<>());
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < count; i++) {
            var thread = new Thread(null, () -> runOn(work, findings, summaries), "fuzzer-" + i, STACK_BYTES);
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                findings.add("interrupted");
            }
        }
        return new Result(List.copyOf(findings), String.join("; ", summaries));
    }

    private static void runOn(Work work, List<String> findings, List<String> summaries) {
        try {
            work.run(findings, summaries);
        } catch (RuntimeException | Error failure) {
            var text = new java.io.StringWriter();
            failure.printStackTrace(new java.io.PrintWriter(text));
            findings.add("the fuzzer itself failed: " + text);
        }
    }
}
