package dev.wattle.host.engine;

import static dev.wattle.host.engine.Wasm.NO_MAXIMUM;
import static dev.wattle.host.engine.Wasm.i32;
import static dev.wattle.host.engine.Wasm.localGet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Imports and exports: host functions, other instances, and what is refused.
public abstract class EngineLinkingContract extends EngineContract {
    private static final CoreType.Function UNARY =
            new CoreType.Function(List.of(CoreType.Value.I32), List.of(CoreType.Value.I32));

    private static CoreExtern.Function host(
            CoreType.Function type, String method, Class<?> result, Class<?>... parameters) {
        return CoreExtern.hostFunction(type, find(method, MethodType.methodType(result, parameters)));
    }

    private static MethodHandle find(String method, MethodType type) {
        try {
            return MethodHandles.lookup().findStatic(EngineLinkingContract.class, method, type);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static CoreExtern.Function failing(Throwable failure) {
        MethodHandle thrower =
                MethodHandles.throwException(int.class, Throwable.class).bindTo(failure);
        return CoreExtern.hostFunction(UNARY, MethodHandles.dropArguments(thrower, 0, int.class));
    }

    static int twice(int value) {
        return 2 * value;
    }

    static Object[] reversed(int first, long second, float third, double fourth) {
        return new Object[] {fourth, third, second, first};
    }

    static float half(double value) {
        return (float) (value / 2);
    }

    static void nothing() {}

    /// Imports `h` of that type and exports `run`, which passes its arguments on.
    private static Wasm forwarding(int[] parameters, int[] results) {
        var module = new Wasm();
        int imported = module.importFunction("host", "h", module.type(parameters, results));
        Object[] body = new Object[parameters.length + 1];
        for (int i = 0; i < parameters.length; i++) {
            body[i] = localGet(i);
        }
        body[parameters.length] = Wasm.call(imported);
        return module.exported("run", parameters, results, body);
    }

    @Test
    void host_functions_get_and_return_every_type() {
        var twice = host(UNARY, "twice", int.class, int.class);
        assertThat(call(instance(forwarding(I32, I32), twice), "run", -21)).isEqualTo(-42);
        var half = host(
                new CoreType.Function(List.of(CoreType.Value.F64), List.of(CoreType.Value.F32)),
                "half",
                float.class,
                double.class);
        assertThat(call(instance(forwarding(new int[] {Wasm.F64}, new int[] {Wasm.F32}), half), "run", 3.0))
                .isEqualTo(1.5f);
        var nothing = host(new CoreType.Function(List.of(), List.of()), "nothing", void.class);
        assertThat(call(instance(forwarding(NONE, NONE), nothing), "run")).isNull();
    }

    @Test
    void host_functions_return_several_results() {
        var type = new CoreType.Function(
                List.of(CoreType.Value.I32, CoreType.Value.I64, CoreType.Value.F32, CoreType.Value.F64),
                List.of(CoreType.Value.F64, CoreType.Value.F32, CoreType.Value.I64, CoreType.Value.I32));
        var reversed = host(type, "reversed", Object[].class, int.class, long.class, float.class, double.class);
        var module = forwarding(
                new int[] {Wasm.I32, Wasm.I64, Wasm.F32, Wasm.F64}, new int[] {Wasm.F64, Wasm.F32, Wasm.I64, Wasm.I32});
        assertThat((Object[]) call(instance(module, reversed), "run", 1, 2L, 3f, 4.0))
                .containsExactly(4.0, 3f, 2L, 1);
    }

    @Test
    void what_a_host_function_throws_arrives_unchanged() {
        List<Throwable> failures = List.of(
                new Trap(Trap.Kind.LINK, "no host answers"),
                new IndexOutOfBoundsException("a bug of the host"),
                new ArithmeticException("another"),
                new IllegalStateException("out of bounds memory access"),
                new AssertionError("wrong"),
                new Exception("checked"));
        assertThat(failures)
                .allSatisfy(failure -> assertThatThrownBy(
                                () -> call(instance(forwarding(I32, I32), failing(failure)), "run", 1))
                        .satisfiesAnyOf(
                                thrown -> assertThat(thrown).isSameAs(failure),
                                thrown -> assertThat(thrown)
                                        .isInstanceOf(AssertionError.class)
                                        .hasCause(failure)));
    }

    @Test
    void what_a_host_function_throws_crosses_two_instances() {
        var failure = new IllegalArgumentException("a bug of the host");
        CoreInstance inner = instance(forwarding(I32, I32), failing(failure));
        CoreInstance outer = instance(forwarding(I32, I32), inner.export("run"));
        assertThatThrownBy(() -> call(outer, "run", 1)).isSameAs(failure);
    }

    @Test
    void a_host_function_may_call_a_guest_and_its_trap_passes_through() {
        CoreInstance inner = instance(new Wasm().exported("run", I32, I32, i32(10), localGet(0), 0x6D));
        CoreInstance outer = instance(forwarding(I32, I32), CoreExtern.hostFunction(UNARY, function(inner, "run")));
        assertThat(call(outer, "run", 5)).isEqualTo(2);
        assertTraps(Trap.Kind.INTEGER_DIVIDE_BY_ZERO, outer, "run", 0);
    }

    @Test
    void two_imports_of_one_name_are_told_apart_by_their_position() {
        var module = new Wasm();
        int type = module.type(I32, I32);
        int first = module.importFunction("host", "h", type);
        int second = module.importFunction("host", "h", type);
        module.exported("first", I32, I32, localGet(0), Wasm.call(first));
        module.exported("second", I32, I32, localGet(0), Wasm.call(second));
        var plusOne = instance(new Wasm().exported("run", I32, I32, localGet(0), i32(1), 0x6A));
        var instance = instance(module, host(UNARY, "twice", int.class, int.class), plusOne.export("run"));
        assertThat(call(instance, "first", 10)).isEqualTo(20);
        assertThat(call(instance, "second", 10)).isEqualTo(11);
    }

    @Test
    void imports_and_exports_are_listed_with_their_types() {
        var module = forwarding(I32, I32)
                .importMemory("env", "memory", 1, 2)
                .importGlobal("env", "top", Wasm.I64, true)
                .table(1, NO_MAXIMUM)
                .exportTable("table")
                .exportMemory("memory");
        CoreModule compiled = engine().compile(module.build());
        assertThat(compiled.imports())
                .extracting(CoreModule.CoreImport::type)
                .containsExactly(
                        UNARY,
                        new CoreType.Memory(1, java.util.OptionalLong.of(2)),
                        new CoreType.Global(CoreType.Value.I64, true));
        assertThat(compiled.exports())
                .extracting(CoreModule.CoreExport::name)
                .containsExactly("run", "table", "memory");
        assertThat(compiled.notes()).isEmpty();
    }

    @Test
    void an_import_of_another_type_is_refused_by_name() {
        CoreInstance other = instance(new Wasm()
                .memory(1, 4)
                .exportMemory("memory")
                .global(Wasm.I32, false, i32(1))
                .exportGlobal("constant", 0));
        var binary = host(new CoreType.Function(List.of(), List.of()), "nothing", void.class);
        assertThatThrownBy(() -> instance(forwarding(I32, I32), binary))
                .isInstanceOf(LinkException.class)
                .hasMessageContaining("'host' 'h'");
        assertThatThrownBy(() -> instance(forwarding(I32, I32), other.export("memory")))
                .isInstanceOf(LinkException.class);
        assertThatThrownBy(() -> instance(forwarding(I32, I32))).isInstanceOf(LinkException.class);
        assertThatThrownBy(() -> instance(new Wasm().importMemory("a", "b", 2, 4), other.export("memory")))
                .isInstanceOf(LinkException.class);
        assertThatThrownBy(() -> instance(new Wasm().importMemory("a", "b", 1, 3), other.export("memory")))
                .isInstanceOf(LinkException.class);
        assertThatThrownBy(() -> instance(new Wasm().importGlobal("a", "b", Wasm.I32, true), other.export("constant")))
                .isInstanceOf(LinkException.class);
        assertThatCode(() -> instance(new Wasm().importMemory("a", "b", 1, NO_MAXIMUM), other.export("memory")))
                .doesNotThrowAnyException();
        var wrong = CoreExtern.hostFunction(UNARY, find("nothing", MethodType.methodType(void.class)));
        assertThatThrownBy(() -> instance(forwarding(I32, I32), wrong)).isInstanceOf(LinkException.class);
    }

    @Test
    void instances_share_a_memory_and_all_follow_its_growth() {
        CoreInstance owner = instance(new Wasm()
                .memory(1, 3)
                .exportMemory("memory")
                .exported("grow", I32, I32, localGet(0), Wasm.memoryGrow())
                .exported("load", I32, I32, localGet(0), Wasm.access(0x28, 0)));
        CoreInstance user = instance(
                new Wasm()
                        .importMemory("env", "memory", 1, NO_MAXIMUM)
                        .exportMemory("memory")
                        .exported("grow", I32, I32, localGet(0), Wasm.memoryGrow())
                        .exported("store", I32_I32, NONE, localGet(0), localGet(1), Wasm.access(0x36, 0)),
                owner.export("memory"));
        call(user, "store", 16, 5);
        assertThat(call(owner, "load", 16)).isEqualTo(5);
        call(owner, "grow", 1);
        call(user, "store", 65536 + 16, 6);
        assertThat(call(owner, "load", 65536 + 16)).isEqualTo(6);
        assertThat(call(user, "grow", 1)).isEqualTo(2);
        assertThat(call(owner, "load", 3 * 65536 - 4)).isEqualTo(0);
        assertThat(memory(owner).sizeBytes()).isEqualTo(memory(user).sizeBytes());
    }

    @Test
    void a_module_that_imports_a_memory_keeps_its_hands_off_the_owners_passive_segments() {
        CoreInstance owner = instance(new Wasm()
                .memory(1, 1)
                .exportMemory("memory")
                .passiveData(new byte[] {1, 2, 3, 4})
                .exported("init", NONE, NONE, i32(0), i32(0), i32(4), Wasm.memoryInit(0)));
        CoreInstance user = instance(
                new Wasm()
                        .importMemory("env", "memory", 1, 1)
                        .passiveData(new byte[] {9, 9, 9, 9})
                        .exported("init", NONE, NONE, i32(8), i32(0), i32(4), Wasm.memoryInit(0))
                        .exported("drop", NONE, NONE, Wasm.dataDrop(0)),
                owner.export("memory"));
        call(owner, "init");
        call(user, "init");
        call(user, "drop");
        call(owner, "init");
        assertThat(memory(owner).read(0, 12)).containsExactly(1, 2, 3, 4, 0, 0, 0, 0, 9, 9, 9, 9);
    }

    @Test
    void instances_share_a_mutable_global() {
        CoreInstance owner = instance(new Wasm()
                .global(Wasm.I32, true, i32(3))
                .exportGlobal("global", 0)
                .exported("read", NONE, I32, Wasm.globalGet(0)));
        CoreInstance user = instance(
                new Wasm()
                        .importGlobal("env", "global", Wasm.I32, true)
                        .exported("write", I32, NONE, localGet(0), Wasm.globalSet(0)),
                owner.export("global"));
        call(user, "write", 8);
        assertThat(call(owner, "read")).isEqualTo(8);
    }

    /// The shim: functions that call through a table which somebody fills later. `padding` types stand before
    /// the ones it uses.
    private static Wasm shim(int padding) {
        var module = new Wasm().table(3, 3).exportTable("$imports");
        pad(module, padding);
        int unary = module.type(I32, I32);
        int binary = module.type(I32_I32, I32);
        module.exportFunction("0", module.function(unary, localGet(0), i32(0), Wasm.callIndirect(unary)));
        module.exportFunction(
                "1", module.function(binary, localGet(0), localGet(1), i32(1), Wasm.callIndirect(binary)));
        module.exportFunction("wrong", module.function(unary, localGet(0), i32(1), Wasm.callIndirect(unary)));
        module.exportFunction("missing", module.function(unary, localGet(0), i32(2), Wasm.callIndirect(unary)));
        return module;
    }

    private static void pad(Wasm module, int padding) {
        for (int i = 0; i < padding; i++) {
            int[] parameters = new int[i + 3];
            Arrays.fill(parameters, Wasm.I32);
            module.type(parameters, NONE);
        }
    }

    /// The fixup: imports the shim's table and the functions, and puts them in.
    private static Wasm fixup(int padding) {
        var module = new Wasm();
        pad(module, padding);
        int binary = module.type(I32_I32, I32);
        int unary = module.type(I32, I32);
        module.importTable("", "$imports", 3, 3);
        int first = module.importFunction("", "0", unary);
        int second = module.importFunction("", "1", binary);
        return module.elements(0, first, second);
    }

    @Test
    void a_shim_calls_what_a_fixup_puts_into_its_table() {
        for (int shimPadding = 0; shimPadding < 3; shimPadding++) {
            for (int fixupPadding = 0; fixupPadding < 3; fixupPadding++) {
                CoreInstance shim = instance(shim(shimPadding));
                CoreInstance main = instance(
                        forwarding(I32, I32).exported("sum", I32_I32, I32, localGet(0), localGet(1), 0x6A),
                        shim.export("0"));
                assertTraps(Trap.Kind.UNINITIALIZED_ELEMENT, main, "run", 4);
                instance(
                        fixup(fixupPadding),
                        shim.export("$imports"),
                        host(UNARY, "twice", int.class, int.class),
                        main.export("sum"));
                assertThat(call(main, "run", 4)).isEqualTo(8);
                assertThat(call(shim, "1", 4, 5)).isEqualTo(9);
                assertTraps(Trap.Kind.INDIRECT_CALL_TYPE_MISMATCH, shim, "wrong", 4);
                assertTraps(Trap.Kind.UNINITIALIZED_ELEMENT, shim, "missing", 4);
            }
        }
    }

    @Test
    void an_import_that_is_exported_again_is_the_same_thing() {
        CoreExtern twice = host(UNARY, "twice", int.class, int.class);
        var module = new Wasm();
        module.exportFunction("again", module.importFunction("host", "h", module.type(I32, I32)));
        assertThat(instance(module, twice).export("again")).isSameAs(twice);
    }

    @Test
    void an_export_that_is_not_there_is_named() {
        assertThatThrownBy(() -> instance(new Wasm()).export("nope"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nope");
    }

    protected void refused(ModuleException.Code code, String word, byte[] binary) {
        assertThatThrownBy(() -> engine().compile(binary))
                .isInstanceOfSatisfying(
                        ModuleException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code))
                .hasMessageContaining(word);
    }

    @Test
    void what_is_not_supported_is_refused_by_name() {
        var unsupported = ModuleException.Code.UNSUPPORTED;
        refused(unsupported, "memory64", new Wasm().memoryWithFlag(4, 1, 1).build());
        refused(unsupported, "memory64", new Wasm().memoryWithFlag(5, 1, 1).build());
        refused(unsupported, "threads", new Wasm().memoryWithFlag(3, 1, 1).build());
        refused(
                unsupported,
                "threads",
                new Wasm()
                        .memory(1, 1)
                        .exported("run", NONE, I32, i32(0), 0xFE, 0x10, 2, 0)
                        .build());
    }

    @Test
    void what_is_no_module_is_refused() {
        refused(ModuleException.Code.MALFORMED, "", new byte[0]);
        refused(ModuleException.Code.MALFORMED, "", new byte[] {0, 'a', 's', 'm', 9, 0, 0, 0});
        refused(
                ModuleException.Code.INVALID,
                "",
                new Wasm().exported("run", NONE, I32).build());
        refused(
                ModuleException.Code.INVALID,
                "duplicate export",
                new Wasm().exported("a", NONE, NONE).exported("a", NONE, NONE).build());
    }

    @Test
    void a_module_that_is_cut_off_anywhere_is_refused_or_whole() {
        byte[] binary = shim(2).build();
        for (int length = 0; length < binary.length; length++) {
            byte[] cut = Arrays.copyOf(binary, length);
            try {
                engine().compile(cut);
            } catch (ModuleException expected) {
                assertThat(expected).hasMessageNotContaining("null");
            }
        }
    }
}
