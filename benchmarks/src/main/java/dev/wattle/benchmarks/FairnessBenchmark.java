package dev.wattle.benchmarks;

import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.CoreModule;
import dev.wattle.host.engine.CpuPermits;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.Engines;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.Trap;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// How long a guest waits for its turn among a thousand that spin, all on virtual threads: from the start of its
/// thread to its answer. The anchor is the same guest alone.
final class FairnessBenchmark implements Benchmark {
    private static final int SPINNERS = 1_000;

    /// Innocent guests of a round, one after the other.
    private static final int INNOCENTS = 100;

    private static final int WARM_UPS = 1;
    private static final int ROUNDS = 10;
    private static final String ALONE = "alone";
    private static final String CROWDED = "crowded";
    private static final String ENOUGH = "the round is over";

    /// A thousand for each call so far, and the 42 of its data.
    private static final long FIRST_ANSWER = 1_042;

    private static final long SECOND_ANSWER = 2_042;
    private static final double NANOS_PER_MICRO = 1e3;

    /// `(module (func (export "spin") (loop (br 0))))`
    private static final byte[] SPIN = HexFormat.of()
            .parseHex("0061736d01000000" + "010401600000" + "03020100" + "070801047370696e0000" + "0a09010700"
                    + "03400c000b0b");

    @Override
    public List<Table> run(Context context) throws Exception {
        Optional<Engine> engine = polling();
        if (engine.isEmpty()) {
            context.skipped().accept("engine-fairness: no engine here that polls");
            return List.of();
        }
        CoreModule module = engine.get().compile(SPIN);
        CoreModule kind = engine.get()
                .compile(Files.readAllBytes(context.home().resolve("benchmarks/kernels/prebuilt/page.wasm")));
        Rounds rounds = Rounds.run(
                List.of(
                        new Rounds.Contestant(ALONE, () -> round(module, kind, 0)),
                        new Rounds.Contestant(CROWDED, () -> round(module, kind, SPINNERS))),
                WARM_UPS,
                ROUNDS,
                context.progress());
        return List.of(Table.of(List.of(
                rounds.row("an innocent guest among 1,000 spinners: p50", "µs", CROWDED, ALONE, "p50"),
                rounds.row("p99", "µs", CROWDED, ALONE, "p99"),
                rounds.row("the longest of a round", "µs", CROWDED, ALONE, "longest"))));
    }

    private static Optional<Engine> polling() {
        try {
            return Optional.of(Engines.named("jvm"));
        } catch (IllegalArgumentException absent) {
            return Optional.empty();
        }
    }

    private static Map<String, Double> round(CoreModule module, CoreModule kind, int spinners)
            throws InterruptedException {
        var permits = CpuPermits.ofProcessors();
        var seasoned = new CountDownLatch(spinners);
        var controls = new ArrayList<GuestControl>();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < spinners; i++) {
            var control = new GuestControl(permits);
            controls.add(control);
            threads.add(Thread.ofVirtual().name("spinner-" + i).start(() -> spin(module, control, seasoned)));
        }
        seasoned.await();
        // Until each has had its first turn, an innocent one is like all the others.
        while (permits.waiting() < spinners - permits.limit() || permits.newcomers() > 0) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        long[] nanos = new long[INNOCENTS];
        for (int i = 0; i < INNOCENTS; i++) {
            nanos[i] = innocent(kind, permits);
        }
        int waiting = permits.waiting();
        controls.forEach(control -> control.stop(ENOUGH));
        for (Thread thread : threads) {
            thread.join();
        }
        WrongAnswerException.require(
                spinners == 0 || waiting >= spinners - permits.limit(), waiting + " spinners were still there");
        return Map.of(
                "p50", Statistics.percentile(nanos, 0.5) / NANOS_PER_MICRO,
                "p99", Statistics.percentile(nanos, 0.99) / NANOS_PER_MICRO,
                "longest", Statistics.percentile(nanos, 1) / NANOS_PER_MICRO);
    }

    private static void spin(CoreModule module, GuestControl control, CountDownLatch seasoned) {
        try (var instance = module.instantiate(List.of(), CoreLimits.DEFAULTS, control)) {
            seasoned.countDown();
            control.enter();
            ((CoreExtern.Function) instance.export("spin")).handle().invokeExact();
        } catch (Trap trap) {
            WrongAnswerException.requireEqual(ENOUGH, String.valueOf(trap.getMessage()));
        } catch (Throwable e) {
            throw Unchecked.of(e);
        } finally {
            control.exit();
        }
    }

    /// A fresh sandbox that answers, blocks once, as one does that asks another service, answers again, and goes.
    private static long innocent(CoreModule kind, CpuPermits permits) throws InterruptedException {
        long begin = System.nanoTime();
        long[] end = new long[1];
        Thread.ofVirtual()
                .name("innocent")
                .start(() -> {
                    answer(kind, new GuestControl(permits));
                    end[0] = System.nanoTime();
                })
                .join();
        WrongAnswerException.require(end[0] != 0, "the innocent guest ended without an answer");
        return end[0] - begin;
    }

    private static void answer(CoreModule kind, GuestControl control) {
        try (var instance = kind.instantiate(List.of(), CoreLimits.DEFAULTS, control)) {
            MethodHandle run = ((CoreExtern.Function) instance.export("run")).handle();
            control.enter();
            WrongAnswerException.requireEqual(FIRST_ANSWER, (long) run.invokeExact(1));
            control.host();
            long _ = control.blocking(System::nanoTime);
            control.resume();
            WrongAnswerException.requireEqual(SECOND_ANSWER, (long) run.invokeExact(2));
        } catch (Throwable e) {
            throw Unchecked.of(e);
        } finally {
            control.exit();
        }
    }
}
