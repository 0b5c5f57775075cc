package dev.wattle.host.engine;

import static dev.wattle.host.engine.Wasm.i32;
import static dev.wattle.host.engine.Wasm.localGet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Modules that are linked for a wiring do what they do when they are not.
public abstract class EngineWiringContract extends EngineContract {
    private static final CoreType.Function UNARY =
            new CoreType.Function(List.of(CoreType.Value.I32), List.of(CoreType.Value.I32));
    private static final int ADD = 0x6A;
    private static final int DIVIDE = 0x6D;

    /// A module of a sandbox, and what its imports are given.
    protected record Part(CoreModule module, List<Source> sources) {}

    /// Where an import comes from.
    protected sealed interface Source {
        /// @param part whose instance was made before
        record From(int part, String export) implements Source {}

        record Host(CoreType.Function type, MethodHandle code, Object context) implements Source {}
    }

    protected static Source from(int part, String export) {
        return new Source.From(part, export);
    }

    protected Part part(Wasm module, Source... sources) {
        return new Part(engine().compile(module.build()), List.of(sources));
    }

    /// The same modules, each wired to those before it.
    protected static List<Part> wired(List<Part> parts) {
        var wired = new ArrayList<Part>();
        for (Part part : parts) {
            var wires = new ArrayList<Wire>();
            for (int i = 0; i < part.sources().size(); i++) {
                boolean function = part.module().imports().get(i).type() instanceof CoreType.Function;
                wires.add(
                        switch (part.sources().get(i)) {
                            case Source.From(int other, String export)
                            when function -> new Wire.Export(wired.get(other).module(), export);
                            case Source.From _ -> new Wire.Open();
                            case Source.Host host -> new Wire.Host(host.type(), host.code());
                        });
            }
            wired.add(new Part(part.module().wire(wires), part.sources()));
        }
        return wired;
    }

    /// A sandbox of its own.
    protected static List<CoreInstance> instances(List<Part> parts) {
        var guest = new GuestControl();
        var instances = new ArrayList<CoreInstance>();
        for (Part part : parts) {
            List<CoreExtern> imports = part.sources().stream()
                    .<CoreExtern>map(source -> switch (source) {
                        case Source.From(int other, String export) ->
                            instances.get(other).export(export);
                        case Source.Host(var type, var code, var context) ->
                            CoreExtern.hostFunction(type, code, context);
                    })
                    .toList();
            instances.add(part.module().instantiate(imports, CoreLimits.DEFAULTS, guest));
        }
        return instances;
    }

    /// Says the same of instances that are not wired, and of those that are.
    protected static void both(Consumer<List<CoreInstance>> claims, Part... parts) {
        List<Part> open = List.of(parts);
        claims.accept(instances(open));
        claims.accept(instances(wired(open)));
    }

    /// Imports `f` of that type and exports `run`, which passes its arguments on.
    protected static Wasm forwarding(int[] parameters, int[] results) {
        var module = new Wasm();
        int imported = module.importFunction("other", "f", module.type(parameters, results));
        return module.exported("run", parameters, results, arguments(parameters.length, Wasm.call(imported)));
    }

    protected static Object[] arguments(int count, byte[] last) {
        Object[] body = new Object[count + 1];
        Arrays.setAll(body, i -> i < count ? localGet(i) : last);
        return body;
    }

    private static Source host(String method, Object context) {
        return new Source.Host(UNARY, Objects.requireNonNull(CODES.get(method)), context);
    }

    /// A wiring knows code of the host by its identity.
    private static final java.util.Map<String, MethodHandle> CODES =
            java.util.Map.of("add", code("add"), "fail", code("fail"));

