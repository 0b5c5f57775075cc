package dev.wattle.host.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.MemoryBudget;
import dev.wattle.host.engine.Trap;
import dev.wattle.testkit.Eventually;
import dev.wattle.wit.WitValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// What [HostileGuestsTest] runs in a JVM of its own: guests that mean harm, and a neighbour that is called at
/// a fixed rate. Says what happened on standard output; ends with an error when something happened that must
/// not.
final class HostileScenarios {
    private static final String ACTS = "test:misbehaving/acts";
    private static final Duration RUNS = Duration.ofSeconds(3);
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration HOSTILE_DEADLINE = Duration.ofMillis(300);
    private static final Duration NEIGHBOUR_DEADLINE = Duration.ofSeconds(2);
    private static final long NEIGHBOUR_PERIOD_NANOS = Duration.ofMillis(10).toNanos();

    /// How long after its deadline a hostile call may get its answer, beyond what a thread without guests is late:
    /// more threads want to run here than there are processors, and who knows what else the machine does.
    private static final long MAX_OVERRUN_NANOS = Duration.ofMillis(500).toNanos();

    private static final long BYSTANDERS_PERIOD_NANOS = Duration.ofMillis(5).toNanos();

    private final RuntimeFixture fixture = new RuntimeFixture();
    private final ConcurrentSkipListMap<String, AtomicLong> worstOverruns = new ConcurrentSkipListMap<>();
    private final AtomicLong bystandersWorst = new AtomicLong();
    private final ConcurrentSkipListMap<String, AtomicLong> outcomes = new ConcurrentSkipListMap<>();
    private final List<Throwable> failures = new ArrayList<>(); // guarded by itself
    private final long[] neighbourNanos = new long[(int) (RUNS.toNanos() / NEIGHBOUR_PERIOD_NANOS)];

    private HostileScenarios() {
        fixture.deploy("calculator", "calculator", 8, Map.of());
        fixture.runtime.deploy(new DeploymentSpec(
                "bad",
                RuntimeFixture.binary("misbehaving"),
                64,
                CoreLimits.DEFAULTS,
                Duration.ofSeconds(60),
                _ -> Optional.empty()));
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, Integer> threads = switch (arguments[0]) {
            case "memory-bombs" -> Map.of("eat-memory", 8);
            case "all-at-once" ->
                new TreeMap<>(
                        Map.of("trap", 1, "loop-forever", 2, "recurse", 1, "recurse-in-memory", 1, "eat-memory", 3));
            default -> throw new IllegalArgumentException(arguments[0]);
        };
        new HostileScenarios().run(threads);
    }

    private void run(Map<String, Integer> hostile) throws InterruptedException {
        // Compiling what is called for the first time is not what is tested.
        assertThat(add(WARM_UP)).isEqualTo(new CallOutcome.Answered(Optional.of(WitValue.of(42L))));
        hostile.keySet().forEach(act -> fixture.call("bad", ACTS, act, Duration.ofSeconds(1)));

        long end = System.nanoTime() + RUNS.toNanos();
        var threads = new ArrayList<Thread>();
        hostile.forEach((act, count) -> {
            for (int i = 0; i < count; i++) {
                threads.add(start("hostile " + act, () -> attack(act, end)));
            }
        });
        threads.add(start("neighbour", () -> callNeighbour(end - RUNS.toNanos())));
        threads.add(start("bystander", () -> standBy(end)));
        for (Thread thread : threads) {
            thread.join();
        }
        report();
        checkAfterwards();
    }

    private Thread start(String name, Runnable work) {
        return Thread.ofPlatform().name(name).start(() -> {
            try {
                work.run();
            } catch (Throwable failure) {
                synchronized (failures) {
                    failures.add(failure);
                }
            }
        });
    }

    private void attack(String act, long end) {
        while (System.nanoTime() < end) {
            long started = System.nanoTime();
            CallOutcome outcome = fixture.call("bad", ACTS, act, HOSTILE_DEADLINE);
            long overrun = System.nanoTime() - started - HOSTILE_DEADLINE.toNanos();
            worstOverruns
                    .computeIfAbsent(act, _ -> new AtomicLong(Long.MIN_VALUE))
                    .accumulateAndGet(overrun, Math::max);
            outcomes.computeIfAbsent(act + ": " + kind(outcome), _ -> new AtomicLong())
                    .incrementAndGet();
            assertThat(expected(act, outcome)).as("%s: %s", act, outcome).isTrue();
            assertThat(Thread.currentThread().isInterrupted()).as(act).isFalse();
        }
    }

