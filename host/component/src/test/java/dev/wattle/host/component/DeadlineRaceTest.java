package dev.wattle.host.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.CpuPermits;
import dev.wattle.host.engine.Engines;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.MemoryBudget;
import dev.wattle.host.engine.Trap;
import dev.wattle.host.engine.Wasm;
import dev.wattle.testkit.Gen;
import dev.wattle.wit.WitValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Deadlines race against calls that are about to return: a hundred thousand in all, at random moments of making an
/// instance, of guest code, of lifting and lowering, and of host code that works or blocks. One of two things comes of
/// each. Nothing else is hurt: not what the host was doing, not the thread, not a neighbour, and at the end nobody
/// holds memory or a permit.
@Tag("slow")
@Timeout(600)
final class DeadlineRaceTest {
    private static final int RACES_OF_JVM = 86_000;
    private static final int RACES_OF_ENDIVE = 4_000;
    private static final int RACES_OF_EACH_VIRTUAL_THREAD = 5_000;
    private static final int VIRTUAL_THREADS = 2;

    /// After so many, an engine's pool holds all that it keeps, and it is known how long a call takes.
    private static final int WARM = 1_000;

    private static final int DEPTH = 20;
    private static final int ANSWER = 32;
    private static final String REASON = "the deadline passed";
    private static final WitValue TEXT = WitValue.of("text");

    /// What the guest is about to do, besides what always is done.
    private enum Way {
        CALLS_A_SMALL_GUEST,
        CALLS_THE_HOST,
        DROPS_A_RESOURCE,
        SPINS,
        BLOCKS_IN_THE_HOST
    }

    /// Stops whatever guest runs just then, at random moments that are as far apart as calls are long.
    private static final class Watchdog implements AutoCloseable {
        private final Gen gen;
        private final long nanosApart;
        private final Thread thread = Thread.ofPlatform().name("watchdog").unstarted(this::watch);
        private volatile @Nullable GuestControl running;
        private final AtomicInteger deadlines = new AtomicInteger();
        private volatile boolean closed;

        Watchdog(Gen gen, long nanosApart) {
            this.gen = gen;
            this.nanosApart = nanosApart;
            thread.start();
        }

