package dev.wattle.host.engine;

import static dev.wattle.host.engine.Wasm.i32;
import static dev.wattle.host.engine.Wasm.localGet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A guest that calls a guest of another engine, in the same sandbox, through a function of the host: whatever ends
/// the inner one passes through the outer one, which can neither catch it nor is hurt by it.
@Timeout(60)
public abstract class EngineNestingContract extends EngineContract {
    private static final int OFTEN = 20;
    private static final int CAUGHT = -7;
    private static final int ADD = 0x6A;
    private static final int STORE = 0x36;
    private static final int LOAD = 0x28;
    private static final int RETURN = 0x0F;
    private static final CoreType.Function UNARY =
            new CoreType.Function(List.of(CoreType.Value.I32), List.of(CoreType.Value.I32));

    private final Engine outerEngine;
    private final Engine innerEngine;

    /// @param outer of the guest that the host calls
    /// @param inner of the guest that is called through it
    protected EngineNestingContract(Engine outer, Engine inner) {
        this.outerEngine = outer;
        this.innerEngine = inner;
    }

    @Override
    protected final Engine engine() {
        return outerEngine;
    }

    private static final class HostFault extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /// A function of the host that calls a guest's.
    final class Bridge {
        private MethodHandle target = MethodHandles.identity(int.class);
        private Runnable before = () -> {};
        private boolean catches;

        int call(int value) throws Throwable {
            sandbox.host();
            before.run();
            sandbox.resume();
            int result;
            try {
                result = (int) target.invokeExact(value);
            } catch (Trap trap) {
                if (!catches) {
                    throw trap;
                }
                result = CAUGHT;
            } finally {
                sandbox.host();
            }
            sandbox.resume();
            return result;
        }

        CoreExtern.Function function() {
            try {
                return CoreExtern.hostFunction(
                        UNARY, MethodHandles.lookup().bind(this, "call", MethodType.methodType(int.class, int.class)));
            } catch (ReflectiveOperationException e) {
                throw new LinkageError(e.getMessage(), e);
            }
        }
    }

    private final Bridge inwards = new Bridge();
    private final Bridge outwards = new Bridge();

    /// `run` stores its argument, calls the host, stores what that returns and gives the sum of both; `guarded` is the
    /// same within a handler of everything, which returns -1.
    private static Wasm guest() {
        var module = new Wasm();
        int unary = module.type(I32, I32);
        int host = module.importFunction("host", "h", unary);
        module.memory(1, 4).exportMemory("memory").tag(module.type(NONE, NONE));
        int run = module.function(
                unary,
                Wasm.code(i32(0), localGet(0), Wasm.access(STORE, 0)),
                Wasm.code(i32(4), localGet(0), Wasm.call(host), Wasm.access(STORE, 0)),
                Wasm.code(i32(0), Wasm.access(LOAD, 0), i32(4), Wasm.access(LOAD, 0), ADD));
        byte[] all = Wasm.code(0x1F, Wasm.VOID, 1, 2, 0);
        int guarded = module.function(
                unary, Wasm.block(Wasm.VOID), all, localGet(0), Wasm.call(run), RETURN, Wasm.END, Wasm.END, i32(-1));
        int recurse = guarded + 1;
        module.function(unary, localGet(0), i32(1), ADD, Wasm.call(recurse), i32(1), ADD);
        module.exportFunction("run", run).exportFunction("guarded", guarded).exportFunction("recurse", recurse);
        return module.exported("add", I32, I32, localGet(0), i32(1), ADD)
                .exported("unreachable", I32, I32, Wasm.UNREACHABLE)
                .exported("divide", I32, I32, localGet(0), i32(0), 0x6D)
                .exported("outOfBounds", I32, I32, i32(-1), Wasm.access(LOAD, 0))
                .exported("throw", I32, I32, Wasm.throwTag(0))
                .exported("grow", I32, I32, localGet(0), Wasm.memoryGrow())
                .exported("spin", I32, I32, Wasm.loop(Wasm.VOID), Wasm.branch(0), Wasm.END, i32(0));
    }

    private CoreInstance guest(Engine engine, Bridge host) {
        return engine.compile(guest().build()).instantiate(List.of(host.function()), CoreLimits.DEFAULTS, sandbox);
    }

    private static Object within(GuestControl guest, CoreInstance instance, String function, int argument) {
        guest.enter();
        try {
            return call(instance, function, argument);
        } finally {
            guest.exit();
        }
    }

