package dev.wattle.host.engine;

import static dev.wattle.host.engine.Wasm.NO_MAXIMUM;
import static dev.wattle.host.engine.Wasm.i32;
import static dev.wattle.host.engine.Wasm.localGet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What was closed is of no use any more, and of no harm: whoever holds on to a part of it gets a trap, never what
/// belongs to the next instance.
public abstract class EngineClosingContract extends EngineContract {
    private static final int PAGE = 65536;
    private static final int PLACE = 64;
    private static final int[] THREE = {Wasm.I32, Wasm.I32, Wasm.I32};
    private static final CoreType.Function NULLARY = new CoreType.Function(List.of(), List.of());
    private static final MethodHandle RUN = run();

    /// Whether it takes tables from closed instances. An engine that never gives a table to another instance may leave
    /// them.
    protected boolean takesTables() {
        return true;
    }

    private static MethodHandle run() {
        try {
            return MethodHandles.lookup().findVirtual(Runnable.class, "run", MethodType.methodType(void.class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    /// `storeAll` stores its argument all over the first page, and calls the host after a half.
    private static Wasm guest() {
        var module = new Wasm();
        int nullary = module.type(NONE, NONE);
        int host = module.importFunction("host", "h", nullary);
        int number = module.function(module.type(NONE, I32), i32(4711));
        module.memory(1, NO_MAXIMUM).exportMemory("memory").table(4, NO_MAXIMUM).exportTable("table");
        module.elements(1, number).passiveData(new byte[] {1, 2, 3}).passiveElements(number);
        module.exported("load", I32, I32, localGet(0), Wasm.access(0x28, 0))
                .exported("store", I32, NONE, localGet(0), i32(-1), Wasm.access(0x36, 0))
                .exported("fill", I32, NONE, localGet(0), i32(-1), i32(8), Wasm.memoryFill())
                .exported("copy", I32, NONE, localGet(0), i32(0), i32(8), Wasm.memoryCopy())
                .exported("init", I32, NONE, localGet(0), i32(0), i32(3), Wasm.memoryInit(0))
                .exported("size", NONE, I32, Wasm.memorySize())
                .exported("grow", I32, I32, localGet(0), Wasm.memoryGrow())
                .exported("call", I32, I32, localGet(0), Wasm.callIndirect(module.type(NONE, I32)))
                .exported("set", I32, NONE, localGet(0), Wasm.refNullFunction(), Wasm.tableSet())
                .exported("initTable", I32, NONE, localGet(0), i32(0), i32(1), 0xFC, 12, 1, 0)
                .exported("tableSize", NONE, I32, Wasm.tableSize())
                .exported("growTable", I32, I32, Wasm.refNullFunction(), localGet(0), Wasm.tableGrow());
        byte[] half = Wasm.code(localGet(0), i32(PAGE / 2), 0x46, 0x04, Wasm.VOID, Wasm.call(host), Wasm.END);
        return module.exported(
                "storeAll",
                THREE,
                NONE,
                Wasm.loop(Wasm.VOID),
                Wasm.code(localGet(0), localGet(1), Wasm.access(0x36, 0), half),
                Wasm.code(localGet(0), i32(4), 0x6A, Wasm.localSet(0), localGet(0), localGet(2), 0x49),
                Wasm.branchIf(0),
                Wasm.END);
    }

    private CoreModule module(boolean wired) {
        CoreModule module = engine().compile(guest().build());
        return wired ? module.wire(List.of(new Wire.Host(NULLARY, RUN))) : module;
    }

    private static CoreInstance instance(CoreModule module, Runnable host) {
        return module.instantiate(
                List.of(CoreExtern.hostFunction(NULLARY, RUN, host)), CoreLimits.DEFAULTS, new GuestControl());
    }

    @ParameterizedTest
    @CsvSource({
        "load, MEMORY_OUT_OF_BOUNDS",
        "store, MEMORY_OUT_OF_BOUNDS",
        "fill, MEMORY_OUT_OF_BOUNDS",
        "copy, MEMORY_OUT_OF_BOUNDS",
        "init, MEMORY_OUT_OF_BOUNDS",
        "call, UNDEFINED_ELEMENT",
        "set, TABLE_OUT_OF_BOUNDS",
        "initTable, TABLE_OUT_OF_BOUNDS"
    })
    void a_function_of_a_closed_instance_traps_where_it_needs_what_is_gone(String function, Trap.Kind kind) {
        if (kind != Trap.Kind.MEMORY_OUT_OF_BOUNDS && !takesTables()) {
            return;
        }
        CoreModule module = module(false);
        CoreInstance closed = instance(module, () -> {});
        MethodHandle before = function(closed, function);
        closed.close();
        try (CoreInstance next = instance(module, () -> {})) {
            memory(next).writeInt(1, 42);
            assertThatThrownBy(() -> before.invokeWithArguments(1))
                    .isInstanceOfSatisfying(
                            Trap.class, trap -> assertThat(trap.kind()).isEqualTo(kind));
            assertTraps(kind, closed, function, 1);
            assertThat(memory(next).readInt(1)).isEqualTo(42);
            assertThat(call(next, "call", 1)).isEqualTo(4711);
        }
    }

    @Test
    void a_closed_instance_has_nothing_and_gets_nothing() {
        CoreInstance closed = instance(module(false), () -> {});
        GuestMemory memory = memory(closed);
        closed.close();
        assertThat(call(closed, "size")).isEqualTo(0);
        assertThat(call(closed, "grow", 1)).isEqualTo(-1);
        if (takesTables()) {
            assertThat(call(closed, "tableSize")).isEqualTo(0);
            assertThat(call(closed, "growTable", 1)).isEqualTo(-1);
        }
        assertThat(memory.sizeBytes()).isZero();
        assertThat(memory(closed).sizeBytes()).isZero();
        assertThat(memory.read(0, 0)).isEmpty();
    }

    @Test
    void whatever_the_host_does_with_the_memory_of_a_closed_instance_traps() {
        CoreModule module = module(false);
        CoreInstance closed = instance(module, () -> {});
        GuestMemory memory = memory(closed);
        closed.close();
        byte[] bytes = new byte[4];
        List<Runnable> accesses = List.of(
                () -> memory.readByte(0),
                () -> memory.readShort(0),
                () -> memory.readInt(0),
                () -> memory.readLong(0),
                () -> memory.writeByte(0, (byte) 1),
                () -> memory.writeShort(0, (short) 1),
                () -> memory.writeInt(0, 1),
                () -> memory.writeLong(0, 1),
                () -> memory.read(0, 1),
                () -> memory.write(0, bytes, 0, 4));
        try (CoreInstance next = instance(module, () -> {})) {
            assertThat(accesses)
                    .allSatisfy(access -> assertThatThrownBy(access::run)
                            .isInstanceOfSatisfying(
                                    Trap.class,
                                    trap -> assertThat(trap.kind()).isEqualTo(Trap.Kind.MEMORY_OUT_OF_BOUNDS)));
            assertThat(memory(next).readLong(0)).isZero();
        }
    }

    @Test
    void what_a_closed_instance_had_cannot_be_imported() {
        CoreInstance closed = instance(module(false), () -> {});
        CoreExtern memory = closed.export("memory");
        CoreExtern table = closed.export("table");
        closed.close();
        var wantsMemory = new Wasm().importMemory("env", "memory", 1, NO_MAXIMUM);
        var wantsTable = new Wasm().importTable("env", "table", 4, NO_MAXIMUM);
        assertThatThrownBy(() -> instance(wantsMemory, memory)).isInstanceOf(LinkException.class);
        if (takesTables()) {
            assertThatThrownBy(() -> instance(wantsTable, table)).isInstanceOf(LinkException.class);
        }
    }

    /// The host closes an instance that is on the stack, and the next one gets its memory: the loop that goes on
    /// must not store there.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void an_instance_that_its_own_host_function_closes_stores_nothing_any_more(boolean wired) {
        CoreModule module = module(wired);
        var closing = new ArrayList<CoreInstance>();
        var next = new ArrayList<CoreInstance>();
        for (int round = 0; round < 50; round++) {
            CoreInstance running = instance(module, () -> {
                Objects.requireNonNull(closing.removeLast()).close();
                next.add(instance(module, () -> {}));
            });
            closing.add(running);
            assertTraps(Trap.Kind.MEMORY_OUT_OF_BOUNDS, running, "storeAll", PLACE, -1, PAGE);
            try (CoreInstance innocent = next.removeLast()) {
                assertThat(memory(innocent).read(0, PAGE)).isEqualTo(new byte[PAGE]);
            }
            running.close();
        }
    }
}
