package dev.wattle.host.engine;

import static dev.wattle.host.engine.Wasm.NO_MAXIMUM;
import static dev.wattle.host.engine.Wasm.i32;
import static dev.wattle.host.engine.Wasm.localGet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Nothing of one instance is seen by the next, although engines pool what instances are made of.
public abstract class EngineIsolationContract extends EngineContract {
    private static final int PAGE = 65536;
    private static final int STORES = 400;

    /// Stores of every width, bulk operations, growth, a table and a global: all that can leave a trace.
    private static Wasm writer(int pages) {
        int[] three = {Wasm.I32, Wasm.I32, Wasm.I32};
        var module = new Wasm();
        int nullary = module.type(NONE, NONE);
        int nothing = module.function(nullary);
        return module.memory(pages, NO_MAXIMUM)
                .exportMemory("memory")
                .table(4, NO_MAXIMUM)
                .global(Wasm.I32, true, i32(7))
                .elements(1, nothing)
                .data(100, new byte[] {1, 2, 3})
                .passiveData(new byte[] {4, 5, 6, 7})
                .exported("store8", I32_I32, NONE, localGet(0), localGet(1), Wasm.access(0x3A, 0))
                .exported("store16", I32_I32, NONE, localGet(0), localGet(1), Wasm.access(0x3B, 0))
                .exported("store32", I32_I32, NONE, localGet(0), localGet(1), Wasm.access(0x36, 0))
                .exported("store64", I32_I32, NONE, localGet(0), localGet(1), 0xAC, Wasm.access(0x37, 0))
                .exported("storeF32", I32_I32, NONE, localGet(0), localGet(1), 0xB2, Wasm.access(0x38, 0))
                .exported("storeF64", I32_I32, NONE, localGet(0), localGet(1), 0xB7, Wasm.access(0x39, 0))
                .exported("fill", three, NONE, localGet(0), localGet(1), localGet(2), Wasm.memoryFill())
                .exported("copy", three, NONE, localGet(0), localGet(1), localGet(2), Wasm.memoryCopy())
                .exported("init", I32, NONE, localGet(0), i32(0), i32(4), Wasm.memoryInit(1))
                .exported("drop", NONE, NONE, Wasm.dataDrop(1))
                .exported("grow", I32, I32, localGet(0), Wasm.memoryGrow())
                .exported("size", NONE, I32, Wasm.memorySize())
                .exported("growTable", I32, I32, Wasm.refNullFunction(), localGet(0), Wasm.tableGrow())
                .exported("tableSize", NONE, I32, Wasm.tableSize())
                .exported("call", I32, NONE, localGet(0), Wasm.callIndirect(nullary))
                .exported("global", NONE, I32, Wasm.globalGet(0))
                .exported("setGlobal", I32, NONE, localGet(0), Wasm.globalSet(0));
    }

    private void scribble(CoreInstance instance, SplittableRandom random) {
        List<String> stores = List.of("store8", "store16", "store32", "store64", "storeF32", "storeF64");
        for (int i = 0; i < STORES; i++) {
            int size = (int) memory(instance).sizeBytes();
            int address = random.nextInt(size - 8);
            int length = random.nextInt(size - address);
            switch (random.nextInt(10)) {
                case 0 -> call(instance, "fill", address, random.nextInt(256), length);
                case 1 -> call(instance, "copy", address, random.nextInt(size - length), length);
                case 2 -> call(instance, "init", address);
                case 3 -> memory(instance).writeLong(address, random.nextLong());
                case 4 -> call(instance, "grow", random.nextInt(2));
                default -> call(instance, stores.get(random.nextInt(stores.size())), address, random.nextInt());
            }
        }
        call(instance, "store8", (int) memory(instance).sizeBytes() - 1, 1);
        call(instance, "drop");
        call(instance, "growTable", 3);
        call(instance, "setGlobal", 99);
    }

    /// Without boxing a million bytes.
    private static void assertSame(byte[] found, byte[] expected) {
        assertThat(Arrays.mismatch(found, expected))
                .as("the first byte that differs")
                .isEqualTo(-1);
    }

    private void assertFresh(CoreInstance instance, int pages) {
        byte[] expected = new byte[pages * PAGE];
        expected[100] = 1;
        expected[101] = 2;
        expected[102] = 3;
        assertSame(memory(instance).read(0, (int) memory(instance).sizeBytes()), expected);
        assertThat(call(instance, "tableSize")).isEqualTo(4);
        assertThat(call(instance, "global")).isEqualTo(7);
        call(instance, "call", 1);
        assertTraps(Trap.Kind.UNINITIALIZED_ELEMENT, instance, "call", 0);
        assertTraps(Trap.Kind.UNDEFINED_ELEMENT, instance, "call", 4);
        assertThat(call(instance, "grow", 20)).isEqualTo(pages);
        assertSame(memory(instance).read((long) pages * PAGE, 20 * PAGE), new byte[20 * PAGE]);
        call(instance, "init", 0);
        assertThat(memory(instance).read(0, 4)).containsExactly(4, 5, 6, 7);
    }

