package dev.wattle.host.engine;

import static dev.wattle.host.engine.Wasm.NO_MAXIMUM;
import static dev.wattle.host.engine.Wasm.i32;
import static dev.wattle.host.engine.Wasm.localGet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What came after the first version of WebAssembly, above all across instances; and whose fault a failure is.
public abstract class EngineFeaturesContract extends EngineContract {
    private static final int LOAD = 0x28;
    private static final int STORE = 0x36;
    private static final int DEEP = 1_000_000;

    @Test
    void several_memories_do_not_touch_each_other() {
        var module = new Wasm()
                .memory(1, NO_MAXIMUM)
                .memory(1, NO_MAXIMUM)
                .exportMemory("memory", 0)
                .exportMemory("second", 1)
                .exported("store", I32_I32, NONE, localGet(0), localGet(1), Wasm.accessOf(1, STORE, 4))
                .exported("load", I32, I32, localGet(0), Wasm.access(LOAD, 4))
                .exported("loadSecond", I32, I32, localGet(0), Wasm.accessOf(1, LOAD, 4))
                .exported("copy", NONE, NONE, i32(0), i32(0), i32(64), Wasm.memoryCopy(0, 1));
        if (refuses(Feature.SEVERAL_MEMORIES, module)) {
            return;
        }
        CoreInstance instance = instance(module);
        call(instance, "store", 8, 4711);
        assertThat(call(instance, "load", 8)).isEqualTo(0);
        assertThat(call(instance, "loadSecond", 8)).isEqualTo(4711);
        call(instance, "copy");
        assertThat(call(instance, "load", 8)).isEqualTo(4711);
        assertThat(memory(instance).readInt(12)).isEqualTo(4711);
        assertTraps(Trap.Kind.MEMORY_OUT_OF_BOUNDS, instance, "store", 65529, 1);
    }

    private static Wasm thrower() {
        var module = new Wasm();
        return module.tag(module.type(I32, NONE))
                .exportTag("tag", 0)
                .exported("throw", I32, NONE, localGet(0), Wasm.throwTag(0));
    }

    /// Catches what `throw` throws by `tag`, imported or its own, and returns the value; -1 when nothing came.
    private static Wasm catcher(boolean importsTag) {
        var module = new Wasm();
        int thrown = module.type(I32, NONE);
        int imported = module.importFunction("thrower", "throw", thrown);
        if (importsTag) {
            module.importTag("thrower", "tag", thrown);
        } else {
            module.tag(thrown);
        }
        return module.exported(
                "catch",
                I32,
                I32,
                Wasm.block(Wasm.I32),
                Wasm.tryCatch(Wasm.VOID, 0, 0),
                localGet(0),
                Wasm.call(imported),
                Wasm.END,
                i32(-1),
                Wasm.END);
    }

    @Test
    void an_exception_is_caught_in_another_instance_by_its_tag_alone() {
        boolean refused = refuses(Feature.TAGS_ACROSS_INSTANCES, thrower());
        if (refused) {
            assertThat(refuses(Feature.TAGS_ACROSS_INSTANCES, catcher(true))).isTrue();
            return;
        }
        CoreInstance thrower = instance(thrower());
        CoreInstance catcher = instance(catcher(true), thrower.export("throw"), thrower.export("tag"));
        CoreInstance stranger = instance(catcher(false), thrower.export("throw"));
        assertThat(call(catcher, "catch", 42)).isEqualTo(42);
        assertTraps(Trap.Kind.UNCAUGHT_EXCEPTION, stranger, "catch", 42);
        assertTraps(Trap.Kind.UNCAUGHT_EXCEPTION, thrower, "throw", 1);
        // A second instance of the same module has another tag.
        CoreInstance other = instance(thrower());
        CoreInstance confused = instance(catcher(true), other.export("throw"), thrower.export("tag"));
        assertTraps(Trap.Kind.UNCAUGHT_EXCEPTION, confused, "catch", 42);
    }

    @Test
    void a_trap_is_not_an_exception() {
        var module = new Wasm();
        module.tag(module.type(NONE, NONE));
        int unreachable = module.function(module.type(NONE, NONE), Wasm.UNREACHABLE);
        // catch_all
        module.exported(
                "run",
                NONE,
                NONE,
                Wasm.block(Wasm.VOID),
                Wasm.code(0x1F, Wasm.VOID, 1, 2, 0),
                Wasm.call(unreachable),
                Wasm.END,
                Wasm.END);
        assertTraps(Trap.Kind.UNREACHABLE, instance(module), "run");
    }