    /// An outer guest whose host calls that function of an inner one.
    private CoreInstance outer(String function) {
        inwards.target = function(guest(innerEngine, outwards), function);
        return guest(outerEngine, inwards);
    }

    private Trap trap(CoreInstance outer, String function, int argument) {
        Throwable failure = catchThrowable(() -> within(sandbox, outer, function, argument));
        assertThat(failure).isInstanceOf(Trap.class);
        return (Trap) failure;
    }

    @Test
    void what_the_inner_guest_returns_arrives() {
        assertThat(within(sandbox, outer("add"), "run", 20)).isEqualTo(41);
        assertThat(within(sandbox, outer("grow"), "guarded", 1)).isEqualTo(2);
        outwards.target = function(guest(innerEngine, outwards), "add");
        assertThat(within(sandbox, outer("run"), "run", 5)).isEqualTo(16);
    }

    @ParameterizedTest
    @CsvSource({
        "unreachable, UNREACHABLE",
        "divide, INTEGER_DIVIDE_BY_ZERO",
        "outOfBounds, MEMORY_OUT_OF_BOUNDS",
        "recurse, STACK_EXHAUSTED",
        "throw, UNCAUGHT_EXCEPTION"
    })
    void a_trap_of_the_inner_guest_ends_the_outer_one(String function, Trap.Kind kind) {
        CoreInstance outer = outer(function);
        for (int i = 1; i <= OFTEN; i++) {
            Trap trap = trap(outer, i % 2 == 0 ? "run" : "guarded", i);
            assertThat(trap.kind()).isEqualTo(kind);
            assertThat(trap.frames()).isNotNull();
            assertThat(memory(outer).readLong(0)).isEqualTo(i);
        }
        inwards.target = MethodHandles.identity(int.class);
        assertThat(within(sandbox, outer, "guarded", 4)).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unreachable", "divide", "outOfBounds", "recurse", "throw"})
    void a_trap_that_the_host_takes_does_not_hurt_the_outer_guest(String function) {
        inwards.catches = true;
        CoreInstance outer = outer(function);
        for (int i = 1; i <= OFTEN; i++) {
            assertThat(within(sandbox, outer, "guarded", 100)).isEqualTo(100 + CAUGHT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "guarded"})
    void a_failure_of_the_host_passes_through_both_guests(String function) {
        var fault = new HostFault();
        outwards.before = () -> {
            throw fault;
        };
        CoreInstance outer = outer(function);
        for (int i = 1; i <= OFTEN; i++) {
            assertThatThrownBy(() -> within(sandbox, outer, function, 3)).isSameAs(fault);
            assertThat(memory(outer).readLong(0)).isEqualTo(3);
        }
        outwards.before = () -> {};
        assertThat(within(sandbox, outer, function, 5)).isEqualTo(15);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_stop_ends_the_inner_guest_and_the_outer_one(boolean catches) throws InterruptedException {
        inwards.catches = catches;
        var running = new CountDownLatch(1);
        inwards.before = running::countDown;
        CoreInstance outer = outer("spin");
        Thread stopper = Thread.ofPlatform().name("stopper").start(() -> {
            try {
                running.await();
                sandbox.stop("deadline of the test");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Trap trap = trap(outer, "guarded", 6);
        stopper.join();
        assertThat(trap.kind()).isEqualTo(Trap.Kind.INTERRUPTED);
        assertThat(trap).hasMessage("deadline of the test");
        assertThat(memory(outer).readLong(0)).isEqualTo(6);
        assertThat(Thread.interrupted()).isFalse();
    }

    /// Outer and inner call each other until the stack ends, in whichever of them.
    @Test
    void a_recursion_through_both_engines_exhausts_the_stack() {
        CoreInstance inner = guest(innerEngine, outwards);
        CoreInstance outer = guest(outerEngine, inwards);
        inwards.target = function(inner, "guarded");
        outwards.target = function(outer, "guarded");
        for (int i = 0; i < OFTEN; i++) {
            assertThat(trap(outer, "run", 1).kind()).isEqualTo(Trap.Kind.STACK_EXHAUSTED);
            assertThat(trap(inner, "run", 1).kind()).isEqualTo(Trap.Kind.STACK_EXHAUSTED);
        }
        outwards.target = MethodHandles.identity(int.class);
        assertThat(within(sandbox, outer, "run", 1)).isEqualTo(3);
    }
}