        private void watch() {
            @Nullable GuestControl last = null;
            while (!closed) {
                long until = System.nanoTime() + gen.longBetween(0, 2 * nanosApart);
                while (System.nanoTime() - until < 0) {
                    Thread.onSpinWait();
                }
                GuestControl guest = running;
                if (guest != null && !guest.equals(last)) {
                    guest.stop(REASON);
                    last = guest;
                    deadlines.incrementAndGet();
                }
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /// The races of one thread.
    private static final class Racer {
        private final LinkedComponent linked;
        private final LinkedComponent small;
        private final Supplier<GuestControl> controls;
        private final Gen gen;
        private final Semaphore never = new Semaphore(0);
        private boolean blocks;
        private int entered;
        private int left;
        private int returned;
        private int stopped;
        private long typicalNanos;

        Racer(String engine, Supplier<GuestControl> controls, Gen gen) {
            this.linked = DivingGuest.link(DivingGuest.load(Engines.named(engine)), this::echo);
            this.small = DivingGuest.link(Component.load(Engines.named(engine), smallGuest()), this::echo);
            this.controls = controls;
            this.gen = gen;
        }

        private Optional<WitValue> echo(Sandbox sandbox, List<WitValue> arguments) {
            entered++;
            try {
                if (blocks) {
                    sandbox.control().blocking(() -> {
                        never.acquire();
                        return null;
                    });
                }
                return Optional.of(arguments.getFirst());
            } finally {
                left++;
            }
        }

        private Sandbox sandbox() {
            return new Sandbox(controls.get(), CoreLimits.DEFAULTS);
        }

        void run(int races) {
            warmUp();
            long used = MemoryBudget.ofThisProcess().usedBytes();
            try (var watchdog = new Watchdog(gen.split(), typicalNanos);
                    Sandbox other = sandbox()) {
                ComponentInstance neighbour = linked.instantiate(other);
                while (watchdog.deadlines.get() < races) {
                    race(watchdog);
                    assertThat(Thread.interrupted()).isFalse();
                    assertThat(left).isEqualTo(entered);
                    blocks = false;
                    assertThat(call(neighbour, "say", TEXT)).contains(TEXT);
                }
            }
            assertThat(returned).as("%d were stopped", stopped).isGreaterThan(races / 20);
            assertThat(stopped).as("%d returned", returned).isGreaterThan(races / 20);
            // A pool may keep the memory of the neighbour, too.
            assertThat(MemoryBudget.ofThisProcess().usedBytes()).isLessThanOrEqualTo(used + (1 << 20));
        }

        private void warmUp() {
            long start = System.nanoTime();
            for (int i = 0; i < WARM; i++) {
                start = i == WARM / 2 ? System.nanoTime() : start;
                try (Sandbox sandbox = sandbox()) {
                    perform(sandbox, way(gen.intBetween(3, 64)));
                }
            }
            typicalNanos = (System.nanoTime() - start) / (WARM / 2);
        }

        private void race(Watchdog watchdog) {
            Way way = way(gen.intBetween(1, 64));
            try (Sandbox sandbox = sandbox()) {
                watchdog.running = sandbox.control();
                perform(sandbox, way);
                returned++;
                assertThat(way).isNotIn(Way.SPINS, Way.BLOCKS_IN_THE_HOST);
            } catch (Trap trap) {
                assertThat(trap).hasMessageContaining(REASON);
                assertThat(trap.kind()).isEqualTo(Trap.Kind.INTERRUPTED);
                stopped++;
            }
        }

        private static Way way(int number) {
            return switch (number) {
                case 1 -> Way.SPINS;
                case 2 -> Way.BLOCKS_IN_THE_HOST;
                case 3, 4, 5 -> Way.DROPS_A_RESOURCE;
                case 6, 7, 8 -> Way.CALLS_THE_HOST;
                default -> Way.CALLS_A_SMALL_GUEST;
            };
        }

        private void perform(Sandbox sandbox, Way way) {
            ComponentInstance instance = (way == Way.CALLS_A_SMALL_GUEST ? small : linked).instantiate(sandbox);
            switch (way) {
                case CALLS_A_SMALL_GUEST -> {
                    for (int i = 0; i < DEPTH; i++) {
                        assertThat(call(instance, "run", WitValue.of(i))).contains(WitValue.of(i));
                    }
                }
                case CALLS_THE_HOST -> dive(instance, DivingGuest.CALL, ANSWER);
                case DROPS_A_RESOURCE -> {
                    dive(instance, DivingGuest.DROP, 0);
                    assertThat(call(instance, "count")).contains(WitValue.of(1));
                }
                case SPINS -> call(instance, "spin");
                case BLOCKS_IN_THE_HOST -> {
                    blocks = true;
                    dive(instance, DivingGuest.CALL, ANSWER);
                }
            }
        }

        private void dive(ComponentInstance instance, int what, int more) {
            int depth = gen.intBetween(0, DEPTH);
            assertThat(call(instance, "dive", WitValue.of(depth), WitValue.of(what)))
                    .contains(WitValue.of(depth + more));
        }

        private static Optional<WitValue> call(ComponentInstance instance, String function, WitValue... arguments) {
            return instance.function(function).orElseThrow().call(List.of(arguments));
        }
    }

    /// Imports `echo: func(u32) -> u32`, and exports `run`, which calls it.
    private static byte[] smallGuest() {
        var module = new Wasm();
        int[] one = {Wasm.I32};
        int echo = module.importFunction("host", "echo", module.type(one, one));
        module.exported("run", one, one, Wasm.localGet(0), Wasm.call(echo));
        var all = new Assembly();
        int unary = all.functionType(List.of(Assembly.primitive(Assembly.U32)), Assembly.primitive(Assembly.U32));
        int host = all.instance(Assembly.Export.function("echo", all.lower(all.importFunction("echo", unary))));
        int main = all.instantiate(all.module(module.build()), new Assembly.Argument("host", host));
        return all.exportFunction("run", all.lift(all.coreFunction(main, "run"), unary))
                .build();
    }

    private static void race(
            String engine, int threads, int races, ThreadFactory factory, Supplier<GuestControl> controls)
            throws Throwable {
        long seed = Gen.seed();
        var failure = new AtomicReference<@Nullable Throwable>();
        var all = new ArrayList<Thread>();
        for (int number = 0; number < threads; number++) {
            var racer = new Racer(engine, controls, Gen.of(seed, number));
            Thread thread = factory.newThread(() -> {
                try {
                    racer.run(races);
                } catch (Throwable thrown) {
                    failure.compareAndSet(null, new AssertionError("seed " + seed, thrown));
                }
            });
            thread.start();
            all.add(thread);
        }
        for (Thread thread : all) {
            thread.join();
        }
        Throwable thrown = failure.get();
        if (thrown != null) {
            throw thrown;
        }
    }

    @Test
    void deadlines_race_against_calls_on_our_engine() throws Throwable {
        race("jvm", 1, RACES_OF_JVM, Thread.ofPlatform().name("racer-", 0).factory(), GuestControl::new);
    }

    @Test
    void deadlines_race_against_calls_on_an_engine_that_is_interrupted() throws Throwable {
        race("endive", 1, RACES_OF_ENDIVE, Thread.ofPlatform().name("racer-", 0).factory(), GuestControl::new);
    }

    @Test
    void deadlines_race_against_calls_that_take_turns_on_virtual_threads() throws Throwable {
        var permits = new CpuPermits(1, CpuPermits.SLICE);
        var factory = Thread.ofVirtual().name("racer-", 0).factory();
        race("jvm", VIRTUAL_THREADS, RACES_OF_EACH_VIRTUAL_THREAD, factory, () -> new GuestControl(permits));
        // Nobody kept the permit: with none, this would wait for ever.
        race("jvm", 1, 100, factory, () -> new GuestControl(permits));
    }
}
