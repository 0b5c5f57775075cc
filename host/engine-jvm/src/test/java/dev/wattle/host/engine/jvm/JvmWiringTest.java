package dev.wattle.host.engine.jvm;

import static dev.wattle.host.engine.Wasm.i32;
import static dev.wattle.host.engine.Wasm.localGet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.CoreInstance;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.CoreModule;
import dev.wattle.host.engine.CoreType;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.EngineWiringContract;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.LinkException;
import dev.wattle.host.engine.V128;
import dev.wattle.host.engine.Wasm;
import dev.wattle.host.engine.Wire;
import dev.wattle.host.engine.jvm.code.CompileLimits;
import dev.wattle.testkit.Eventually;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The contract, and what only an engine has to keep that makes code for wirings.
final class JvmWiringTest extends EngineWiringContract {
    private static final int MANY = 300;
    private static final int ADD = 0x6A;
    private static final int EXTERNREF = 0x6F;

    /// As many instances as the policy wants to see, at least.
    private static final int ENOUGH = 100;

    private final Engine engine = new JvmEngine();

    @Override
    protected Engine engine() {
        return engine;
    }

    private static Wasm adding(int number) {
        return new Wasm().memory(1, 1).exported("f", I32, I32, localGet(0), i32(number), ADD);
    }

    /// Adds up what all of its imports say.
    private static Wasm summing(int imports) {
        var module = new Wasm();
        int type = module.type(I32, I32);
        Object[] body = new Object[3 * imports + 1];
        body[0] = i32(0);
        for (int i = 0; i < imports; i++) {
            body[3 * i + 1] = localGet(0);
            body[3 * i + 2] = Wasm.call(module.importFunction("other" + i, "f", type));
            body[3 * i + 3] = ADD;
        }
        return module.exported("run", I32, I32, body);
    }

    private static Class<?> fieldType(CoreInstance instance, String field) throws NoSuchFieldException {
        return ((JvmInstance) instance).live().getClass().getField(field).getType();
    }

    @Test
    void a_wired_instance_knows_the_class_of_the_other() throws NoSuchFieldException {
        List<CoreInstance> all = instances(wired(List.of(part(adding(1)), part(summing(1), from(0, "f")))));
        assertThat(fieldType(all.get(1), "w0"))
                .isSameAs(((JvmInstance) all.get(0)).live().getClass());
        assertThat(call(all.get(1), "run", 4)).isEqualTo(5);
        assertThatThrownBy(() -> fieldType(all.get(1), "i0")).isInstanceOf(NoSuchFieldException.class);
    }

    @Test
    void more_arguments_than_a_jvm_call_takes_arrive() {
        int[] many = new int[MANY];
        Arrays.fill(many, Wasm.I32);
        var caller = new Wasm();
        int imported = caller.importFunction("other", "f", caller.type(many, I32));
        Object[] body = new Object[MANY + 1];
        Arrays.setAll(body, i -> i < MANY ? i32(i) : Wasm.call(imported));
        both(
                all -> assertThat(call(all.get(1), "run")).isEqualTo(MANY - 1),
                part(new Wasm().exported("f", many, I32, localGet(0), localGet(MANY - 1), ADD)),
                part(caller.exported("run", NONE, I32, body), from(0, "f")));
    }

    static V128 last(Object context, Object[] vectors) {
        V128 last = (V128) vectors[vectors.length - 1];
        return new V128(last.low() + (long) context, ((V128) vectors[0]).high());
    }

    static long mixed(Object context, Object[] numbers) {
        long mix = (long) context;
        for (Object number : numbers) {
            mix = 31 * mix + ((Number) number).longValue();
        }
        return mix;
    }

    /// `(Object, parameters…) → result` that gives all of them to one of the methods above.
    private static MethodHandle collecting(String method, CoreType.Function type) {
        MethodHandle code = code(
                method,
                type.handleType()
                        .dropParameterTypes(0, type.parameters().size())
                        .appendParameterTypes(Object.class, Object[].class));
        return code.asCollector(Object[].class, type.parameters().size())
                .asType(type.handleType().insertParameterTypes(0, Object.class));
    }

    private static CoreType.Function taking(int count, CoreType.Value value, CoreType.Value result) {
        return new CoreType.Function(Collections.nCopies(count, value), List.of(result));
    }

