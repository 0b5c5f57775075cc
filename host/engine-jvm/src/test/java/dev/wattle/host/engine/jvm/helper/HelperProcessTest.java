package dev.wattle.host.engine.jvm.helper;

import static dev.wattle.host.engine.Wasm.I32;
import static dev.wattle.host.engine.Wasm.i32;
import static dev.wattle.host.engine.Wasm.localGet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.ModuleException;
import dev.wattle.host.engine.Trap;
import dev.wattle.host.engine.Wasm;
import dev.wattle.host.engine.jvm.JvmEngine;
import dev.wattle.host.engine.jvm.JvmOptions;
import dev.wattle.host.engine.jvm.binary.ModuleDecoder;
import dev.wattle.host.engine.jvm.binary.ModuleLimits;
import dev.wattle.host.engine.jvm.binary.WasmModule;
import dev.wattle.host.engine.jvm.code.Ahead;
import dev.wattle.host.engine.jvm.code.ClassSource;
import dev.wattle.host.engine.jvm.code.CodeOptions;
import dev.wattle.host.engine.jvm.code.CodeServices;
import dev.wattle.host.engine.jvm.code.CompileLimits;
import dev.wattle.host.engine.jvm.code.FunctionCompiler;
import dev.wattle.host.engine.jvm.code.LargeFunctions;
import dev.wattle.host.engine.jvm.code.LargeFunctions.TooLargeException;
import dev.wattle.host.engine.jvm.code.ModuleCode;
import dev.wattle.host.engine.jvm.code.Signatures;
import dev.wattle.host.engine.jvm.code.WaitingGuests;
import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodHandle;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class HelperProcessTest {
    private static final int[] ONE = {I32};
    private static final int[] NONE = {};
    private static final int ADD = 0x6A;
    private static final int CALL = 0x10;
    private static final String DIGEST = "0123456789abcdef";
    private static final int BOMB_BYTES = 5_000_000;

    /// Everything but nothing is large.
    private static final CompileLimits ALL_LARGE = CompileLimits.DEFAULTS.withFunctionCost(0);

    private static byte[] times(byte[] code, int count) {
        var all = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            all.writeBytes(code);
        }
        return all.toByteArray();
    }

    /// The function `bomb` of millions of blocks, each of which adds 1 when there is a number, and `caller` of it.
    private static byte[] bomb() {
        return bomb(BOMB_BYTES);
    }

    private static byte[] bomb(int bytes) {
        byte[] step = {0x20, 0, 0x04, 0x40, 0x20, 0, 0x41, 1, 0x6A, 0x21, 0, 0x0B};
        return new Wasm()
                .exported("bomb", ONE, ONE, times(step, bytes / step.length), localGet(0))
                .exported("caller", ONE, ONE, localGet(0), CALL, 0)
                .build();
    }

    private static WasmModule small() {
        byte[] binary =
                new Wasm().exported("run", ONE, ONE, localGet(0), i32(1), ADD).build();
        return ModuleDecoder.decode(binary, ModuleLimits.DEFAULTS);
    }

    private static MethodHandle export(CompileLimits limits, byte[] binary, String name) {
        var engine = new JvmEngine(JvmOptions.DEFAULTS.withCompile(limits));
        var instance = engine.compile(binary).instantiate(List.of(), CoreLimits.DEFAULTS, new GuestControl());
        return ((CoreExtern.Function) instance.export(name)).handle();
    }

    @Test
    void a_helper_makes_the_same_classes() {
        var here = FunctionCompiler.compile(small(), DIGEST, CodeOptions.SPLIT, 0);
        var there = HelperProcess.of(ALL_LARGE).compile(small(), DIGEST, CodeOptions.SPLIT, 0);
        assertThat(there.keySet()).containsExactlyElementsOf(here.keySet());
        here.forEach((name, bytes) -> assertThat(there.get(name)).as(name).isEqualTo(bytes));
    }

    @Test
    void a_bomb_takes_little_of_this_process_and_runs() throws Throwable {
        byte[] bomb = bomb();
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        MethodHandle caller = export(CompileLimits.DEFAULTS, bomb, "caller");
        assertThat((int) caller.invokeExact(1)).isEqualTo(1 + BOMB_BYTES / 12);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                .as("bytes, of which translating it here would take several hundred millions")
                .isLessThan(20L * BOMB_BYTES);
    }

    @Test
    void a_bomb_beyond_the_memory_of_a_helper_is_refused_in_plain_words() throws Throwable {
        CompileLimits little = CompileLimits.DEFAULTS.withHelper(48, Duration.ofSeconds(60));
        byte[] bomb = bomb();
        assertThatExceptionOfType(ModuleException.class)
                .isThrownBy(() -> export(little, bomb, "bomb"))
                .withMessageContaining("compiling function 0")
                .withMessageContaining("MiB of heap that a helper process has");
        MethodHandle caller = export(little, bomb, "caller");
        Trap trap = catchThrowableOfType(Trap.class, () -> caller.invokeWithArguments(1));
        assertThat(trap.kind()).isEqualTo(Trap.Kind.LIMIT);
        assertThat(trap).hasMessageContaining("compiling function 0");
    }

    @Test
    void a_helper_that_takes_too_long_is_ended() {
        LargeFunctions hasty = HelperProcess.of(ALL_LARGE.withHelper(64, Duration.ofMillis(1)));
        assertThatExceptionOfType(TooLargeException.class)
                .isThrownBy(() -> hasty.compile(small(), DIGEST, CodeOptions.LAZY, 0))
                .withMessageContaining("more than the 1 ms");
    }

    @Test
    void what_cannot_be_compiled_is_tried_once() {
        var tries = new AtomicInteger();
        LargeFunctions failing = (_, _, _, _) -> {
            tries.incrementAndGet();
            throw new TooLargeException("more than there is", true);
        };
        var services = new CodeServices(ClassSource.NONE, failing, Ahead.NEVER, ALL_LARGE);
        var code = new ModuleCode(small(), DIGEST, CodeOptions.LAZY, new Signatures(), services, List.of());
        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(ModuleException.class)
                    .isThrownBy(() -> code.compile(0))
                    .withMessageContaining("more than there is");
        }
        assertThat(tries).hasValue(1);
    }

    /// Compiles when it is told to, and counts.
    private static final class SlowFunctions implements LargeFunctions {
        final CountDownLatch asked = new CountDownLatch(1);
        final CountDownLatch told = new CountDownLatch(1);
        final AtomicInteger times = new AtomicInteger();

        @Override
        public Map<String, byte[]> compile(WasmModule module, String digest, CodeOptions options, int function) {
            times.incrementAndGet();
            asked.countDown();
            try {
                told.await();
            } catch (InterruptedException e) {
                throw new TooLargeException("interrupted", false);
            }
            return FunctionCompiler.compile(module, digest, options, function);
        }
    }

    /// Nobody tells the compiler to go on before the guest has gone.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_guest_that_is_stopped_does_not_wait_for_a_helper(boolean virtual) throws InterruptedException {
        var slow = new SlowFunctions();
        var guests = new WaitingGuests();
        var services = new CodeServices(ClassSource.NONE, slow, Ahead.NEVER, ALL_LARGE, guests);
        var code = new ModuleCode(small(), DIGEST, CodeOptions.LAZY, new Signatures(), services, List.of());
        var guest = new GuestControl();
        var other = new GuestControl();
        guests.add(guest);
        guests.add(other);
        var found = new AtomicReference<Throwable>();
        Runnable call = () -> {
            guest.enter();
            found.set(catchThrowable(() -> code.compile(0)));
            guest.exit();
        };
        Thread thread = virtual
                ? Thread.ofVirtual().name("guest").start(call)
                : Thread.ofPlatform().name("guest").start(call);
        slow.asked.await();
        other.stop("not this one");
        guest.stop("deadline of the test");
        thread.join();
        assertThat(found.get())
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.kind()).isEqualTo(Trap.Kind.INTERRUPTED))
                .hasMessage("deadline of the test");
        Thread next = Thread.ofPlatform().name("next").start(() -> code.compile(0));
        slow.told.countDown();
        next.join();
        code.compile(0);
        assertThat(slow.times).hasValue(1);
        assertThat(code.report().functions()).isEqualTo(1);
    }

    /// The helper still works when the guest is gone, and the next guest gets what it makes.
    @Test
    void a_guest_that_calls_a_large_function_is_stopped_while_a_helper_compiles_it() throws Throwable {
        int bytes = 1_200_000;
        var module = new JvmEngine(JvmOptions.DEFAULTS).compile(bomb(bytes));
        var guest = new GuestControl();
        var instance = module.instantiate(List.of(), CoreLimits.DEFAULTS, guest);
        MethodHandle caller = ((CoreExtern.Function) instance.export("caller")).handle();
        var helper = new AtomicReference<ProcessHandle>();
        Thread stopper = Thread.ofPlatform().name("stopper").start(() -> {
            while (helper.get() == null) {
                ProcessHandle.current().children().findAny().ifPresent(helper::set);
                Thread.onSpinWait();
            }
            guest.stop("deadline of the test");
        });
        guest.enter();
        Trap trap = catchThrowableOfType(Trap.class, () -> caller.invokeWithArguments(1));
        boolean working = ProcessHandle.current().children().anyMatch(ProcessHandle::isAlive);
        guest.exit();
        stopper.join();
        assertThat(trap.kind()).isEqualTo(Trap.Kind.INTERRUPTED);
        assertThat(working).isTrue();
        var next = module.instantiate(List.of(), CoreLimits.DEFAULTS, new GuestControl());
        MethodHandle again = ((CoreExtern.Function) next.export("caller")).handle();
        assertThat((int) again.invokeExact(1)).isEqualTo(1 + bytes / 12);
    }

    @Test
    void many_that_need_a_large_function_at_once_have_it_compiled_once() throws InterruptedException {
        var slow = new SlowFunctions();
        var services = new CodeServices(ClassSource.NONE, slow, Ahead.NEVER, ALL_LARGE);
        var code = new ModuleCode(small(), DIGEST, CodeOptions.LAZY, new Signatures(), services, List.of());
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 8; i++) {
            threads.add(Thread.ofPlatform().name("caller-" + i).start(() -> code.compile(0)));
        }
        slow.asked.await();
        slow.told.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(slow.times).hasValue(1);
    }

    @Test
    void large_functions_are_noted() {
        var engine = new JvmEngine(JvmOptions.DEFAULTS);
        assertThat(engine.compile(bomb()).notes())
                .singleElement()
                .asString()
                .startsWith("function 0 ")
                .contains("a process of its own");
    }

    @Test
    void many_small_functions_come_to_an_end_too() throws Throwable {
        int functions = 2_000;
        var wasm = new Wasm();
        int type = wasm.type(NONE, NONE);
        for (int i = 0; i < functions; i++) {
            wasm.function(
                    type,
                    i + 1 < functions ? new Object[] {CALL, ((i + 1) & 0x7F) | 0x80, (i + 1) >> 7} : new Object[] {});
        }
        MethodHandle first = export(
                CompileLimits.DEFAULTS.withModuleClassBytes(200_000),
                wasm.exportFunction("first", 0).build(),
                "first");
        Trap trap = catchThrowableOfType(Trap.class, first::invokeExact);
        assertThat(trap.kind()).isEqualTo(Trap.Kind.LIMIT);
        assertThat(trap).hasMessageContaining("more than 200000 bytes of classes");
    }
}
