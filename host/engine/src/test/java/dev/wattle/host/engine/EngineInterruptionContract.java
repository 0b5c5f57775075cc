package dev.wattle.host.engine;

import static dev.wattle.host.engine.Wasm.code;
import static dev.wattle.host.engine.Wasm.i32;
import static dev.wattle.host.engine.Wasm.localGet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        int tree = 1;
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
        spins(module, started);
        module.exported("deepTree", NONE, I32, Wasm.call(started), i32(200), Wasm.call(tree));
        module.exported("callOut", NONE, NONE, Wasm.call(started));
        return module;
    }

    /// Guests that never end in other ways: by a jump table, by filling memory, through an indirect call.
    private static void spins(Wasm module, int started) {
        int nullary = module.type(NONE, NONE);
        module.memory(16, 32).table(1_000, 2_000).passiveData(new byte[1 << 16]);
        module.exported(
                "jumpTable",
                NONE,
                NONE,
                Wasm.call(started),
                Wasm.loop(Wasm.VOID),
                Wasm.loop(Wasm.VOID),
                i32(1),
                Wasm.branchTable(0, 1, 0),
                Wasm.END,
                Wasm.END);
        looping(module, started, "fill", i32(0), i32(7), i32(1 << 20), Wasm.memoryFill());
        looping(module, started, "copy", i32(1), i32(0), i32((1 << 20) - 1), Wasm.memoryCopy());
        looping(module, started, "init", i32(1), i32(0), i32(1 << 16), Wasm.memoryInit(0));
        looping(module, started, "grow", i32(1), Wasm.memoryGrow(), Wasm.DROP);
        looping(module, started, "table.fill", i32(0), Wasm.refNullFunction(), i32(1_000), code(0xFC, 17, 0));
        looping(module, started, "table.copy", i32(1), i32(0), i32(999), code(0xFC, 14, 0, 0));
        looping(module, started, "table.grow", Wasm.refNullFunction(), i32(1), Wasm.tableGrow(), Wasm.DROP);
        module.elements(0, module.function(nullary));
        looping(module, started, "indirect", i32(0), Wasm.callIndirect(nullary));
    }

    private static void looping(Wasm module, int started, String name, Object... body) {
        module.exported(
                name, NONE, NONE, Wasm.call(started), Wasm.loop(Wasm.VOID), code(body), Wasm.branch(0), Wasm.END);
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
        assertThatThrownBy(guest::enter).isInstanceOf(Trap.class).hasMessage("deadline of the test");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"jumpTable", "fill", "copy", "init", "grow", "table.fill", "table.copy", "table.grow", "indirect"
            })
    void whatever_a_guest_spins_on_is_stopped(String function) {
        assertStopped(function);
    }

    @ParameterizedTest
    @ValueSource(strings = {"loop", "deepTree", "jumpTable", "fill", "indirect"})
    void a_guest_on_a_virtual_thread_is_stopped(String function) throws InterruptedException {
        var failure = new AtomicReference<Throwable>();
        Thread.ofVirtual()
                .name("guest")
                .start(() -> failure.set(catchThrowable(() -> assertStopped(function))))
                .join();
        assertThat(failure.get()).isNull();
    }

    /// Stopped again and again while it runs on: nobody else's flag is touched, and none is left.
    @Test
    void guest_code_that_polls_is_never_interrupted() {
        var flags = new ArrayList<Boolean>();
        CoreInstance instance = endless(action(() -> {
            guest.stop("deadline");
            flags.add(Thread.currentThread().isInterrupted());
        }));
        guest.enter();
        Trap trap = trapOf(instance, "loop");
        flags.add(Thread.currentThread().isInterrupted());
        guest.exit();
        assertThat(trap.kind()).isEqualTo(Trap.Kind.INTERRUPTED);
        assertThat(flags.getFirst()).isEqualTo(!engine().polls());
        assertThat(flags.getLast()).isFalse();
    }

    @Test
    void the_end_of_one_guest_is_not_that_of_another_of_the_same_module() throws InterruptedException {
        CoreModule module = engine().compile(endless().build());
        var type = new CoreType.Function(List.of(), List.of());
        var running = new CountDownLatch(2);
        List<CoreExtern> started = List.of(CoreExtern.hostFunction(type, action(running::countDown)));
        var other = new GuestControl();
        CoreInstance first = module.instantiate(started, CoreLimits.DEFAULTS, guest);
        CoreInstance second = module.instantiate(started, CoreLimits.DEFAULTS, other);
        Thread one = Thread.ofPlatform().name("one").start(() -> spin(guest, first));
        Thread two = Thread.ofPlatform().name("two").start(() -> spin(other, second));
        running.await();
        guest.stop("enough");
        one.join();
        assertThat(two.isAlive()).isTrue();
        assertThat(other.stopped()).isNull();
        other.stop("enough");
        two.join();
    }

    private static void spin(GuestControl control, CoreInstance instance) {
        control.enter();
        try {
            assertTraps(Trap.Kind.INTERRUPTED, instance, "loop");
        } finally {
            control.exit();
        }
    }

    /// More spinners than processors, and one that only wants to answer; all share the permits.
    @Test
    void spinning_guests_on_virtual_threads_let_others_answer() throws InterruptedException {
        if (!engine().polls()) {
            return;
        }
        CoreModule module = engine().compile(endless().build());
        var permits = new CpuPermits(1, CpuPermits.SLICE);
        var type = new CoreType.Function(List.of(), List.of());
        int count = 3 * Runtime.getRuntime().availableProcessors();
        var running = new CountDownLatch(count);
        List<CoreExtern> started = List.of(CoreExtern.hostFunction(type, action(running::countDown)));
        var controls = new ArrayList<GuestControl>();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < count; i++) {
            var control = new GuestControl(permits);
            controls.add(control);
            CoreInstance instance = module.instantiate(started, CoreLimits.DEFAULTS, control);
            threads.add(Thread.ofVirtual().name("spinner-" + i).start(() -> spin(control, instance)));
        }
        running.await();
        CoreInstance innocent = module.instantiate(started, CoreLimits.DEFAULTS, new GuestControl(permits));
        Thread.ofVirtual()
                .name("innocent")
                .start(() -> call(innocent, "tree", 4))
                .join();
        controls.forEach(control -> control.stop("enough"));
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(permits.running() + permits.waiting()).isZero();
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

    /// Whoever runs the thread may want it to end; an engine that polls leaves that to the next wait.
    @Test
    void an_interrupt_from_elsewhere_stays_set() {
        CoreInstance instance = endless(action(() -> {
            Thread.currentThread().interrupt();
            if (engine().polls()) {
                guest.stop("deadline");
            }
        }));
        guest.enter();
        Throwable failure = catchThrowable(() -> call(instance, "loop"));
        guest.exit();
        assertThat(failure)
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.kind()).isEqualTo(Trap.Kind.INTERRUPTED));
        assertThat(Thread.interrupted()).isTrue();
    }
}