    /// More than 250 places of the JVM, as vectors take four: as many as the host can be given at all.
    @ParameterizedTest
    @ValueSource(ints = {62, 63, 126, 250})
    void vectors_that_take_more_places_than_the_jvm_has_reach_the_host(int count) {
        CoreType.Function type = taking(count, CoreType.Value.V128, CoreType.Value.V128);
        int[] vectors = new int[count];
        Arrays.fill(vectors, Wasm.V128);
        both(
                all -> {
                    Object[] arguments = new Object[count];
                    Arrays.setAll(arguments, i -> new V128(/* low= */ i, /* high= */ i + 1000L));
                    assertThat(call(all.getFirst(), "run", arguments)).isEqualTo(new V128(count + 4710L, 1000));
                },
                part(
                        forwarding(vectors, Wasm.values(Wasm.V128)),
                        new Source.Host(type, collecting("last", type), 4711L)));
    }

    @ParameterizedTest
    @ValueSource(ints = {249, 250})
    void as_many_numbers_as_the_host_can_be_given_reach_it(int count) {
        CoreType.Function type = taking(count, CoreType.Value.I32, CoreType.Value.I64);
        int[] numbers = new int[count];
        Arrays.fill(numbers, Wasm.I32);
        Object[] arguments = new Object[count];
        Arrays.setAll(arguments, i -> i * i);
        both(
                all -> assertThat(call(all.getFirst(), "run", arguments)).isEqualTo(mixed(5L, arguments)),
                part(forwarding(numbers, I64), new Source.Host(type, collecting("mixed", type), 5L)));
    }

    @ParameterizedTest
    @ValueSource(ints = {251, 252, 253})
    void more_numbers_than_the_host_can_be_given_are_refused_wired_or_not(int count) {
        CoreType.Function type = taking(count, CoreType.Value.I32, CoreType.Value.I64);
        int[] numbers = new int[count];
        Arrays.fill(numbers, Wasm.I32);
        var wasm = new Wasm();
        wasm.importFunction("host", "f", wasm.type(numbers, I64));
        CoreModule module = engine.compile(wasm.build());
        MethodHandle code = MethodHandles.empty(type.handleType().insertParameterTypes(0, Object.class));
        assertThatThrownBy(() -> module.wire(List.of(new Wire.Host(type, code))))
                .isInstanceOf(LinkException.class)
                .hasMessageContaining("too many parameters");
        assertThatThrownBy(() -> instance(wasm, CoreExtern.hostFunction(type, code, "context")))
                .isInstanceOf(LinkException.class)
                .hasMessageContaining("too many parameters");
    }

    static Object[] turned(String context, V128 vector, int number, Object reference) {
        return new Object[] {
            context + reference, new V128(/* low= */ vector.high(), /* high= */ vector.low()), number + 1
        };
    }

    static V128 negated(Object context, V128 vector) {
        return new V128(~vector.low(), ~vector.high());
    }

    private static MethodHandle code(String name, MethodType type) {
        try {
            return MethodHandles.lookup().findStatic(JvmWiringTest.class, name, type);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(name, e);
        }
    }

    @Test
    void vectors_and_references_go_to_code_of_the_host_and_back_through_a_module() {
        int[] parameters = {Wasm.V128, Wasm.I32, EXTERNREF};
        int[] results = {EXTERNREF, Wasm.V128, Wasm.I32};
        var type = new CoreType.Function(
                List.of(CoreType.Value.V128, CoreType.Value.I32, CoreType.Value.EXTERNREF),
                List.of(CoreType.Value.EXTERNREF, CoreType.Value.V128, CoreType.Value.I32));
        MethodHandle turned = code("turned", type.handleType().insertParameterTypes(0, String.class));
        both(
                all -> assertThat((Object[]) call(all.get(1), "run", new V128(1, 2), 3, "me"))
                        .containsExactly("for me", new V128(2, 1), 4),
                part(forwarding(parameters, results), new Source.Host(type, turned, "for ")),
                part(forwarding(parameters, results), from(0, "run")));
        var vectors = new CoreType.Function(List.of(CoreType.Value.V128), List.of(CoreType.Value.V128));
        int[] vector = {Wasm.V128};
        both(
                all -> assertThat(call(all.get(1), "run", new V128(1, 2))).isEqualTo(new V128(~1L, ~2L)),
                part(
                        forwarding(vector, vector),
                        new Source.Host(
                                vectors,
                                code("negated", vectors.handleType().insertParameterTypes(0, Object.class)),
                                "any")),
                part(forwarding(vector, vector), from(0, "run")));
    }

