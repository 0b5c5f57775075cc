package dev.wattle.host.engine.jvm;

import static dev.wattle.host.engine.Wasm.code;
import static dev.wattle.host.engine.Wasm.i32;
import static dev.wattle.host.engine.Wasm.localGet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.host.engine.CoreInstance;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.EngineContract;
import dev.wattle.host.engine.GuestMemory;
import dev.wattle.host.engine.MemoryBudget;
import dev.wattle.host.engine.Trap;
import dev.wattle.host.engine.Wasm;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What works on a great range at once is stopped as soon as anything else.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class BulkLoopsTest extends EngineContract {
    private static final int PAGES = 1024;
    private static final int BYTES = PAGES << 16;
    private static final int ENTRIES = 1_000_000;

    /// Ten milliseconds are meant; a busy machine may take long to run a thread at all.
    private static final Duration SOON = Duration.ofMillis(500);

    private final Engine engine = new JvmEngine(JvmOptions.of(new MemoryBudget(512L << 20)));

    @Override
    protected Engine engine() {
        return engine;
    }

    private CoreInstance looping() {
        var wasm =
                new Wasm().memory(PAGES, 2 * PAGES).table(ENTRIES, 2 * ENTRIES).passiveData(new byte[1 << 16]);
        looping(wasm, "fill", i32(0), localGet(0), i32(BYTES), Wasm.memoryFill());
        looping(wasm, "copy", i32(1), i32(0), i32(BYTES - 1), Wasm.memoryCopy());
        looping(wasm, "init", i32(1), i32(0), i32(1 << 16), Wasm.memoryInit(0));
        looping(wasm, "grow", i32(1), Wasm.memoryGrow(), Wasm.DROP);
        looping(wasm, "table.fill", i32(0), Wasm.refNullFunction(), i32(ENTRIES), code(0xFC, 17, 0));
        looping(wasm, "table.copy", i32(1), i32(0), i32(ENTRIES - 1), code(0xFC, 14, 0, 0));
        looping(wasm, "table.grow", Wasm.refNullFunction(), i32(1), Wasm.tableGrow(), Wasm.DROP);
        return instance(wasm, new CoreLimits(2L * BYTES, 2 * ENTRIES));
    }

    private static void looping(Wasm wasm, String name, Object... body) {
        wasm.exported(name, I32, NONE, Wasm.loop(Wasm.VOID), code(body), Wasm.branch(0), Wasm.END);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fill", "copy", "init", "grow", "table.fill", "table.copy", "table.grow"})
    void a_loop_of_bulk_operations_is_stopped_soon(String name) throws Exception {
        CoreInstance instance = looping();
        var begun = new CountDownLatch(1);
        var stopped = new AtomicLong();
        Thread stopper = Thread.ofPlatform().name("stopper").start(() -> {
            try {
                boolean _ = begun.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            stopped.set(System.nanoTime());
            sandbox.stop("time is up");
        });
        sandbox.enter();
        try {
            begun.countDown();
            assertTraps(Trap.Kind.INTERRUPTED, instance, name, 1);
        } finally {
            sandbox.exit();
        }
        long took = System.nanoTime() - stopped.get();
        stopper.join();
        assertThat(Duration.ofNanos(took)).isLessThan(SOON);
    }

    @Test
    void a_long_copy_within_a_memory_moves_every_byte_in_either_direction() {
        int length = 3 << 18;
        var wasm = new Wasm().memory(32, 32).exportMemory("memory");
        wasm.exported("forth", I32, NONE, localGet(0), i32(0), i32(length), Wasm.memoryCopy());
        wasm.exported("back", I32, NONE, i32(0), localGet(0), i32(length), Wasm.memoryCopy());
        CoreInstance instance = instance(wasm);
        GuestMemory memory = memory(instance);
        byte[] pattern = new byte[length];
        for (int i = 0; i < length; i++) {
            pattern[i] = (byte) (i * 31 + (i >> 8));
        }
        for (int distance : new int[] {1, 4097, 1 << 18, length - 1, length}) {
            memory.write(0, pattern, 0, length);
            call(instance, "forth", distance);
            assertThat(memory.read(distance, length)).isEqualTo(pattern);
            call(instance, "back", distance);
            assertThat(memory.read(0, length)).isEqualTo(pattern);
        }
    }
}
