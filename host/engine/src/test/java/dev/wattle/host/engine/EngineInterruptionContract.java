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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A guest that does not end by itself is ended, and its thread can go on.
@Timeout(20)
public abstract class EngineInterruptionContract extends EngineContract {
    private final GuestControl guest = new GuestControl();

    @AfterEach
    void no_interrupt_is_left_behind() {
        assertThat(Thread.interrupted()).isFalse();
    }

    /// Imports `started`, and has guests that call it and then never end.
    private static Wasm endless() {
        var module = new Wasm();
        int started = module.importFunction("host", "started", module.type(NONE, NONE));
        int recursive = module.type(I32, I32);
        int down = 1;
        module.exportFunction(
                "recurse", module.function(recursive, localGet(0), i32(1), 0x6A, Wasm.call(down), i32(1), 0x6A));
        int tree = 2;
        module.exportFunction(
                "tree",
                module.function(
                        recursive,
                        localGet(0),
                        0x45,
                        0x04,
                        Wasm.I32,
                        i32(1),
                        0x05,
                        localGet(0),
                        i32(1),
                        0x6B,
                        Wasm.call(tree),
                        localGet(0),
                        i32(1),
                        0x6B,
                        Wasm.call(tree),
                        0x6A,
                        Wasm.END));
        module.exported("loop", NONE, NONE, Wasm.call(started), Wasm.LOOP, Wasm.VOID, 0x0C, 0, Wasm.END);
        module.exported("deepTree", NONE, I32, Wasm.call(started), i32(200), Wasm.call(tree));
        module.exported("callOut", NONE, NONE, Wasm.call(started));
        return module;
    }

    private CoreInstance endless(MethodHandle started) {
        var type = new CoreType.Function(List.of(), List.of());
        return engine().compile(endless().build())
                .instantiate(List.of(CoreExtern.hostFunction(type, started)), CoreLimits.DEFAULTS, guest);
    }

    private static MethodHandle action(Runnable action) {
        try {
            return MethodHandles.lookup()
                    .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
                    .bindTo(action);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private void assertStopped(String function) {
        var running = new CountDownLatch(1);
        CoreInstance instance = endless(action(running::countDown));
        Thread stopper = Thread.ofPlatform().name("stopper").start(() -> {
            try {
                running.await();
                guest.stop("deadline of the test");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        guest.enter();
        Trap trap;
        try {
            trap = trapOf(instance, function);
        } finally {
            guest.exit();
        }
        assertThat(trap.kind()).isEqualTo(Trap.Kind.INTERRUPTED);
        assertThat(trap).hasMessage("deadline of the test");
        assertThat(stopper).isNotNull();
    }

    @Test
    void an_endless_loop_is_stopped() {
        assertStopped("loop");
    }

    @Test
    void a_recursion_that_takes_for_ever_is_stopped() {
        assertStopped("deepTree");
    }

    @Test
    void an_endless_recursion_exhausts_the_stack_and_the_thread_goes_on() {
        CoreInstance instance = endless(action(() -> {}));
        for (int i = 0; i < 5; i++) {
            assertTraps(Trap.Kind.STACK_EXHAUSTED, instance, "recurse", 0);
        }
        assertThat(call(instance, "tree", 4)).isEqualTo(16);
    }

    /// The first thing that ever runs on this engine in this test is a recursion without end: whatever is
    /// loaded lazily is loaded with a stack that is almost full.
    @Test
    void an_endless_recursion_through_the_host_exhausts_the_stack() {
        var module = new Wasm();
        int imported = module.importFunction("host", "again", module.type(I32, I32));
        module.exported("run", I32, I32, localGet(0), Wasm.call(imported), i32(100), 0x6D);
        var self = new MethodHandle[1];
        MethodHandle indirect = MethodHandles.foldArguments(
                MethodHandles.exactInvoker(MethodType.methodType(int.class, int.class)),
                MethodHandles.insertArguments(MethodHandles.arrayElementGetter(MethodHandle[].class), 0, self, 0));
        var type = new CoreType.Function(List.of(CoreType.Value.I32), List.of(CoreType.Value.I32));
        CoreInstance instance = instance(module, CoreExtern.hostFunction(type, indirect));
        self[0] = function(instance, "run");
        for (int i = 0; i < 5; i++) {
            assertTraps(Trap.Kind.STACK_EXHAUSTED, instance, "run", 1);
        }
    }

    @Test
    void a_stop_during_a_host_call_takes_effect_when_the_host_goes_back() {
        CoreInstance instance = endless(action(() -> {
            guest.host();
            guest.stop("deadline");
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            guest.resume();
        }));
        guest.enter();
        try {
            assertTraps(Trap.Kind.INTERRUPTED, instance, "callOut");
        } finally {
            guest.exit();
        }
        assertThatThrownBy(guest::enter).isInstanceOf(Trap.class);
    }

    @Test
    void a_stopped_guest_cannot_catch_its_end_and_the_next_sandbox_is_not_touched() {
        assertStopped("loop");
        var next = new GuestControl();
        CoreInstance instance = engine().compile(
                        new Wasm().exported("one", NONE, I32, i32(1)).build())
                .instantiate(List.of(), CoreLimits.DEFAULTS, next);
        next.enter();
        assertThat(call(instance, "one")).isEqualTo(1);
        next.exit();
    }

    @Test
    void an_interrupt_from_elsewhere_ends_the_guest_and_stays_set() {
        CoreInstance instance = endless(action(() -> Thread.currentThread().interrupt()));
        guest.enter();
        Throwable failure = catchThrowable(() -> call(instance, "loop"));
        guest.exit();
        assertThat(failure)
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.kind()).isEqualTo(Trap.Kind.INTERRUPTED));
        assertThat(Thread.interrupted()).isTrue();
    }
}
