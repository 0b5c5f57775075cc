package dev.wattle.host.engine.jvm;

import static dev.wattle.host.engine.Wasm.V128;
import static dev.wattle.host.engine.Wasm.callIndirect;
import static dev.wattle.host.engine.Wasm.code;
import static dev.wattle.host.engine.Wasm.i32;
import static dev.wattle.host.engine.Wasm.localGet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.CoreInstance;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.CoreType;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.EngineContract;
import dev.wattle.host.engine.LinkException;
import dev.wattle.host.engine.Trap;
import dev.wattle.host.engine.V128;
import dev.wattle.host.engine.Wasm;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Calls across the boundary as no honest guest makes them.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class HostileCallsTest extends EngineContract {
    /// Until the JVM's second compiler throws exceptions of its own without a stack trace.
    private static final int HOT = 60_000;

    private final Engine engine = new JvmEngine();

    @Override
    protected Engine engine() {
        return engine;
    }

    // What a function of the host fails with, in the ways that guest code traps.

    static int outside(int index) {
        byte[] four = new byte[4];
        return four[index + 100];
    }

    static int divided(int value) {
        return 5 / ((value >>> 31) >>> 1);
    }

    static int cast(int value) {
        Object text = value == Integer.MAX_VALUE ? value : "text";
        return (Integer) text;
    }

    private static CoreExtern host(String name) {
        try {
            var type = new CoreType.Function(List.of(CoreType.Value.I32), List.of(CoreType.Value.I32));
            return CoreExtern.hostFunction(
                    type, MethodHandles.lookup().findStatic(HostileCallsTest.class, name, type.handleType()));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(name, e);
        }
    }

    @Test
    void hot_traps_without_a_stack_trace_stay_what_they_are() {
        var wasm = new Wasm().memory(1, 1).table(1, 1);
        int type = wasm.type(I32, I32);
        wasm.elements(0, wasm.function(wasm.type(NONE, NONE)));
        wasm.exportFunction("load", wasm.function(type, localGet(0), Wasm.access(0x28, 0)));
        wasm.exportFunction("divide", wasm.function(type, localGet(0), i32(0), 0x6D));
        wasm.exportFunction("remainder", wasm.function(type, localGet(0), i32(0), 0x70));
        wasm.exportFunction("indirect", wasm.function(type, localGet(0), i32(0), callIndirect(type)));
        CoreInstance instance = instance(wasm);
        assertAlways(instance, "load", Trap.Kind.MEMORY_OUT_OF_BOUNDS);
        assertAlways(instance, "divide", Trap.Kind.INTEGER_DIVIDE_BY_ZERO);
        assertAlways(instance, "remainder", Trap.Kind.INTEGER_DIVIDE_BY_ZERO);
        assertAlways(instance, "indirect", Trap.Kind.INDIRECT_CALL_TYPE_MISMATCH);
    }

    private static void assertAlways(CoreInstance instance, String name, Trap.Kind kind) {
        MethodHandle handle = function(instance, name);
        for (int i = 0; i < HOT; i++) {
            assertThat(((Trap) failure(handle, -1)).kind()).isEqualTo(kind);
        }
    }

    private static Throwable failure(MethodHandle handle, int argument) {
        try {
            int _ = (int) handle.invokeExact(argument);
        } catch (Throwable thrown) {
            return thrown;
        }
        throw new AssertionError("returned");
    }

    @ParameterizedTest
    @ValueSource(strings = {"outside", "divided", "cast"})
    void a_hot_failure_of_the_host_is_never_taken_for_a_trap(String name) {
        var wasm = new Wasm();
        int imported = wasm.importFunction("host", name, wasm.type(I32, I32));
        wasm.exported("run", I32, I32, localGet(0), Wasm.call(imported));
        MethodHandle handle = function(instance(wasm, host(name)), "run");
        Class<?> expected = failure(handle, 0).getClass();
        assertThat(expected).isNotEqualTo(Trap.class);
        for (int i = 0; i < HOT; i++) {
            assertThat(failure(handle, i & 7)).isInstanceOf(expected);
        }
    }

    /// Function `i` calls the next one; the last begins again, until the stack ends, or returns.
    private static byte[] chain(int length) {
        var wasm = new Wasm();
        int type = wasm.type(I32, I32);
        for (int i = 0; i < length - 1; i++) {
            wasm.function(type, localGet(0), Wasm.call(i + 1), i32(1), 0x6A);
        }
        wasm.function(type, localGet(0), 0x04, Wasm.I32, localGet(0), Wasm.call(0), 0x05, i32(1), Wasm.END);
        for (int i = 0; i < length; i++) {
            wasm.exportFunction("f" + i, i);
        }
        return wasm.build();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 256, 512, 1024})
    void the_stack_ends_while_functions_are_compiled_and_they_work_all_the_same(int kilobytes) throws Exception {
        int length = 4000;
        byte[] binary = chain(length);
        var failures = Collections.synchronizedList(new ArrayList<Throwable>());
        Runnable work = () -> {
            CoreInstance instance = engine.compile(binary).instantiate(List.of(), CoreLimits.DEFAULTS, sandbox);
            for (int i = 0; i < 3; i++) {
                assertTraps(Trap.Kind.STACK_EXHAUSTED, instance, "f0", 1);
            }
            for (int i = 0; i < 300; i += 50) {
                assertThat(call(instance, "f" + (length - 1 - i), 0)).isEqualTo(1 + i);
            }
        };
        Thread thread = kilobytes == 0
                ? Thread.ofVirtual().name("small").unstarted(work)
                : Thread.ofPlatform().name("small").stackSize(kilobytes << 10).unstarted(work);
        thread.setUncaughtExceptionHandler((_, thrown) -> failures.add(thrown));
        thread.start();
        thread.join();
        assertThat(failures).isEmpty();
    }

    @Test
    void a_function_of_more_arguments_than_the_jvm_has_cannot_be_called_by_the_host() {
        int[] many = new int[300];
        Arrays.fill(many, Wasm.I32);
        var wasm = new Wasm();
        wasm.exportFunction("run", wasm.function(wasm.type(many, I32), localGet(299)));
        CoreInstance instance = instance(wasm);
        assertThatThrownBy(() -> function(instance, "run"))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("300 parameters");
    }

    @Test
    void a_function_of_the_host_cannot_have_more_arguments_than_the_jvm_has() {
        int[] many = new int[254];
        Arrays.fill(many, Wasm.I32);
        var wasm = new Wasm();
        wasm.importFunction("host", "f", wasm.type(many, NONE));
        var type = new CoreType.Function(Collections.nCopies(254, CoreType.Value.I32), List.of());
        CoreExtern given = CoreExtern.hostFunction(type, MethodHandles.empty(type.handleType()));
        assertThatThrownBy(() -> instance(wasm, given))
                .isInstanceOf(LinkException.class)
                .hasMessageContaining("too many parameters");
    }

    @ParameterizedTest
    @ValueSource(ints = {62, 63, 200, 245})
    void vectors_that_take_more_places_than_the_jvm_has_arrive_in_order(int count) throws Throwable {
        int[] vectors = new int[count];
        Arrays.fill(vectors, V128);
        var wasm = new Wasm();
        int type = wasm.type(vectors, new int[] {V128});
        int imported = wasm.importFunction("host", "last", type);
        Object[] body = new Object[count + 1];
        Arrays.setAll(body, i -> i < count ? localGet(i) : Wasm.call(imported));
        wasm.exportFunction("run", wasm.function(type, body));
        var contract =
                new CoreType.Function(Collections.nCopies(count, CoreType.Value.V128), List.of(CoreType.Value.V128));
        MethodHandle last = MethodHandles.lookup()
                .findStatic(HostileCallsTest.class, "last", MethodType.methodType(V128.class, Object[].class))
                .asCollector(Object[].class, count)
                .asType(contract.handleType());
        CoreInstance instance = instance(wasm, CoreExtern.hostFunction(contract, last));
        Object[] arguments = new Object[count];
        Arrays.setAll(arguments, i -> new V128(i, -i));
        Object result =
                function(instance, "run").asSpreader(Object[].class, count).invoke(arguments);
        assertThat(result).isEqualTo(new V128(count - 1, 1 - count));
    }

    static V128 last(Object[] all) {
        for (int i = 0; i < all.length; i++) {
            assertThat(all[i]).isEqualTo(new V128(i, -i));
        }
        return (V128) all[all.length - 1];
    }

    @Test
    void names_of_every_kind_are_names() {
        String longest = "x".repeat(65_535);
        String[] names = {
            "", "<init>", "call", "bind", "resume", "owner", "drive", "a/b;[.", "\0", "ü\uD83D\uDE00", longest
        };
        var wasm = new Wasm();
        int type = wasm.type(I32, I32);
        int previous = wasm.function(type, localGet(0), i32(1), 0x6A);
        for (String name : names) {
            previous = wasm.function(type, localGet(0), Wasm.call(previous), i32(1), 0x6A);
            wasm.exportFunction(name, previous);
        }
        byte[] binary = Wasm.code(wasm.build(), nameSection(names));
        CoreInstance instance = engine.compile(binary).instantiate(List.of(), CoreLimits.DEFAULTS, sandbox);
        for (int i = 0; i < names.length; i++) {
            assertThat(call(instance, names[i], 5)).isEqualTo(5 + 2 + i);
        }
    }

    /// The module's name and those of functions from 1, all of them; function 0 has that of function 2.
    private static byte[] nameSection(String... names) {
        byte[] module = code(0, sized(sized("<w/[;".getBytes(StandardCharsets.UTF_8))));
        byte[] entries = code(0, sized(names[1].getBytes(StandardCharsets.UTF_8)));
        for (int i = 0; i < names.length; i++) {
            entries = code(entries, i + 1, sized(names[i].getBytes(StandardCharsets.UTF_8)));
        }
        byte[] functions = code(names.length + 1, entries);
        byte[] content = code(sized("name".getBytes(StandardCharsets.US_ASCII)), module, 1, sized(functions));
        return code(0, sized(content));
    }

    private static byte[] sized(byte[] content) {
        byte[] length = localGet(content.length);
        return code(Arrays.copyOfRange(length, 1, length.length), content);
    }
}