    @Test
    void what_is_not_as_the_wiring_says_is_refused_by_name() {
        CoreModule one = engine.compile(adding(1).build());
        CoreModule other = engine.compile(adding(2).build());
        CoreModule wired = engine.compile(summing(1).build()).wire(List.of(new Wire.Export(one, "f")));
        assertRefused(wired, instantiate(other).export("f"));
        assertThat(call(instantiate(wired, instantiate(one).export("f")), "run", 1))
                .isEqualTo(2);
        CoreModule twice = engine.compile(summing(1).build()).wire(List.of(new Wire.Export(wired, "run")));
        CoreModule open = engine.compile(summing(1).build());
        assertRefused(twice, instantiate(open, instantiate(one).export("f")).export("run"));
    }

    @Test
    void another_function_of_the_host_than_the_wiring_says_is_refused_by_name() {
        var type = new CoreType.Function(List.of(CoreType.Value.I32), List.of(CoreType.Value.I32));
        MethodHandle plus = code("plus", MethodType.methodType(int.class, Integer.class, int.class));
        CoreModule wired = engine.compile(summing(1).build()).wire(List.of(new Wire.Host(type, plus)));
        assertRefused(wired, CoreExtern.hostFunction(type, plus.bindTo(1)));
        MethodHandle another = plus.asType(plus.type().changeParameterType(0, Object.class));
        assertRefused(wired, CoreExtern.hostFunction(type, another, 1));
        assertThat(call(instantiate(wired, CoreExtern.hostFunction(type, plus, 3)), "run", 4))
                .isEqualTo(7);
    }

    @Test
    void an_adapter_is_called_as_a_function_of_the_host_is() {
        var type = new CoreType.Function(List.of(CoreType.Value.I32), List.of(CoreType.Value.I32));
        MethodHandle plus = code("plus", MethodType.methodType(int.class, Integer.class, int.class));
        CoreModule wired = engine.compile(summing(1).build()).wire(List.of(new Wire.Adapter(type, plus)));
        assertThat(call(instantiate(wired, CoreExtern.hostFunction(type, plus, 3)), "run", 4))
                .isEqualTo(7);
        assertRefused(wired, CoreExtern.hostFunction(type, plus.bindTo(1)));
    }

    static int plus(Integer context, int value) {
        return context + value;
    }

    private CoreInstance instantiate(CoreModule module, CoreExtern... imports) {
        return module.instantiate(List.of(imports), CoreLimits.DEFAULTS, sandbox);
    }

    private void assertRefused(CoreModule wired, CoreExtern given) {
        assertThatThrownBy(() -> instantiate(wired, given))
                .isInstanceOf(LinkException.class)
                .hasMessageContaining("'other0' 'f'");
    }

    @Test
    void a_wire_of_another_type_is_refused() {
        CoreModule summing = engine.compile(summing(1).build());
        CoreModule callee = engine.compile(
                adding(1).exportMemory("memory").exported("g", NONE, NONE).build());
        var type = new CoreType.Function(List.of(CoreType.Value.I32), List.of(CoreType.Value.I32));
        MethodHandle plus = code("plus", MethodType.methodType(int.class, Integer.class, int.class));
        for (List<Wire> wires : List.<List<Wire>>of(
                List.of(),
                List.of(new Wire.Export(callee, "g")),
                List.of(new Wire.Export(callee, "memory")),
                List.of(new Wire.Export(callee, "nope")),
                List.of(new Wire.Host(new CoreType.Function(List.of(), List.of()), plus)),
                List.of(new Wire.Host(type, plus.bindTo(1))),
                List.of(new Wire.Export(callee, "f"), new Wire.Open()))) {
            assertThatThrownBy(() -> summing.wire(wires)).as("%s", wires).isInstanceOf(LinkException.class);
        }
        CoreModule memory =
                engine.compile(new Wasm().importMemory("a", "b", 1, 1).build());
        assertThatThrownBy(() -> memory.wire(List.of(new Wire.Export(callee, "memory"))))
                .isInstanceOf(LinkException.class);
    }

    @Test
    void an_import_that_the_other_passes_on_without_a_wire_of_its_own_is_open() {
        var passing = new Wasm();
        passing.exportFunction("again", passing.importFunction("other", "f", passing.type(I32, I32)));
        CoreModule open = engine.compile(passing.build());
        CoreModule summing = engine.compile(summing(1).build());
        assertThat(summing.wire(List.of(new Wire.Export(open, "again")))).isSameAs(summing);
    }

    @Test
    void a_module_with_functions_for_another_process_has_no_code_for_wirings() {
        var small = new JvmEngine(JvmOptions.DEFAULTS.withCompile(CompileLimits.DEFAULTS.withFunctionCost(1)));
        CoreModule summing = small.compile(summing(1).build());
        CoreModule callee = small.compile(adding(1).build());
        assertThat(summing.wire(List.of(new Wire.Export(callee, "f")))).isSameAs(summing);
    }

