package dev.wattle.host.engine.jvm;

import static dev.wattle.host.engine.Wasm.localGet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.host.engine.CoreInstance;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.EngineContract;
import dev.wattle.host.engine.Trap;
import dev.wattle.host.engine.Wasm;
import dev.wattle.testkit.Gen;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// One instruction may move hundreds of megabytes: it does not keep its guest from being stopped.
final class BulkInterruptionTest extends EngineContract {
    private static final int[] THREE = {Wasm.I32, Wasm.I32, Wasm.I32};
    private static final int PAGES = 24 << 4;
    private static final int SIZE = PAGES << 16;
    private static final int MOVED = 9 << 20;
    private static final int ENTRIES = 100_000;
    private static final int MOVED_ENTRIES = 70_000;

    /// So many are moved before somebody looks whether the guest was stopped.
    private static final int STEP = 1 << 14;

    private final Engine engine = new JvmEngine();

    @Override
    protected Engine engine() {
        return engine;
    }

    private CoreInstance guest() {
        byte[] operands = Wasm.code(localGet(0), localGet(1), localGet(2));
        return instance(new Wasm()
                .memory(PAGES, PAGES + 1)
                .exportMemory("memory")
                .exported("fill", THREE, NONE, operands, Wasm.memoryFill())
                .exported("grow", I32, I32, localGet(0), Wasm.memoryGrow())
                .exported("copy", THREE, NONE, operands, Wasm.memoryCopy()));
    }

    @Test
    void a_fill_ends_between_two_steps() {
        try (CoreInstance guest = guest()) {
            sandbox.stop("enough");
            assertTraps(Trap.Kind.INTERRUPTED, guest, "fill", 0, 1, SIZE);
            assertThat(memory(guest).readByte(0)).isEqualTo((byte) 1);
            assertThat(memory(guest).readByte(SIZE - 1)).isZero();
        }
    }

    @Test
    void a_guest_ends_after_it_grew() {
        try (CoreInstance guest = guest()) {
            assertThat(call(guest, "grow", 0)).isEqualTo(PAGES);
            sandbox.stop("enough");
            assertTraps(Trap.Kind.INTERRUPTED, guest, "grow", 1);
        }
    }

    @Test
    void a_copy_ends_between_two_steps_whichever_way_it_goes() {
        try (CoreInstance guest = guest()) {
            call(guest, "fill", SIZE - MOVED, 1, MOVED);
            sandbox.stop("enough");
            assertTraps(Trap.Kind.INTERRUPTED, guest, "copy", 0, SIZE - MOVED, MOVED);
            assertThat(memory(guest).readByte(0)).isEqualTo((byte) 1);
            assertThat(memory(guest).readByte(MOVED - 1)).isZero();
            assertTraps(Trap.Kind.INTERRUPTED, guest, "copy", SIZE - MOVED, 0, MOVED);
            assertThat(memory(guest).readByte(SIZE - MOVED)).isEqualTo((byte) 1);
            assertThat(memory(guest).readByte(SIZE - 1)).isZero();
        }
    }

    /// With one function in the last entry, and null in all others.
    private CoreInstance table() {
        var wasm = new Wasm().table(ENTRIES, ENTRIES + 1);
        wasm.passiveElements(wasm.function(wasm.type(NONE, NONE)));
        byte[] get = Wasm.tableGet();
        byte[] operands = Wasm.code(localGet(0), localGet(1), localGet(2));
        CoreInstance made = instance(wasm.exported(
                        "init", I32, NONE, localGet(0), Wasm.i32(0), Wasm.i32(1), Wasm.code(0xFC, 12, 0, 0))
                .exported("fill", THREE, NONE, localGet(0), localGet(1), get, localGet(2), Wasm.code(0xFC, 17, 0))
                .exported("copy", THREE, NONE, operands, Wasm.code(0xFC, 14, 0, 0))
                .exported("isNull", I32, I32, localGet(0), get, 0xD1)
                .exported("grow", I32, I32, localGet(0), get, Wasm.i32(1), Wasm.tableGrow())
                .exported("size", NONE, I32, Wasm.tableSize()));
        call(made, "init", ENTRIES - 1);
        return made;
    }

    @Test
    void what_is_done_to_a_table_ends_between_two_steps() {
        try (CoreInstance guest = table()) {
            sandbox.stop("enough");
            assertTraps(Trap.Kind.INTERRUPTED, guest, "fill", 0, ENTRIES - 1, ENTRIES - 1);
            assertThat(call(guest, "isNull", 0)).isEqualTo(0);
            assertThat(call(guest, "isNull", ENTRIES - 2)).isEqualTo(1);
            assertTraps(Trap.Kind.INTERRUPTED, guest, "copy", 0, 1, ENTRIES - 1);
            assertThat(call(guest, "isNull", STEP - 1)).isEqualTo(1);
            assertThat(call(guest, "isNull", ENTRIES - 2)).isEqualTo(1);
            assertTraps(Trap.Kind.INTERRUPTED, guest, "copy", 1, 0, ENTRIES - 1);
            assertThat(call(guest, "isNull", ENTRIES - 1)).isEqualTo(1);
            assertThat(call(guest, "isNull", STEP - 1)).isEqualTo(1);
            assertTraps(Trap.Kind.INTERRUPTED, guest, "grow", 0);
            assertThat(call(guest, "size")).isEqualTo(ENTRIES);
        }
    }

    @Test
    void large_ranges_of_a_table_that_overlap_are_copied_as_if_at_once() {
        List<Integer> functions = List.of(0, 3, STEP - 1, STEP, 34_000, MOVED_ENTRIES - 1);
        try (CoreInstance guest = table()) {
            for (int distance : new int[] {1, 5_000, STEP, 29_000}) {
                functions.forEach(entry -> call(guest, "fill", entry, ENTRIES - 1, 1));
                call(guest, "copy", distance, 0, MOVED_ENTRIES);
                assertThat(functionsFrom(guest, distance)).isEqualTo(functions);
                call(guest, "copy", 0, distance, MOVED_ENTRIES);
                assertThat(functionsFrom(guest, 0)).isEqualTo(functions);
                call(guest, "fill", 0, ENTRIES - 2, ENTRIES - 2);
                assertThat(functionsFrom(guest, 0)).isEmpty();
            }
        }
    }

    private static List<Integer> functionsFrom(CoreInstance guest, int first) {
        return IntStream.range(0, MOVED_ENTRIES)
                .filter(entry -> call(guest, "isNull", first + entry).equals(0))
                .boxed()
                .toList();
    }

    @Test
    void large_ranges_that_overlap_are_copied_as_if_at_once() {
        long seed = Gen.seed();
        var random = new SplittableRandom(seed);
        byte[] expected = new byte[SIZE];
        random.nextBytes(expected);
        try (CoreInstance guest = guest()) {
            memory(guest).write(0, expected, 0, SIZE);
            for (int distance : new int[] {1, -1, 5000, -5000, MOVED / 2, -MOVED / 2, MOVED, -MOVED}) {
                int length = MOVED + random.nextInt(1000);
                int from = MOVED / 2 + random.nextInt(1000) + Math.max(0, -distance);
                call(guest, "copy", from + distance, from, length);
                System.arraycopy(expected, from, expected, from + distance, length);
                assertThat(Arrays.mismatch(memory(guest).read(0, SIZE), expected))
                        .as("seed %d, distance %d", seed, distance)
                        .isEqualTo(-1);
            }
        }
    }
}
