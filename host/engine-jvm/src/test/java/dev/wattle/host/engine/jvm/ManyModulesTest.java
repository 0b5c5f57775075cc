package dev.wattle.host.engine.jvm;

import static dev.wattle.host.engine.Wasm.i32;
import static dev.wattle.host.engine.Wasm.localGet;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.wattle.host.engine.CoreInstance;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.CoreModule;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.MemoryBudget;
import dev.wattle.host.engine.Wasm;
import dev.wattle.testkit.Eventually;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A host that runs one module after the other for months keeps nothing of those that are gone; what waits costs
/// next to nothing.
final class ManyModulesTest {
    private static final int[] I32 = {Wasm.I32};
    private static final int MODULES = 500;

    /// Within one life of a module: compiled, so often made, run and closed, then dropped.
    private static final int CYCLES_OF_A_LIFE = 20;

    /// `-Dwattle.cycles=100000` runs all of them.
    private static final int CYCLES = Integer.getInteger("wattle.cycles", 30_000);

    private static final int PAGES = 17;
    private static final long KIBIBYTE = 1 << 10;
    private static final long MEBIBYTE = 1 << 20;

    private final MemoryBudget budget = new MemoryBudget(64 * MEBIBYTE);
    private final JvmEngine engine = new JvmEngine(JvmOptions.of(budget));

    /// What a JVM holds after all garbage is gone.
    private record Held(long heap, long metaspace, long code, long classes, long files) {
        static Held now() {
            System.gc();
            return new Held(
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                    pools("Metaspace", "Compressed Class Space"),
                    pools("CodeHeap", "CodeCache"),
                    ManagementFactory.getClassLoadingMXBean().getLoadedClassCount(),
                    ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                            ? unix.getOpenFileDescriptorCount()
                            : 0);
        }

        private static long pools(String... names) {
            return ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(pool -> List.of(names).stream().anyMatch(pool.getName()::startsWith))
                    .map(MemoryPoolMXBean::getUsage)
                    .mapToLong(usage -> usage == null ? 0 : usage.getUsed())
                    .sum();
        }

        @Override
        public String toString() {
            return "heap %d KiB, metaspace %d KiB, code %d KiB, %d classes, %d files"
                    .formatted(heap / KIBIBYTE, metaspace / KIBIBYTE, code / KIBIBYTE, classes, files);
        }
    }

    /// Different from all others, with data, a table, a function type of its own, and a loop.
    private static byte[] module(int number) {
        var wasm = new Wasm().memory(PAGES, PAGES).exportMemory("memory").table(4, 4);
        wasm.data(1024 + number, ("module " + number).getBytes(StandardCharsets.UTF_8));
        int[] parameters = new int[1 + number % 40];
        Arrays.fill(parameters, Wasm.I32);
        int typed = wasm.function(wasm.type(parameters, I32), localGet(0), i32(number), 0x6A);
        wasm.elements(0, typed);
        return wasm.exported("run", I32, I32, localGet(0), i32(number), 0x6A)
                .exported("store", I32, I32, localGet(0), i32(number), Wasm.access(0x36, 0), i32(number))
                .build();
    }

    private void live(int number) throws Throwable {
        CoreModule module = engine.compile(module(number % MODULES));
        for (int i = 0; i < CYCLES_OF_A_LIFE; i++) {
            try (CoreInstance instance = module.instantiate(List.of(), CoreLimits.DEFAULTS, new GuestControl())) {
                assertThat((int) module.function("run").invokeExact(instance, i))
                        .isEqualTo(i + number % MODULES);
                assertThat((int) module.function("store").invokeExact(instance, 4096 * i))
                        .isEqualTo(number % MODULES);
            }
        }
    }

    private void lives(int from, int count) throws Throwable {
        for (int i = from; i < from + count; i++) {
            live(i);
        }
    }

    /// The first third shows what the JVM itself keeps; after it nothing grows.
    @Tag("slow")
    @Test
    void modules_that_come_and_go_leave_nothing_behind() throws Throwable {
        int lives = Math.max(MODULES, CYCLES / CYCLES_OF_A_LIFE);
        lives(0, lives / 3);
        Held before = Held.now();
        lives(lives / 3, lives - lives / 3);
        System.out.printf(
                "%,d cycles over %d modules%n  after a third: %s%n", lives * CYCLES_OF_A_LIFE, MODULES, before);
        Eventually.within(30, TimeUnit.SECONDS, () -> {
            Held after = Held.now();
            System.out.println("  after all:     " + after);
            assertThat(after.classes()).isLessThan(before.classes() + 400);
            assertThat(after.heap()).isLessThan(before.heap() + 20 * MEBIBYTE);
            assertThat(after.metaspace()).isLessThan(before.metaspace() + 4 * MEBIBYTE);
            assertThat(after.code()).isLessThan(before.code() + 6 * MEBIBYTE);
            assertThat(after.files()).isLessThan(before.files() + 10);
        });
        assertThat(budget.usedBytes()).isLessThanOrEqualTo(budget.limitBytes() / 4); // the pool
    }

    /// An instance that waits has its memory, and besides hardly anything.
    @Test
    void a_thousand_instances_that_wait_cost_little_more_than_their_memories() throws Throwable {
        CoreModule module = engine.compile(new Wasm()
                .memory(0, PAGES)
                .table(4, 4)
                .global(Wasm.I32, true, i32(7))
                .exported("run", I32, I32, localGet(0))
                .build());
        try (CoreInstance first = module.instantiate(List.of(), CoreLimits.DEFAULTS, new GuestControl())) {
            assertThat((int) module.function("run").invokeExact(first, 3)).isEqualTo(3);
        }
        int count = 1000;
        long before = Held.now().heap();
        List<CoreInstance> waiting = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            waiting.add(module.instantiate(List.of(), CoreLimits.DEFAULTS, new GuestControl()));
        }
        long each = (Held.now().heap() - before) / count;
        System.out.println("an instance that waits: " + each + " bytes, its sandbox's control included");
        assertThat(each).isLessThan(2 * KIBIBYTE);
        waiting.forEach(CoreInstance::close);
    }

    @Test
    void a_module_that_waits_gives_its_memories_back() {
        CoreModule module = engine.compile(module(1));
        module.instantiate(List.of(), CoreLimits.DEFAULTS, new GuestControl()).close();
        assertThat(budget.usedBytes()).isGreaterThan(MEBIBYTE);
        engine.sweep();
        engine.sweep();
        assertThat(budget.usedBytes()).isZero();
        assertThat(engine.compile(module(1))).isSameAs(module);
    }
}