    @Test
    void what_an_importer_stored_below_all_that_the_owner_stored_is_gone() {
        var owner = new Wasm()
                .memory(2, NO_MAXIMUM)
                .exportMemory("memory")
                .data(PAGE, new byte[] {1})
                .exported("grow", I32, I32, localGet(0), Wasm.memoryGrow());
        var importer = new Wasm()
                .importMemory("env", "memory", 2, NO_MAXIMUM)
                .exported("store8", I32_I32, NONE, localGet(0), localGet(1), Wasm.access(0x3A, 0));
        for (int growth = 0; growth < 3; growth++) {
            try (CoreInstance first = instance(owner)) {
                call(instance(importer, first.export("memory")), "store8", 8, 42);
                call(first, "grow", growth);
                assertThat(memory(first).readByte(8)).isEqualTo((byte) 42);
            }
            try (CoreInstance next = instance(owner)) {
                assertThat(memory(next).readByte(8)).isZero();
                assertThat(memory(next).readByte(PAGE)).isEqualTo((byte) 1);
                assertThat(call(next, "grow", growth)).isEqualTo(2);
                assertThat(memory(next).readByte(8)).isZero();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4711})
    void whatever_a_guest_wrote_the_next_instance_is_fresh(long seed) {
        var random = new SplittableRandom(seed);
        for (int round = 0; round < 6; round++) {
            int pages = 1 + random.nextInt(3);
            CoreModule module = engine().compile(writer(pages).build());
            for (int instances = 0; instances < 3; instances++) {
                CoreInstance dirty = module.instantiate(List.of(), CoreLimits.DEFAULTS, new GuestControl());
                scribble(dirty, random);
                dirty.close();
                try (CoreInstance next = module.instantiate(List.of(), CoreLimits.DEFAULTS, new GuestControl())) {
                    assertThat(next).as("seed %d, round %d", seed, round).isNotNull();
                    assertFresh(next, pages);
                }
            }
        }
    }

    @Test
    void instances_that_live_together_share_nothing() {
        CoreModule module = engine().compile(writer(1).build());
        CoreInstance first = module.instantiate(List.of(), CoreLimits.DEFAULTS, new GuestControl());
        CoreInstance second = module.instantiate(List.of(), CoreLimits.DEFAULTS, new GuestControl());
        scribble(first, new SplittableRandom(5));
        assertFresh(second, 1);
    }

    @Test
    void a_table_that_one_tenant_grew_is_not_grown_for_the_next() {
        CoreModule module = engine().compile(writer(1).build());
        CoreInstance first = module.instantiate(List.of(), CoreLimits.DEFAULTS, new GuestControl());
        call(first, "growTable", 1000);
        CoreInstance second = module.instantiate(List.of(), CoreLimits.DEFAULTS, new GuestControl());
        assertThat(call(second, "tableSize")).isEqualTo(4);
        assertThat(module.exports()).isNotEmpty();
    }

    @Test
    void a_dropped_segment_is_there_for_the_next() {
        CoreModule module = engine().compile(writer(1).build());
        CoreInstance first = module.instantiate(List.of(), CoreLimits.DEFAULTS, new GuestControl());
        call(first, "drop");
        CoreInstance second = module.instantiate(List.of(), CoreLimits.DEFAULTS, new GuestControl());
        call(second, "init", 0);
        assertThat(memory(second).read(0, 4)).containsExactly(4, 5, 6, 7);
    }

    @Test
    void a_closed_instance_sees_nothing_of_the_next() {
        CoreModule module = engine().compile(writer(1).build());
        CoreInstance closed = module.instantiate(List.of(), CoreLimits.DEFAULTS, sandbox);
        CoreInstance user = instance(
                new Wasm()
                        .importMemory("env", "memory", 1, NO_MAXIMUM)
                        .exported("load", I32, I32, localGet(0), Wasm.access(0x28, 0)),
                closed.export("memory"));
        GuestMemory stale = memory(closed);
        closed.close();
        closed.close();
        module.instantiate(List.of(), CoreLimits.DEFAULTS, new GuestControl());
        assertThatThrownBy(() -> stale.readByte(100)).isInstanceOf(Trap.class);
        assertThatThrownBy(() -> stale.writeByte(100, (byte) 1)).isInstanceOf(Trap.class);
        assertTraps(Trap.Kind.MEMORY_OUT_OF_BOUNDS, closed, "store8", 100, 1);
        assertTraps(Trap.Kind.MEMORY_OUT_OF_BOUNDS, user, "load", 100);
        assertThat(call(closed, "grow", 1)).isEqualTo(-1);
    }

    @Test
    void a_refused_instance_leaves_nothing_to_the_next() {
        var refused = new Wasm().memory(1, 1);
        int start = refused.function(
                refused.type(NONE, NONE), i32(0), i32(255), i32(PAGE), Wasm.memoryFill(), Wasm.UNREACHABLE);
        CoreModule trapping = engine().compile(refused.start(start).build());
        CoreModule module = engine().compile(writer(1).build());
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> trapping.instantiate(List.of(), CoreLimits.DEFAULTS, new GuestControl()))
                    .isInstanceOf(Trap.class);
            assertFresh(module.instantiate(List.of(), CoreLimits.DEFAULTS, new GuestControl()), 1);
        }
    }
}
