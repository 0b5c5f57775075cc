package dev.wattle.host.engine.jvm;

import static dev.wattle.host.engine.Wasm.i32;
import static dev.wattle.host.engine.Wasm.localGet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.CoreInstance;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.CoreModule;
import dev.wattle.host.engine.CoreType;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.MemoryBudget;
import dev.wattle.host.engine.Trap;
import dev.wattle.host.engine.Wasm;
import dev.wattle.testkit.Gen;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is reserved in the budget is what live instances and the pool hold, whatever happened before.
final class MemoryAccountsTest {
    private static final int[] NONE = {};
    private static final int[] I32 = {Wasm.I32};
    private static final int ENTRY_BYTES = 8;
    private static final int THREADS = 4;
    private static final int ROUNDS = 40;
    private static final int STEPS = 60;
    private static final int MOST_INSTANCES = 8;

    private final MemoryBudget budget = new MemoryBudget(48 << 20);

    /// How often something was possible, and how often the budget or a limit forbade it.
    private record Tally(int made, int refused, int grown, int notGrown) {
        Tally plus(Tally other) {
            return new Tally(
                    made + other.made, refused + other.refused, grown + other.grown, notGrown + other.notGrown);
        }
    }

    /// With a memory and a table; one that imports something leaves what it has to the collector when its start
    /// function traps.
    private static byte[] module(int pages, boolean importing, boolean trapping) {
        var module = new Wasm();
        if (importing) {
            module.importFunction("host", "nothing", module.type(NONE, NONE));
        }
        module.memory(pages, Wasm.NO_MAXIMUM)
                .exportMemory("memory")
                .table(pages * 10, Wasm.NO_MAXIMUM)
                .data(70, new byte[] {1, 2, 3})
                .exported("grow", I32, I32, localGet(0), Wasm.memoryGrow())
                .exported("fill", I32, NONE, i32(0), i32(7), localGet(0), Wasm.memoryFill())
                .exported("growTable", I32, I32, Wasm.refNullFunction(), localGet(0), Wasm.tableGrow())
                .exported("tableSize", NONE, I32, Wasm.tableSize());
        if (trapping) {
            int start =
                    module.function(module.type(NONE, NONE), i32(1), Wasm.memoryGrow(), Wasm.DROP, Wasm.UNREACHABLE);
            module.start(start);
        }
        return module.build();
    }

    /// One thread's instances.
    private static final class Tenant {
        private final List<CoreModule> modules;
        private final SplittableRandom random;
        private final List<CoreInstance> live = new ArrayList<>();
        private Tally tally = new Tally(0, 0, 0, 0);

        Tenant(List<CoreModule> modules, SplittableRandom random) {
            this.modules = modules;
            this.random = random;
        }

        void act() {
            for (int step = 0; step < STEPS; step++) {
                if (live.isEmpty() || (live.size() < MOST_INSTANCES && random.nextInt(3) == 0)) {
                    make();
                } else if (random.nextInt(4) == 0) {
                    live.remove(random.nextInt(live.size())).close();
                } else {
                    change(live.get(random.nextInt(live.size())));
                }
            }
        }

        private void make() {
            CoreModule module = modules.get(random.nextInt(modules.size()));
            List<CoreExtern> given = module.imports().isEmpty()
                    ? List.of()
                    : List.of(CoreExtern.hostFunction(
                            new CoreType.Function(List.of(), List.of()),
                            MethodHandles.empty(MethodType.methodType(void.class))));
            try {
                live.add(module.instantiate(given, CoreLimits.DEFAULTS, new GuestControl()));
                tally = tally.plus(new Tally(1, 0, 0, 0));
            } catch (Trap refused) {
                assertThat(refused.kind()).isIn(Trap.Kind.LIMIT, Trap.Kind.UNREACHABLE);
                tally = tally.plus(new Tally(0, 1, 0, 0));
            }
        }

        private void change(CoreInstance instance) {
            switch (random.nextInt(5)) {
                case 0 -> call(instance, "fill", 1 + random.nextInt(60_000));
                case 1 -> call(instance, "growTable", random.nextInt(2_000));
                case 2 -> grow(instance, random.nextInt(40));
                default -> grow(instance, 1);
            }
        }

        private void grow(CoreInstance instance, int delta) {
            boolean done = (int) call(instance, "grow", delta) >= 0;
            tally = tally.plus(done ? new Tally(0, 0, 1, 0) : new Tally(0, 0, 0, 1));
        }

        long charge() {
            long sum = 0;
            for (CoreInstance instance : live) {
                long bytes =
                        ((CoreExtern.Memory) instance.export("memory")).bytes().sizeBytes();
                sum += IdleMemories.charge((int) bytes) + (long) ENTRY_BYTES * (int) call(instance, "tableSize");
            }
            return sum;
        }

        void end() {
            live.forEach(CoreInstance::close);
            live.clear();
        }
    }

    private static Object call(CoreInstance instance, String function, Object... arguments) {
        try {
            return ((CoreExtern.Function) instance.export(function)).handle().invokeWithArguments(arguments);
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable failure) {
            throw new AssertionError(failure);
        }
    }

    @ParameterizedTest
    @EnumSource(JvmOptions.Cards.class)
    void what_is_reserved_is_what_is_live_or_idle(JvmOptions.Cards cards) throws InterruptedException {
        long seed = Gen.seed();
        var random = new SplittableRandom(seed);
        var engine = new JvmEngine(JvmOptions.of(budget).withCards(cards));
        List<CoreModule> modules = List.of(
                engine.compile(module(1, false, false)),
                engine.compile(module(17, false, false)),
                engine.compile(module(3, false, true)),
                engine.compile(module(2, true, false)),
                engine.compile(module(5, true, true)));
        var tenants = new ArrayList<Tenant>();
        for (int i = 0; i < THREADS; i++) {
            tenants.add(new Tenant(modules, random.split()));
        }
        for (int round = 0; round < ROUNDS; round++) {
            together(tenants);
            assertThat(budget.usedBytes())
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(engine.idleBytes()
                            + tenants.stream().mapToLong(Tenant::charge).sum());
            if (random.nextInt(5) == 0) {
                engine.sweep();
            }
            tenants.get(random.nextInt(THREADS)).end();
        }
        Tally all = tenants.stream().map(tenant -> tenant.tally).reduce(new Tally(0, 0, 0, 0), Tally::plus);
        assertThat(List.of(all.made(), all.refused(), all.grown(), all.notGrown()))
                .as("seed %d: %s", seed, all)
                .allMatch(count -> count > 20);

        tenants.forEach(Tenant::end);
        assertThat(budget.usedBytes()).isEqualTo(engine.idleBytes());
        // Nearly all that may be had in one piece; the heap rounds it up to regions.
        try (CoreInstance large = engine.compile(module(384, false, false))
                .instantiate(List.of(), CoreLimits.DEFAULTS, new GuestControl())) {
            assertThat(call(large, "tableSize")).isEqualTo(3840);
        }
        while (engine.sweep()) {}
        assertThat(budget.usedBytes()).isZero();
    }

    private static void together(List<Tenant> tenants) throws InterruptedException {
        var failure = new AtomicReference<Throwable>();
        var threads = new ArrayList<Thread>();
        for (Tenant tenant : tenants) {
            threads.add(Thread.ofPlatform().name("tenant").start(() -> {
                try {
                    tenant.act();
                } catch (Throwable thrown) {
                    failure.set(thrown);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failure.get()).isNull();
    }
}