    private static String kind(CallOutcome outcome) {
        return outcome instanceof CallOutcome.Trapped trapped
                ? "Trapped " + trapped.kind()
                : outcome.getClass().getSimpleName();
    }

    private static boolean expected(String act, CallOutcome outcome) {
        return switch (outcome) {
            case CallOutcome.TimedOut _ -> true;
            case CallOutcome.Answered _ -> act.equals("eat-memory");
            case CallOutcome.Trapped trapped ->
                trapped.kind() == Trap.Kind.LIMIT
                        || switch (act) {
                            case "trap" -> trapped.kind() == Trap.Kind.UNREACHABLE;
                            case "recurse" -> trapped.kind() == Trap.Kind.STACK_EXHAUSTED;
                            case "recurse-in-memory" ->
                                trapped.kind() == Trap.Kind.STACK_EXHAUSTED
                                        || trapped.kind() == Trap.Kind.MEMORY_OUT_OF_BOUNDS;
                            default -> false;
                        };
            case CallOutcome.Refused _, CallOutcome.LinkFailed _, CallOutcome.Overloaded _, CallOutcome.Failed _ ->
                false;
        };
    }

    private void callNeighbour(long start) {
        for (int i = 0; i < neighbourNanos.length; i++) {
            long due = start + i * NEIGHBOUR_PERIOD_NANOS;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            CallOutcome outcome = add(NEIGHBOUR_DEADLINE);
            neighbourNanos[i] = System.nanoTime() - due;
            assertThat(outcome).isEqualTo(new CallOutcome.Answered(Optional.of(WitValue.of(42L))));
        }
    }

    private void standBy(long end) {
        for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
            LockSupport.parkNanos(BYSTANDERS_PERIOD_NANOS);
            bystandersWorst.accumulateAndGet(System.nanoTime() - now - BYSTANDERS_PERIOD_NANOS, Math::max);
        }
    }

    private CallOutcome add(Duration deadline) {
        return fixture.call("calculator", "cyber:math/operations", "add", deadline, WitValue.of(2L), WitValue.of(40L));
    }

    private void report() {
        Arrays.sort(neighbourNanos);
        int calls = neighbourNanos.length;
        var overruns = new TreeMap<String, Long>();
        worstOverruns.forEach((act, nanos) -> overruns.put(act, TimeUnit.NANOSECONDS.toMillis(nanos.get())));
        System.out.println("hostile calls: " + outcomes + ", at most so many ms past the deadline: " + overruns
                + "; a bystander was late by " + TimeUnit.NANOSECONDS.toMillis(bystandersWorst.get()) + " ms");
        System.out.println("neighbour: " + calls + " calls, median "
                + TimeUnit.NANOSECONDS.toMicros(neighbourNanos[calls / 2]) + " µs, 99 % within "
                + TimeUnit.NANOSECONDS.toMicros(neighbourNanos[calls * 99 / 100]) + " µs, slowest "
                + TimeUnit.NANOSECONDS.toMicros(neighbourNanos[calls - 1]) + " µs");
        synchronized (failures) {
            failures.forEach(Throwable::printStackTrace);
            assertThat(failures).isEmpty();
        }
    }

    private void checkAfterwards() {
        assertThat(outcomes).isNotEmpty();
        worstOverruns.forEach((act, nanos) -> assertThat(nanos.get())
                .as("%s: nanoseconds past the deadline", act)
                .isLessThan(MAX_OVERRUN_NANOS + bystandersWorst.get()));
        Eventually.within(
                5, TimeUnit.SECONDS, () -> assertThat(fixture.metrics.scrape()).contains("wattle_sandboxes 0.0"));
        // What is left is the pool's.
        MemoryBudget budget = MemoryBudget.ofThisProcess();
        assertThat(budget.usedBytes()).isLessThanOrEqualTo(budget.limitBytes() / 4);
        assertThat(fixture.call("bad", ACTS, "alive", WARM_UP))
                .isEqualTo(new CallOutcome.Answered(Optional.of(WitValue.of(true))));
        assertThat(Thread.interrupted()).isFalse();
        fixture.close();
    }
}
