package dev.wattle.host.engine;

import static dev.wattle.host.engine.Wasm.i32;
import static dev.wattle.host.engine.Wasm.localGet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A guest that uses up its stack traps, as often as it likes, and never tears what host code was doing.
@Timeout(60)
public abstract class EngineStackContract extends EngineContract {
    private static final int OFTEN = 1_000;
    private static final CoreType.Function UNARY =
            new CoreType.Function(List.of(CoreType.Value.I32), List.of(CoreType.Value.I32));

    /// `recurse` calls itself without end; `again` calls an import, which may call it.
    private static Wasm recursive() {
        var module = new Wasm();
        int unary = module.type(I32, I32);
        int imported = module.importFunction("host", "again", unary);
        int down = imported + 1;
        module.exportFunction(
                "recurse", module.function(unary, localGet(0), i32(1), 0x6A, Wasm.call(down), i32(1), 0x6A));
        module.exportFunction("again", module.function(unary, localGet(0), Wasm.call(imported), i32(100), 0x6D));
        return module.exported("twice", I32, I32, localGet(0), localGet(0), 0x6A);
    }

    private CoreInstance recursive(MethodHandle again) {
        return instance(recursive(), CoreExtern.hostFunction(UNARY, again));
    }

    /// A handle that calls what is in the array by then.
    private static MethodHandle indirect(MethodHandle[] target) {
        return MethodHandles.foldArguments(
                MethodHandles.exactInvoker(MethodType.methodType(int.class, int.class)),
                MethodHandles.insertArguments(MethodHandles.arrayElementGetter(MethodHandle[].class), 0, target, 0));
    }

    private static MethodHandle bound(Object receiver, String method) {
        try {
            return MethodHandles.lookup().bind(receiver, method, MethodType.methodType(int.class, int.class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    @Test
    void an_endless_recursion_exhausts_the_stack_again_and_again() {
        CoreInstance instance = recursive(MethodHandles.identity(int.class));
        for (int i = 0; i < OFTEN; i++) {
            assertTraps(Trap.Kind.STACK_EXHAUSTED, instance, "recurse", 0);
        }
        assertThat(call(instance, "twice", 4)).isEqualTo(8);
    }

    /// The first thing that ever runs on this engine in this test is a recursion without end: whatever is
    /// loaded lazily is loaded with a stack that is almost full.
    @Test
    void an_endless_recursion_through_the_host_exhausts_the_stack() {
        var self = new MethodHandle[1];
        CoreInstance instance = recursive(indirect(self));
        self[0] = function(instance, "again");
        for (int i = 0; i < 5; i++) {
            assertTraps(Trap.Kind.STACK_EXHAUSTED, instance, "again", 1);
        }
        assertThat(call(instance, "twice", 4)).isEqualTo(8);
    }

    @Test
    void an_endless_recursion_exhausts_the_stack_of_a_virtual_thread_too() throws InterruptedException {
        var failure = new AtomicReference<Throwable>();
        Thread.ofVirtual()
                .name("guest")
                .start(() -> failure.set(catchThrowable(() -> {
                    CoreInstance instance = recursive(MethodHandles.identity(int.class));
                    for (int i = 0; i < 5; i++) {
                        assertTraps(Trap.Kind.STACK_EXHAUSTED, instance, "recurse", 0);
                    }
                    assertThat(call(instance, "twice", 4)).isEqualTo(8);
                })))
                .join();
        assertThat(failure.get()).isNull();
    }

    /// Each chain of functions is new code, met for the first time with the stack almost full.
    @Test
    void code_that_is_first_called_at_the_end_of_the_stack_is_callable_later() {
        var module = new Wasm();
        int unary = module.type(I32, I32);
        int fresh = 40;
        for (int i = 0; i < fresh; i++) {
            module.function(unary, localGet(0), i32(i), 0x6A);
        }
        Object[] body = new Object[2 + 3 * fresh + 3];
        body[0] = localGet(0);
        body[1] = Wasm.call(fresh);
        int at = 2;
        for (int i = 0; i < fresh; i++) {
            body[at++] = localGet(0);
            body[at++] = Wasm.call(i);
            body[at++] = 0x6A;
        }
        body[at++] = i32(1);
        body[at++] = 0x6A;
        body[at] = new byte[0];
        module.exportFunction("down", module.function(unary, body));
        for (int i = 0; i < fresh; i++) {
            module.exportFunction("f" + i, i);
        }
        CoreInstance instance = instance(module);
        for (int i = 0; i < fresh; i++) {
            assertTraps(Trap.Kind.STACK_EXHAUSTED, instance, "down", 1);
            assertThat(call(instance, "f" + i, 1)).isEqualTo(1 + i);
        }
    }

    /// `down` goes deeper, and at each depth calls `first`, which makes tail calls; the stack ends anywhere in that.
    /// `first(0)` makes none: if it did, that would be one that was left over.
    @Test
    void a_tail_call_that_the_end_of_the_stack_cut_off_is_not_made_later() {
        var module = new Wasm();
        int unary = module.type(I32, I32);
        for (int i = 0; i < 3; i++) {
            byte[] end = Wasm.code(localGet(0), 0x45, 0x04, Wasm.VOID, i32(7 + i), 0x0F, Wasm.END);
            module.function(unary, end, localGet(0), i32(1), 0x6B, Wasm.returnCall((i + 1) % 3));
        }
        int down = 3;
        module.function(unary, i32(5), Wasm.call(0), localGet(0), 0x6A, Wasm.call(down), i32(1), 0x6A);
        int deeper = 4;
        module.function(
                unary,
                Wasm.code(localGet(0), 0x45, 0x04, Wasm.I32, i32(1), Wasm.call(down), 0x05),
                Wasm.code(localGet(0), i32(1), 0x6B, Wasm.call(deeper), Wasm.END));
        module.exportFunction("first", 0).exportFunction("deeper", deeper);
        CoreInstance instance = instance(module);
        for (int i = 0; i < OFTEN / 5; i++) {
            assertTraps(Trap.Kind.STACK_EXHAUSTED, instance, "deeper", i % 50);
            assertThat(call(instance, "first", 0)).as("round %d", i).isEqualTo(7);
            assertThat(call(instance, "first", 4)).as("round %d", i).isEqualTo(8);
        }
    }

    /// What a host function does: two counters that must agree, and some calls between them.
    static final class Counters {
        private final MethodHandle[] again;
        private int entered;
        private int left;
        private int torn;

        Counters(MethodHandle[] again) {
            this.again = again;
        }

        int count(int depth) throws Throwable {
            boolean done = false;
            entered++;
            try {
                work(40);
                left++;
                done = true;
            } finally {
                if (!done) {
                    torn++;
                }
            }
            return (int) again[0].invokeExact(depth + 1);
        }

        private static int work(int calls) {
            return calls == 0 ? 0 : 1 + work(calls - 1);
        }
    }

    @Test
    void the_stack_never_ends_inside_host_code() {
        var self = new MethodHandle[1];
        var counters = new Counters(self);
        CoreInstance instance = recursive(bound(counters, "count"));
        self[0] = function(instance, "again");
        for (int i = 0; i < OFTEN / 10; i++) {
            assertTraps(Trap.Kind.STACK_EXHAUSTED, instance, "again", 1);
        }
        assertThat(counters.torn).isZero();
        assertThat(counters.left).isEqualTo(counters.entered).isPositive();
    }
}