    @Test
    void tail_calls_need_no_stack() {
        var module = new Wasm();
        int unary = module.type(I32, I32);
        Object[] down = {localGet(0), 0x45, 0x04, Wasm.VOID, i32(7), 0x0F, Wasm.END, localGet(0), i32(1), 0x6B};
        module.exportFunction("itself", module.function(unary, Wasm.code(down), Wasm.returnCall(0)));
        module.exportFunction("even", module.function(unary, Wasm.code(down), Wasm.returnCall(2)));
        module.exportFunction("odd", module.function(unary, Wasm.code(down), Wasm.returnCall(1)));
        module.table(1, 1).elements(0, 3);
        module.exportFunction(
                "indirect", module.function(unary, Wasm.code(down), i32(0), Wasm.returnCallIndirect(unary)));
        CoreInstance instance = instance(module);
        for (String function : List.of("itself", "even", "odd", "indirect")) {
            assertThat(call(instance, function, DEEP)).as(function).isEqualTo(7);
        }
    }

    /// Its function `get` returns the instance's own number; `ref`, if wanted, a reference to that function.
    private static Wasm numbered(int number, boolean references) {
        var module = new Wasm().global(Wasm.I32, true, i32(number)).table(4, NO_MAXIMUM);
        int get = module.function(module.type(NONE, I32), Wasm.globalGet(0));
        int nullary = module.type(NONE, I32);
        module.declare(get).exportFunction("get", get);
        if (references) {
            module.exported("ref", NONE, Wasm.values(Wasm.FUNCREF), Wasm.refFunc(get));
        }
        return module.exportTable("table")
                .exported("grow", NONE, I32, Wasm.refFunc(get), i32(2), Wasm.tableGrow())
                .exported("call", I32, I32, localGet(0), Wasm.callIndirect(nullary));
    }

    /// Imports the table and the function of another; `ref` and `at`, if wanted, return references.
    private static Wasm sharing(boolean references) {
        var module = new Wasm();
        int nullary = module.type(NONE, I32);
        int imported = module.importFunction("other", "get", nullary);
        module.importTable("other", "table", 4, NO_MAXIMUM);
        int own = module.function(nullary, i32(99));
        int[] reference = Wasm.values(Wasm.FUNCREF);
        module.declare(imported, own);
        if (references) {
            module.exported("ref", NONE, reference, Wasm.refFunc(imported))
                    .exported("at", I32, reference, localGet(0), Wasm.tableGet());
        }
        return module.exported("put", I32, NONE, localGet(0), Wasm.refFunc(own), Wasm.tableSet())
                .exported("putImported", I32, NONE, localGet(0), Wasm.refFunc(imported), Wasm.tableSet())
                .exported("size", NONE, I32, Wasm.tableSize())
                .exported("call", I32, I32, localGet(0), Wasm.callIndirect(nullary));
    }

    @Test
    void a_table_is_shared_with_its_functions_and_its_growth() {
        CoreInstance owner = instance(numbered(5, false));
        CoreInstance other = instance(sharing(false), owner.export("get"), owner.export("table"));
        call(other, "put", 1);
        call(other, "putImported", 2);
        assertThat(call(owner, "call", 1)).isEqualTo(99);
        assertThat(call(owner, "call", 2)).isEqualTo(5);
        assertThat(call(other, "call", 2)).isEqualTo(5);
        assertTraps(Trap.Kind.UNINITIALIZED_ELEMENT, owner, "call", 0);
        assertThat(call(owner, "grow")).isEqualTo(4);
        assertThat(call(other, "size")).isEqualTo(6);
        assertThat(call(other, "call", 5)).isEqualTo(5);
        assertTraps(Trap.Kind.TABLE_OUT_OF_BOUNDS, other, "put", 6);
        assertTraps(Trap.Kind.UNDEFINED_ELEMENT, other, "call", 6);
    }

    @Test
    void a_function_is_the_same_reference_wherever_it_is_seen() {
        if (refuses(Feature.REFERENCES_ACROSS_INSTANCES, numbered(5, true))) {
            return;
        }
        CoreInstance owner = instance(numbered(5, true));
        CoreInstance twin = instance(numbered(5, true));
        CoreInstance other = instance(sharing(true), owner.export("get"), owner.export("table"));
        Object reference = call(owner, "ref");
        assertThat(reference).isNotNull().isEqualTo(call(owner, "ref")).isEqualTo(call(other, "ref"));
        assertThat(reference).isNotEqualTo(call(twin, "ref"));
        call(other, "putImported", 3);
        assertThat(call(other, "at", 3)).isEqualTo(reference);
        assertThat(call(other, "at", 0)).isNull();
    }