    @Test
    void equal_wirings_are_one_module_as_long_as_somebody_holds_it() {
        CoreModule callee = engine.compile(adding(1).build());
        CoreModule summing = engine.compile(summing(2).build());
        List<Wire> wires = List.of(new Wire.Export(callee, "f"), new Wire.Open());
        CoreModule first = summing.wire(wires);
        assertThat(summing.wire(new ArrayList<>(wires))).isSameAs(first);
        assertThat(first.wire(wires)).isSameAs(first);
        assertThat(summing.wire(wires.reversed())).isNotSameAs(first);
    }

    @Test
    void the_code_of_wirings_that_nobody_holds_is_unloaded_while_the_modules_live() {
        CoreModule callee = engine.compile(adding(1).build());
        CoreModule summing = engine.compile(summing(1).build());
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            CoreModule other = engine.compile(adding(i + 2).build());
            loaders.add(useWired(summing, other, i + 2));
            loaders.add(useWired(summing, callee, 1));
        }
        Eventually.within(20, TimeUnit.SECONDS, () -> {
            System.gc();
            assertThat(loaders).allMatch(loader -> loader.get() == null);
        });
        assertThat(call(instantiate(summing, instantiate(callee).export("f")), "run", 1))
                .isEqualTo(2);
    }

    private static WeakReference<ClassLoader> useWired(CoreModule summing, CoreModule callee, int number) {
        CoreModule wired = summing.wire(List.of(new Wire.Export(callee, "f")));
        var guest = new GuestControl();
        try (CoreInstance other = callee.instantiate(List.of(), CoreLimits.DEFAULTS, guest);
                CoreInstance made = wired.instantiate(List.of(other.export("f")), CoreLimits.DEFAULTS, guest)) {
            assertThat(call(made, "run", 1)).isEqualTo(number + 1);
            return new WeakReference<>(((JvmInstance) made).live().getClass().getClassLoader());
        }
    }

    /// From now on new instances of it mark cards, or do not.
    private static void mark(CoreModule module, boolean marking) {
        ResetPolicy policy = ((JvmModule) module).policy();
        for (int i = 0; i < ENOUGH; i++) {
            boolean _ = policy.samples();
            policy.resetTook(marking ? 1_000_000 : 1);
            policy.lived(marking ? 1 : 1_000_000_000);
        }
        assertThat(policy.marking()).isEqualTo(marking);
    }

    @Test
    void whichever_code_the_others_have_is_called() throws NoSuchFieldException {
        int count = 4;
        List<CoreModule> callees = new ArrayList<>();
        List<Wire> wires = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            callees.add(engine.compile(adding(1 << (8 * i)).build()));
            wires.add(new Wire.Export(callees.get(i), "f"));
        }
        CoreModule wired = engine.compile(summing(count).build()).wire(wires);
        assertThat(1 << count).isGreaterThan(Wiring.MAX_VERSIONS);
        int direct = 0;
        for (int round = 0; round < 2; round++) {
            for (int marks = 0; marks < 1 << count; marks++) {
                CoreExtern[] given = new CoreExtern[count];
                for (int i = 0; i < count; i++) {
                    mark(callees.get(i), (marks & 1 << i) != 0);
                    given[i] = instantiate(callees.get(i)).export("f");
                }
                CoreInstance made = instantiate(wired, given);
                assertThat(call(made, "run", 0)).isEqualTo(0x01010101);
                direct += Arrays.stream(((JvmInstance) made).live().getClass().getFields())
                                .anyMatch(field -> field.getName().equals("w0"))
                        ? 1
                        : 0;
            }
        }
        assertThat(direct).isEqualTo(2 * Wiring.MAX_VERSIONS);
    }

    @Test
    void instances_of_one_module_with_different_code_are_both_called() {
        CoreModule callee = engine.compile(adding(1).build());
        CoreModule wired = engine.compile(summing(2).build())
                .wire(List.of(new Wire.Export(callee, "f"), new Wire.Export(callee, "f")));
        mark(callee, false);
        CoreExtern without = instantiate(callee).export("f");
        mark(callee, true);
        CoreExtern marking = instantiate(callee).export("f");
        assertThat(call(instantiate(wired, without, marking), "run", 10)).isEqualTo(22);
        assertThat(call(instantiate(wired, marking, without), "run", 10)).isEqualTo(22);
        assertThat(call(instantiate(wired, marking, marking), "run", 10)).isEqualTo(22);
    }
}
