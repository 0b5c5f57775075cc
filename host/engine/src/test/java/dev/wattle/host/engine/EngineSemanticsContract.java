package dev.wattle.host.engine;

import static dev.wattle.host.engine.Wasm.NO_MAXIMUM;
import static dev.wattle.host.engine.Wasm.i32;
import static dev.wattle.host.engine.Wasm.localGet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.invoke.MethodType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a module computes, and how it traps.
public abstract class EngineSemanticsContract extends EngineContract {
    private static Wasm binary(int opcode, int type) {
        int[] two = {type, type};
        return new Wasm().exported("run", two, new int[] {type}, localGet(0), localGet(1), opcode);
    }

    @ParameterizedTest
    @CsvSource({
        "0x6D, 7, -2, -3",
        "0x6E, -1, 2, 2147483647",
        "0x6F, 7, -2, 1",
        "0x70, -1, 10, 5",
        "0x6F, -2147483648, -1, 0"
    })
    void division_is_exact(int opcode, int left, int right, int result) {
        assertThat(call(instance(binary(opcode, Wasm.I32)), "run", left, right)).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource({"0x6D", "0x6E", "0x6F", "0x70"})
    void division_by_zero_traps(int opcode) {
        assertTraps(Trap.Kind.INTEGER_DIVIDE_BY_ZERO, instance(binary(opcode, Wasm.I32)), "run", 1, 0);
        assertTraps(Trap.Kind.INTEGER_DIVIDE_BY_ZERO, instance(binary(opcode + 0x12, Wasm.I64)), "run", 1L, 0L);
    }

    @Test
    void the_quotient_that_does_not_fit_traps() {
        assertTraps(Trap.Kind.INTEGER_OVERFLOW, instance(binary(0x6D, Wasm.I32)), "run", Integer.MIN_VALUE, -1);
        assertTraps(Trap.Kind.INTEGER_OVERFLOW, instance(binary(0x7F, Wasm.I64)), "run", Long.MIN_VALUE, -1L);
    }

    @Test
    void conversions_that_do_not_fit_trap() {
        var module = new Wasm().exported("run", new int[] {Wasm.F64}, I32, localGet(0), 0xAA);
        assertThat(call(instance(module), "run", -2147483648.9)).isEqualTo(Integer.MIN_VALUE);
        assertTraps(Trap.Kind.INVALID_CONVERSION, instance(module), "run", Double.NaN);
        assertTraps(Trap.Kind.INTEGER_OVERFLOW, instance(module), "run", 2147483648.0);
    }

    @Test
    void unreachable_traps() {
        assertTraps(Trap.Kind.UNREACHABLE, instance(new Wasm().exported("run", NONE, NONE, Wasm.UNREACHABLE)), "run");
    }

    @Test
    void handles_have_exact_types() {
        int[] all = {Wasm.I32, Wasm.I64, Wasm.F32, Wasm.F64};
        var module = new Wasm()
                .exported("double", all, new int[] {Wasm.F64}, localGet(3))
                .exported("float", all, new int[] {Wasm.F32}, localGet(2))
                .exported("nothing", all, NONE);
        var instance = instance(module);
        assertThat(function(instance, "double").type())
                .isEqualTo(MethodType.methodType(double.class, int.class, long.class, float.class, double.class));
        assertThat(function(instance, "nothing").type().returnType()).isEqualTo(void.class);
        assertThat(call(instance, "double", 1, 2L, 3f, -0.0)).isEqualTo(-0.0);
        assertThat(call(instance, "float", 1, 2L, 1.5f, 4.0)).isEqualTo(1.5f);
    }

    @Test
    void several_results_are_an_array() {
        int[] all = {Wasm.I32, Wasm.I64, Wasm.F32, Wasm.F64};
        var module = new Wasm()
                .exported(
                        "swap",
                        all,
                        new int[] {Wasm.F64, Wasm.F32, Wasm.I64, Wasm.I32},
                        localGet(3),
                        localGet(2),
                        localGet(1),
                        localGet(0));
        assertThat((Object[]) call(instance(module), "swap", -1, -2L, 1.5f, 2.5))
                .containsExactly(2.5, 1.5f, -2L, -1);
    }

    @Test
    void the_bits_of_a_nan_survive() {
        var module = new Wasm().exported("same", new int[] {Wasm.F32}, new int[] {Wasm.F32}, localGet(0));
        float odd = Float.intBitsToFloat(0x7FC1_2345);
        assertThat(Float.floatToRawIntBits((float) call(instance(module), "same", odd)))
                .isEqualTo(0x7FC1_2345);
    }

    private static Wasm memoryModule(int minimum, int maximum) {
        return new Wasm()
                .memory(minimum, maximum)
                .exportMemory("memory")
                .exported("load", I32, I32, localGet(0), Wasm.access(0x28, 0))
                .exported("load8", I32, I32, localGet(0), Wasm.access(0x2D, 0))
                .exported("load64", I32, I64, localGet(0), Wasm.access(0x29, 0))
                .exported("loadFar", I32, I32, localGet(0), Wasm.access(0x28, 0x7FFF_FFF0))
                .exported("loadVeryFar", I32, I32, localGet(0), Wasm.access(0x28, 0xFFFF_FFF0))
                .exported("store", I32_I32, NONE, localGet(0), localGet(1), Wasm.access(0x36, 0))
                .exported(
                        "fill",
                        new int[] {Wasm.I32, Wasm.I32, Wasm.I32},
                        NONE,
                        localGet(0),
                        localGet(1),
                        localGet(2),
                        Wasm.memoryFill())
                .exported(
                        "copy",
                        new int[] {Wasm.I32, Wasm.I32, Wasm.I32},
                        NONE,
                        localGet(0),
                        localGet(1),
                        localGet(2),
                        Wasm.memoryCopy())
                .exported("size", NONE, I32, Wasm.memorySize())
                .exported("grow", I32, I32, localGet(0), Wasm.memoryGrow());
    }

    @ParameterizedTest
    @CsvSource({
        "load, 65533",
        "load, -1",
        "load, -4",
        "load, 2147483647",
        "load8, 65536",
        "load64, 65529",
        "loadFar, 0",
        "loadFar, 2147483647",
        "loadVeryFar, 16",
        "loadVeryFar, 0",
        "loadVeryFar, 2147483647",
        "loadVeryFar, -1"
    })
    void an_access_outside_traps(String function, int address) {
        assertTraps(Trap.Kind.MEMORY_OUT_OF_BOUNDS, instance(memoryModule(1, 1)), function, address);
    }

    @Test
    void the_last_bytes_are_reachable() {
        var instance = instance(memoryModule(1, 1));
        call(instance, "store", 65532, 0x01020304);
        assertThat(call(instance, "load", 65532)).isEqualTo(0x01020304);
        assertThat(call(instance, "load8", 65535)).isEqualTo(1);
        assertThat(call(instance, "load64", 65528)).isEqualTo(0x0102030400000000L);
    }

    @ParameterizedTest
    @CsvSource({
        "fill, 65535, 7, 2", "fill, 65537, 7, 0", "fill, 1, 7, -1", "fill, -1, 7, 1", "fill, -1, 7, 2",
        "copy, 0, 65535, 2", "copy, 65535, 0, 2", "copy, 1, 1, -1", "copy, 65537, 0, 0", "copy, -1, 0, 1"
    })
    void a_bulk_operation_outside_traps_and_writes_nothing(String function, int first, int second, int third) {
        var instance = instance(memoryModule(1, 1));
        assertTraps(Trap.Kind.MEMORY_OUT_OF_BOUNDS, instance, function, first, second, third);
        assertThat(memory(instance).read(0, 65536)).containsOnly(0);
    }

    @Test
    void overlapping_copies_copy_as_if_through_a_buffer() {
        var instance = instance(memoryModule(1, 1).data(0, new byte[] {1, 2, 3, 4}));
        call(instance, "copy", 1, 0, 4);
        assertThat(memory(instance).read(0, 6)).containsExactly(1, 1, 2, 3, 4, 0);
        call(instance, "copy", 0, 1, 4);
        assertThat(memory(instance).read(0, 6)).containsExactly(1, 2, 3, 4, 4, 0);
        call(instance, "fill", 65536, 1, 0);
    }

    @Test
    void memory_grows_to_its_maximum_and_new_pages_are_zero() {
        var instance = instance(memoryModule(1, 3));
        GuestMemory bytes = memory(instance);
        call(instance, "store", 65532, -1);
        assertThat(call(instance, "grow", 2)).isEqualTo(1);
        assertThat(call(instance, "size")).isEqualTo(3);
        assertThat(bytes.sizeBytes()).isEqualTo(3 * 65536);
        assertThat(call(instance, "load", 65532)).isEqualTo(-1);
        assertThat(bytes.read(65536, 2 * 65536)).containsOnly(0);
        assertThat(call(instance, "grow", 1)).isEqualTo(-1);
        assertThat(call(instance, "grow", -1)).isEqualTo(-1);
        assertThat(call(instance, "grow", 0)).isEqualTo(3);
    }

    @Test
    void memory_grows_page_by_page_to_the_limit_of_the_host() {
        var instance = instance(memoryModule(1, NO_MAXIMUM), new CoreLimits(100 * 65536 + 5, 10));
        for (int pages = 1; pages < 100; pages++) {
            call(instance, "store", pages * 65536 - 4, pages);
            assertThat(call(instance, "grow", 1)).isEqualTo(pages);
        }
        assertThat(call(instance, "grow", 1)).isEqualTo(-1);
        for (int pages = 1; pages < 100; pages++) {
            assertThat(call(instance, "load", pages * 65536 - 4)).isEqualTo(pages);
        }
    }

    @Test
    void a_memory_or_table_above_the_limit_refuses_the_instance() {
        var small = new CoreLimits(65536, 3);
        assertThatThrownBy(() -> instance(memoryModule(2, NO_MAXIMUM), small))
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.kind()).isEqualTo(Trap.Kind.LIMIT));
        assertThatThrownBy(() -> instance(new Wasm().table(4, NO_MAXIMUM), small))
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.kind()).isEqualTo(Trap.Kind.LIMIT));
    }

    @Test
    void the_host_reads_and_writes_little_endian_and_within_bounds() {
        var instance = instance(memoryModule(1, 1));
        GuestMemory bytes = memory(instance);
        bytes.writeLong(8, 0x0807060504030201L);
        assertThat(bytes.read(8, 8)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(bytes.readShort(9)).isEqualTo((short) 0x0302);
        bytes.write(65534, new byte[] {9, 8, 7}, 1, 2);
        assertThat(call(instance, "load8", 65534)).isEqualTo(8);
        List<Runnable> outside = List.of(
                () -> bytes.readInt(65533),
                () -> bytes.readByte(0xFFFF_FFFFL),
                () -> bytes.writeLong(-1, 0),
                () -> bytes.read(1L << 40, 0),
                () -> bytes.read(65536, Integer.MAX_VALUE),
                () -> bytes.read(0, -1),
                () -> bytes.write(65535, new byte[2], 0, 2));
        assertThat(outside)
                .allSatisfy(access -> assertThatThrownBy(access::run)
                        .isInstanceOfSatisfying(
                                Trap.class, trap -> assertThat(trap.kind()).isEqualTo(Trap.Kind.MEMORY_OUT_OF_BOUNDS)));
    }

    private static Wasm tableModule() {
        var module = new Wasm().table(4, 6);
        int number = module.type(NONE, I32);
        int other = module.type(I32, I32);
        int seven = module.function(number, i32(7));
        int same = module.function(other, localGet(0));
        return module.elements(0, seven, same)
                .exported("call", I32, I32, localGet(0), Wasm.callIndirect(number))
                .exported("grow", I32, I32, Wasm.refNullFunction(), localGet(0), Wasm.tableGrow())
                .exported("size", NONE, I32, Wasm.tableSize());
    }

    @Test
    void a_call_through_a_table_checks_the_element() {
        var instance = instance(tableModule());
        assertThat(call(instance, "call", 0)).isEqualTo(7);
        assertTraps(Trap.Kind.INDIRECT_CALL_TYPE_MISMATCH, instance, "call", 1);
        assertTraps(Trap.Kind.UNINITIALIZED_ELEMENT, instance, "call", 2);
        assertTraps(Trap.Kind.UNDEFINED_ELEMENT, instance, "call", 4);
        assertTraps(Trap.Kind.UNDEFINED_ELEMENT, instance, "call", -1);
    }

    @Test
    void a_table_grows_to_its_maximum() {
        var instance = instance(tableModule());
        assertThat(call(instance, "grow", Integer.MAX_VALUE)).isEqualTo(-1);
        assertThat(call(instance, "grow", -1)).isEqualTo(-1);
        assertThat(call(instance, "grow", 2)).isEqualTo(4);
        assertThat(call(instance, "size")).isEqualTo(6);
        assertThat(call(instance, "grow", 1)).isEqualTo(-1);
        assertTraps(Trap.Kind.UNINITIALIZED_ELEMENT, instance, "call", 5);
    }

    @Test
    void globals_keep_their_values() {
        var module = new Wasm()
                .global(Wasm.I64, true, Wasm.i64(-5))
                .exported("swap", I64, I64, Wasm.globalGet(0), localGet(0), Wasm.globalSet(0));
        var instance = instance(module);
        assertThat(call(instance, "swap", 9L)).isEqualTo(-5L);
        assertThat(call(instance, "swap", 0L)).isEqualTo(9L);
    }

    @Test
    void a_start_function_runs_and_its_trap_refuses_the_instance() {
        var module = new Wasm().memory(1, 1).exportMemory("memory");
        int good = module.function(module.type(NONE, NONE), i32(0), i32(77), Wasm.access(0x36, 0));
        assertThat(memory(instance(module.start(good))).readInt(0)).isEqualTo(77);
        var bad = new Wasm();
        bad.start(bad.function(bad.type(NONE, NONE), Wasm.UNREACHABLE));
        assertThatThrownBy(() -> instance(bad))
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.kind()).isEqualTo(Trap.Kind.UNREACHABLE));
        var dividing = new Wasm();
        dividing.start(dividing.function(dividing.type(NONE, NONE), i32(1), i32(0), 0x6D, Wasm.DROP));
        assertThatThrownBy(() -> instance(dividing))
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.kind()).isEqualTo(Trap.Kind.INTEGER_DIVIDE_BY_ZERO));
    }

    @Test
    void an_export_named_start_is_not_run() {
        instance(new Wasm().exported("_start", NONE, NONE, Wasm.UNREACHABLE));
    }

    @Test
    void segments_that_do_not_fit_refuse_the_instance() {
        assertThatThrownBy(() -> instance(new Wasm().memory(1, 1).data(65535, new byte[2])))
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.kind()).isEqualTo(Trap.Kind.MEMORY_OUT_OF_BOUNDS));
        var module = new Wasm().table(1, 1);
        int function = module.function(module.type(NONE, NONE));
        assertThatThrownBy(() -> instance(module.elements(1, function)))
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.kind()).isEqualTo(Trap.Kind.TABLE_OUT_OF_BOUNDS));
    }

    @Test
    void passive_segments_can_be_used_until_they_are_dropped_and_active_ones_never() {
        var module = new Wasm()
                .memory(1, 1)
                .exportMemory("memory")
                .passiveData(new byte[] {1, 2, 3})
                .data(100, new byte[] {9})
                .exported("init", NONE, NONE, i32(8), i32(1), i32(2), Wasm.memoryInit(0))
                .exported("tooMuch", NONE, NONE, i32(8), i32(1), i32(3), Wasm.memoryInit(0))
                .exported("active", NONE, NONE, i32(8), i32(0), i32(1), Wasm.memoryInit(1))
                .exported("drop", NONE, NONE, Wasm.dataDrop(0));
        var instance = instance(module);
        call(instance, "init");
        assertThat(memory(instance).read(8, 3)).containsExactly(2, 3, 0);
        assertTraps(Trap.Kind.MEMORY_OUT_OF_BOUNDS, instance, "tooMuch");
        assertTraps(Trap.Kind.MEMORY_OUT_OF_BOUNDS, instance, "active");
        call(instance, "drop");
        assertTraps(Trap.Kind.MEMORY_OUT_OF_BOUNDS, instance, "init");
        call(instance(module), "init");
    }
}