    /// Calls the function that it is given, and the one in a global that it imports; padded with functions of its own,
    /// so that an index means another function than in the module of the one given.
    private static Wasm taker(boolean global) {
        var module = new Wasm();
        int nullary = module.type(NONE, I32);
        if (global) {
            module.importGlobal("giver", "function", Wasm.FUNCREF, false);
        }
        for (int i = 0; i < 4; i++) {
            int _ = module.function(nullary, i32(-1 - i));
        }
        module.table(1, 1)
                .exported(
                        "take",
                        Wasm.values(Wasm.FUNCREF),
                        I32,
                        i32(0),
                        localGet(0),
                        Wasm.tableSet(),
                        i32(0),
                        Wasm.callIndirect(nullary));
        return global
                ? module.exported(
                        "global",
                        NONE,
                        I32,
                        i32(0),
                        Wasm.globalGet(0),
                        Wasm.tableSet(),
                        i32(0),
                        Wasm.callIndirect(nullary))
                : module;
    }

    @Test
    void a_function_that_is_passed_to_another_instance_is_the_one_that_is_called_there() {
        if (refuses(Feature.REFERENCES_ACROSS_INSTANCES, taker(false))
                && refuses(Feature.REFERENCES_ACROSS_INSTANCES, taker(true))) {
            return;
        }
        var giving = new Wasm();
        int get = giving.function(giving.type(NONE, I32), i32(42));
        giving.declare(get)
                .global(Wasm.FUNCREF, false, Wasm.refFunc(get))
                .exportGlobal("function", 0)
                .exported("ref", NONE, Wasm.values(Wasm.FUNCREF), Wasm.refFunc(get));
        CoreInstance giver = instance(giving);
        assertThat(call(instance(taker(false)), "take", call(giver, "ref"))).isEqualTo(42);
        CoreInstance importing = instance(taker(true), giver.export("function"));
        assertThat(call(importing, "global")).isEqualTo(42);
        assertThat(call(importing, "take", call(giver, "ref"))).isEqualTo(42);
    }

    /// Faults of host code, of the kinds that an engine uses itself for a guest's traps.
    enum Fault {
        NULL_POINTER,
        ARRAY_INDEX,
        DIVISION,
        CAST,
        STACK;

        private static final int[] EMPTY = {};
        private static final String[] NOTHING = new String[1];

        int run(int value) {
            return switch (this) {
                case NULL_POINTER -> NOTHING[0].length();
                case ARRAY_INDEX -> EMPTY[value];
                case DIVISION -> value / EMPTY.length;
                case CAST -> (Integer) text(value);
                case STACK -> throw new StackOverflowError("of the host's own making");
            };
        }

        private static Object text(int value) {
            return value < 0 ? (Object) value : "text";
        }

        Class<? extends Throwable> type() {
            return switch (this) {
                case NULL_POINTER -> NullPointerException.class;
                case ARRAY_INDEX -> ArrayIndexOutOfBoundsException.class;
                case DIVISION -> ArithmeticException.class;
                case CAST -> ClassCastException.class;
                case STACK -> StackOverflowError.class;
            };
        }
    }

    /// So often that the fault is compiled, and then comes without a stack trace.
    @ParameterizedTest
    @EnumSource(Fault.class)
    void a_fault_of_the_host_is_never_the_guests_trap(Fault fault) throws ReflectiveOperationException {
        var module = new Wasm();
        int imported = module.importFunction("host", "h", module.type(I32, I32));
        module.exported("run", I32, I32, localGet(0), Wasm.call(imported));
        MethodHandle run = MethodHandles.lookup().bind(fault, "run", MethodType.methodType(int.class, int.class));
        var type = new CoreType.Function(List.of(CoreType.Value.I32), List.of(CoreType.Value.I32));
        CoreInstance instance = instance(module, CoreExtern.hostFunction(type, run));
        MethodHandle function = function(instance, "run");
        for (int i = 0; i < 20_000; i++) {
            Throwable failure = failure(function);
            if (!fault.type().isInstance(failure)) {
                assertThat(failure).as("round %d", i).isInstanceOf(fault.type());
            }
        }
        assertThat(catchThrowable(() -> call(instance, "run", 1))).isInstanceOf(fault.type());
    }

    private static Throwable failure(MethodHandle function) {
        try {
            return new AssertionError("returned " + (int) function.invokeExact(1));
        } catch (Throwable failure) {
            return failure;
        }
    }
}