    private static MethodHandle code(String method) {
        try {
            return MethodHandles.lookup()
                    .findStatic(
                            EngineWiringContract.class,
                            method,
                            MethodType.methodType(
                                    int.class, method.equals("add") ? int[].class : Throwable.class, int.class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(method, e);
        }
    }

    static int add(int[] sum, int value) {
        sum[0] += value;
        return sum[0];
    }

    static int fail(Throwable failure, int value) throws Throwable {
        if (value == 0) {
            return -1;
        }
        throw failure;
    }

    @Test
    void a_wired_module_imports_and_exports_the_same() {
        Part callee = part(new Wasm().exported("f", I32, I32, localGet(0)));
        Part caller = part(forwarding(I32, I32), from(0, "f"));
        CoreModule wired = wired(List.of(callee, caller)).get(1).module();
        assertThat(wired.imports()).isEqualTo(caller.module().imports());
        assertThat(wired.exports()).isEqualTo(caller.module().exports());
        assertThat(wired.wire(List.of(new Wire.Open()))).isSameAs(caller.module());
    }

    @Test
    void values_of_every_kind_go_there_and_back() {
        int[] kinds = {Wasm.I32, Wasm.I64, Wasm.F32, Wasm.F64};
        for (int kind : kinds) {
            Part callee = part(new Wasm().exported("f", Wasm.values(kind), Wasm.values(kind), localGet(0)));
            Object value = switch (kind) {
                case Wasm.I32 -> -7;
                case Wasm.I64 -> 1L << 40;
                case Wasm.F32 -> 1.5f;
                default -> -2.5;
            };
            both(
                    all -> assertThat(call(all.get(1), "run", value)).isEqualTo(value),
                    callee,
                    part(forwarding(Wasm.values(kind), Wasm.values(kind)), from(0, "f")));
        }
        int[] reversed = {Wasm.F64, Wasm.F32, Wasm.I64, Wasm.I32};
        Part callee =
                part(new Wasm().exported("f", kinds, reversed, localGet(3), localGet(2), localGet(1), localGet(0)));
        both(
                all -> assertThat((Object[]) call(all.get(1), "run", 1, 2L, 3f, 4.0))
                        .containsExactly(4.0, 3f, 2L, 1),
                callee,
                part(forwarding(kinds, reversed), from(0, "f")));
    }

    @Test
    void operands_that_wait_for_a_call_are_still_there() {
        var caller = new Wasm();
        int imported = caller.importFunction("other", "f", caller.type(I32, I32));
        caller.exported(
                "run",
                I32_I32,
                I32,
                localGet(0),
                localGet(0),
                Wasm.call(imported),
                ADD,
                localGet(1),
                Wasm.call(imported),
                Wasm.call(imported),
                ADD);
        both(
                all -> assertThat(call(all.get(1), "run", 100, 7)).isEqualTo(100 + 105 + 17),
                part(new Wasm().exported("f", I32, I32, localGet(0), i32(5), ADD)),
                part(caller, from(0, "f")));
    }

    @Test
    void a_trap_passes_through() {
        Part callee = part(new Wasm().exported("f", I32, I32, i32(10), localGet(0), DIVIDE));
        both(
                all -> {
                    assertThat(call(all.get(1), "run", 5)).isEqualTo(2);
                    assertTraps(Trap.Kind.INTEGER_DIVIDE_BY_ZERO, all.get(1), "run", 0);
                    assertThat(call(all.get(1), "run", 2)).isEqualTo(5);
                },
                callee,
                part(forwarding(I32, I32), from(0, "f")));
    }

    @Test
    void functions_that_call_each_other_without_end_exhaust_the_stack() {
        // The callee calls itself, and the caller calls itself and the callee.
        var callee = new Wasm();
        int type = callee.type(I32, I32);
        callee.exportFunction("f", callee.function(type, localGet(0), Wasm.call(0), i32(1), ADD));
        var caller = new Wasm();
        int unary = caller.type(I32, I32);
        int imported = caller.importFunction("other", "f", unary);
        caller.exportFunction(
                "run", caller.function(unary, localGet(0), Wasm.call(imported), Wasm.call(imported + 1), i32(1), ADD));
        both(
                all -> {
                    assertTraps(Trap.Kind.STACK_EXHAUSTED, all.get(1), "run", 1);
                    assertTraps(Trap.Kind.STACK_EXHAUSTED, all.get(1), "run", 1);
                },
                part(callee),
                part(caller, from(0, "f")));
    }

    @Test
    void an_exception_is_caught_by_who_called() {
        var thrower = new Wasm();
        thrower.tag(thrower.type(I32, NONE))
                .exportTag("tag", 0)
                .exported("throw", I32, NONE, localGet(0), Wasm.throwTag(0));
        var catcher = new Wasm();
        int thrown = catcher.type(I32, NONE);
        int imported = catcher.importFunction("thrower", "throw", thrown);
        catcher.importTag("thrower", "tag", thrown)
                .exported(
                        "catch",
                        I32,
                        I32,
                        Wasm.block(Wasm.I32),
                        Wasm.tryCatch(Wasm.VOID, 0, 0),
                        localGet(0),
                        Wasm.call(imported),
                        Wasm.END,
                        i32(-1),
                        Wasm.END)
                .exported("miss", I32, NONE, localGet(0), Wasm.call(imported));
        if (refuses(Feature.TAGS_ACROSS_INSTANCES, thrower)) {
            return;
        }
        both(
                all -> {
                    assertThat(call(all.get(1), "catch", 42)).isEqualTo(42);
                    assertTraps(Trap.Kind.UNCAUGHT_EXCEPTION, all.get(1), "miss", 42);
                },
                part(thrower),
                part(catcher, from(0, "throw"), from(0, "tag")));
    }

    @Test
    void each_sandbox_has_its_own_callee() {
        var counter = new Wasm()
                .global(Wasm.I32, true, i32(0))
                .exported("f", I32, I32, Wasm.globalGet(0), localGet(0), ADD, Wasm.globalSet(0), Wasm.globalGet(0));
        List<Part> parts = wired(List.of(part(counter), part(forwarding(I32, I32), from(0, "f"))));
        List<CoreInstance> first = instances(parts);
        List<CoreInstance> second = instances(parts);
        assertThat(call(first.get(1), "run", 5)).isEqualTo(5);
        assertThat(call(first.get(1), "run", 5)).isEqualTo(10);
        assertThat(call(second.get(1), "run", 1)).isEqualTo(1);
        assertThat(call(first.get(0), "f", 0)).isEqualTo(10);
        MethodHandle run = parts.get(1).module().function("run");
        assertThat(invoke(run, second.get(1), 3)).isEqualTo(4);
        assertThat(invoke(run, first.get(1), 3)).isEqualTo(13);
    }

    private static Object invoke(MethodHandle handle, Object... arguments) {
        try {
            return handle.invokeWithArguments(arguments);
        } catch (Throwable failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void a_chain_of_three_is_wired_to_its_end() {
        var adding = forwarding(I32, I32)
                .exported("plus", I32, I32, localGet(0), i32(1), ADD, Wasm.call(0), i32(10), ADD)
                .exportFunction("again", 0);
        both(
                all -> {
                    assertThat(call(all.get(2), "run", 5)).isEqualTo(22);
                    assertThat(call(all.get(3), "run", 5)).isEqualTo(10);
                    assertThat(call(all.get(3), "again", 6)).isEqualTo(12);
                },
                part(new Wasm().exported("twice", I32, I32, localGet(0), localGet(0), ADD)),
                part(adding, from(0, "twice")),
                part(forwarding(I32, I32), from(1, "plus")),
                part(adding, from(1, "again")));
    }

    @Test
    void a_diamond_ends_in_one_instance() {
        var counter = new Wasm()
                .global(Wasm.I32, true, i32(0))
                .exported("f", I32, I32, Wasm.globalGet(0), localGet(0), ADD, Wasm.globalSet(0), Wasm.globalGet(0));
        var top = new Wasm();
        int type = top.type(I32, I32);
        int left = top.importFunction("left", "run", type);
        int right = top.importFunction("right", "run", type);
        top.exported("both", I32, I32, localGet(0), Wasm.call(left), Wasm.call(right));
        both(
                all -> {
                    assertThat(call(all.get(3), "both", 1)).isEqualTo(2);
                    assertThat(call(all.get(4), "both", 1)).isEqualTo(6);
                },
                part(counter),
                part(forwarding(I32, I32), from(0, "f")),
                part(forwarding(I32, I32).exportFunction("again", 0), from(0, "f")),
                part(top, from(1, "run"), from(2, "run")),
                part(top, from(2, "again"), from(1, "run")));
    }

    @Test
    void a_module_calls_other_instances_of_itself() {
        var counter = new Wasm()
                .global(Wasm.I32, true, i32(0))
                .exported("f", I32, I32, Wasm.globalGet(0), localGet(0), ADD, Wasm.globalSet(0), Wasm.globalGet(0));
        both(
                all -> {
                    assertThat(call(all.get(3), "run", 2)).isEqualTo(2);
                    assertThat(call(all.get(4), "run", 2)).isEqualTo(2);
                    assertThat(call(all.get(2), "run", 2)).isEqualTo(4);
                },
                part(counter),
                part(counter),
                part(forwarding(I32, I32), from(0, "f")),
                part(forwarding(I32, I32), from(2, "run")),
                part(forwarding(I32, I32), from(1, "f")));
    }

    @Test
    void memory_that_the_callee_grew_is_seen_at_once() {
        var owner = new Wasm()
                .memory(1, 3)
                .exportMemory("memory")
                .exported("grow", I32, I32, localGet(0), Wasm.memoryGrow());
        var user = new Wasm();
        int grow = user.importFunction("owner", "grow", user.type(I32, I32));
        user.importMemory("owner", "memory", 1, 3)
                .exported(
                        "run",
                        NONE,
                        I32,
                        i32(0),
                        i32(5),
                        Wasm.access(0x36, 16),
                        i32(1),
                        Wasm.call(grow),
                        Wasm.DROP,
                        i32(65536),
                        i32(7),
                        Wasm.access(0x36, 16),
                        i32(0),
                        Wasm.access(0x28, 16),
                        i32(65536),
                        Wasm.access(0x28, 16),
                        ADD);
        both(
                all -> assertThat(call(all.get(1), "run")).isEqualTo(12),
                part(owner),
                part(user, from(0, "grow"), from(0, "memory")));
    }

    @Test
    void imports_stand_in_tables_and_are_called_last() {
        var module = new Wasm().table(2, 2);
        int type = module.type(I32, I32);
        int guest = module.importFunction("other", "f", type);
        int host = module.importFunction("host", "h", type);
        module.elements(0, guest, host)
                .exported("indirect", I32_I32, I32, localGet(0), localGet(1), Wasm.callIndirect(type))
                .exported("last", I32, I32, localGet(0), Wasm.returnCall(guest))
                .exported("lastOfHost", I32, I32, localGet(0), Wasm.returnCall(host));
        var sum = new int[1];
        both(
                all -> {
                    sum[0] = 0;
                    assertThat(call(all.get(1), "indirect", 5, 0)).isEqualTo(6);
                    assertThat(call(all.get(1), "indirect", 5, 1)).isEqualTo(5);
                    assertThat(call(all.get(1), "last", 9)).isEqualTo(10);
                    assertThat(call(all.get(1), "lastOfHost", 9)).isEqualTo(14);
                },
                part(new Wasm().exported("f", I32, I32, localGet(0), i32(1), ADD)),
                part(module, from(0, "f"), host("add", sum)));
    }

    @Test
    void a_callee_that_calls_last_has_its_callees_answer() {
        var countdown = new Wasm();
        int type = countdown.type(I32, I32);
        // even(n) = n == 0 ? 1 : odd(n - 1), and odd likewise
        Object[] rest = {localGet(0), 0x45, 0x04, Wasm.VOID};
        int even = countdown.function(
                type,
                rest[0],
                rest[1],
                rest[2],
                rest[3],
                i32(1),
                0x0F,
                Wasm.END,
                localGet(0),
                i32(1),
                0x6B,
                Wasm.returnCall(1));
        countdown.function(
                type,
                rest[0],
                rest[1],
                rest[2],
                rest[3],
                i32(0),
                0x0F,
                Wasm.END,
                localGet(0),
                i32(1),
                0x6B,
                Wasm.returnCall(0));
        both(
                all -> {
                    assertThat(call(all.get(1), "run", 100_000)).isEqualTo(1);
                    assertThat(call(all.get(1), "run", 100_001)).isEqualTo(0);
                },
                part(countdown.exportFunction("even", even)),
                part(forwarding(I32, I32), from(0, "even")));
    }

    @Test
    void code_of_the_host_gets_what_its_sandbox_was_given() {
        var first = new int[1];
        var second = new int[1];
        CoreModule module = engine().compile(forwarding(I32, I32).build());
        Source.Host one = (Source.Host) host("add", first);
        CoreModule wired = module.wire(List.of(new Wire.Host(UNARY, one.code())));
        CoreInstance inFirst = wired.instantiate(
                List.of(CoreExtern.hostFunction(UNARY, one.code(), first)), CoreLimits.DEFAULTS, new GuestControl());
        CoreInstance inSecond = wired.instantiate(
                List.of(CoreExtern.hostFunction(UNARY, one.code(), second)), CoreLimits.DEFAULTS, new GuestControl());
        call(inFirst, "run", 3);
        call(inFirst, "run", 4);
        call(inSecond, "run", 5);
        assertThat(first).containsExactly(7);
        assertThat(second).containsExactly(5);
    }

    @Test
    void what_code_of_the_host_throws_arrives_unchanged() {
        for (Throwable failure : List.of(
                new Trap(Trap.Kind.LINK, "no host answers"),
                new IndexOutOfBoundsException("a bug of the host"),
                new ClassCastException("another"),
                new AssertionError("wrong"))) {
            both(
                    all -> {
                        assertThat(call(all.get(0), "run", 0)).isEqualTo(-1);
                        assertThatThrownBy(() -> call(all.get(0), "run", 1)).isSameAs(failure);
                        assertThatThrownBy(() -> call(all.get(1), "run", 1)).isSameAs(failure);
                    },
                    part(forwarding(I32, I32), host("fail", failure)),
                    part(forwarding(I32, I32), from(0, "run")));
        }
    }

    @Test
    void code_of_the_host_wants_a_context_of_its_type() {
        MethodHandle add = ((Source.Host) host("add", new int[1])).code();
        assertThatThrownBy(() -> CoreExtern.hostFunction(UNARY, add, "no array"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(CoreExtern.hostFunction(UNARY, add, new int[1]).handle().type())
                .isEqualTo(UNARY.handleType());
    }
}
