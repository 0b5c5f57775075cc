package dev.wattle.interop;

import dev.wattle.host.engine.Engine;
import dev.wattle.testkit.Gen;
import dev.wattle.wit.WitValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One guest on our runtime and on wasmtime: the same calls, and how long they take.
final class GuestRun {
    private static final int RANDOMS = 20;
    /// Calls of which the time is reported.
    static final List<String> TIMED = List.of("pass-u32", "pass-string", "pass-person");

    private static final int FIRST_TIMES = 20;
    /// A batch of calls takes about that long.
    private static final double BATCH_NANOS = 2e8;

    private static final int MAX_TIMES = 1_000_000;
    /// For warming up.
    private static final int WARM_UPS = 10;

    /// An odd number: the median counts.
    private static final int BATCHES = 5;

    private static final double NANOS_PER_MILLI = 1e6;

    private final Path home;
    private final Guest guest;
    private final long seed;

    GuestRun(Path home, Guest guest, long seed) {
        this.home = home;
        this.guest = guest;
        this.seed = seed;
    }

    GuestResult run(Engine engine) throws IOException {
        byte[] component = Files.readAllBytes(guest.file());
        long begin = System.nanoTime();
        try (var ours = new OurRuntime(engine, component)) {
            double loadMillis = millisSince(begin);
            begin = System.nanoTime();
            ours.perform(new Step.Fresh());
            double instanceMillis = millisSince(begin);
            begin = System.nanoTime();
            try (var theirs = WasmtimePeer.start(home, Guest.builtBelow(home).resolve("python"), guest.file())) {
                double theirMillis = millisSince(begin);
                var script = new Script(ours.type());
                var differences = new ArrayList<String>();
                int steps = compare(script, ours, theirs, differences);
                return new GuestResult(
                        guest.name(),
                        component.length,
                        steps,
                        differences,
                        loadMillis,
                        instanceMillis,
                        theirMillis,
                        times(script, ours),
                        times(script, theirs));
            }
        }
    }

    private int compare(Script script, Performer ours, Performer theirs, List<String> differences) throws IOException {
        int steps = 0;
        for (List<Step> part : List.of(
                script.values(Gen.of(seed), RANDOMS),
                script.resources().stream().filter(GuestRun::wasmtimeCan).toList(),
                script.drops(),
                script.faults(),
                script.liberties())) {
            Comparison comparison = Comparison.of(part, ours, theirs);
            steps += comparison.steps();
            differences.addAll(comparison.differences());
        }
        return steps;
    }

    /// wasmtime 50.0.1 says that it has a bug ("deferred host scope has no call context") when its host is lent
    /// resources
    /// inside of a list. Our tests beside the rules have these calls.
    private static boolean wasmtimeCan(Step step) {
        return !(step instanceof Step.Call call
                && call.function().equals("total")
                && !call.arguments().getFirst().equals(WitValue.list(List.of())));
    }

    private static Map<String, Double> times(Script script, Performer performer) throws IOException {
        var times = new LinkedHashMap<String, Double>();
        performer.perform(new Step.Fresh());
        for (String function : TIMED) {
            times.put(function, median(script.timed(function), performer));
        }
        return times;
    }

    /// The median of warm batches; of a guest that traps before, what the last whole batch took.
    private static double median(Step.Call call, Performer performer) throws IOException {
        double nanos = performer.nanosPerCall(call, FIRST_TIMES);
        double[] batches = new double[BATCHES];
        for (int i = -WARM_UPS; i < BATCHES; i++) {
            double batch = performer.nanosPerCall(call, timesFor(nanos));
            if (Double.isNaN(batch)) {
                performer.perform(new Step.Fresh());
                return nanos;
            }
            nanos = batch;
            if (i >= 0) {
                batches[i] = batch;
            }
        }
        Arrays.sort(batches);
        return batches[BATCHES / 2];
    }

    private static int timesFor(double nanos) {
        return (int) Math.clamp(BATCH_NANOS / nanos, 1, MAX_TIMES);
    }

    private static double millisSince(long begin) {
        return (System.nanoTime() - begin) / NANOS_PER_MILLI;
    }
}
