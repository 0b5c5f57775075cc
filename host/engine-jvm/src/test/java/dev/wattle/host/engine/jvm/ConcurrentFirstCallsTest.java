package dev.wattle.host.engine.jvm;

import static dev.wattle.host.engine.Wasm.callIndirect;
import static dev.wattle.host.engine.Wasm.i32;
import static dev.wattle.host.engine.Wasm.localGet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.CoreInstance;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.CoreModule;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.Wasm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Functions that many threads call first at the same moment are compiled while all of them wait, in whatever order
/// they come.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class ConcurrentFirstCallsTest {
    private static final int THREADS = 8;
    private static final int ROUNDS = 3;
    private static final int FUNCTIONS = 120;
    private static final int[] I32 = {Wasm.I32};

    /// Two tables of two modules: function `i` of either calls function `i + 1` of the other through a table.
    private static byte[] half(int own, boolean owner) {
        var wasm = new Wasm();
        int type = wasm.type(I32, I32);
        if (!owner) {
            wasm.importTable("other", "table", 2 * FUNCTIONS, 2 * FUNCTIONS);
        } else {
            wasm.table(2 * FUNCTIONS, 2 * FUNCTIONS).exportTable("table");
        }
        int[] indices = new int[FUNCTIONS];
        for (int i = 0; i < FUNCTIONS; i++) {
            int next = (1 - own) * FUNCTIONS + i + own;
            indices[i] = i == FUNCTIONS - 1
                    ? wasm.function(type, localGet(0))
                    : wasm.function(type, localGet(0), i32(1), 0x6A, i32(next), callIndirect(type));
        }
        wasm.elements(own * FUNCTIONS, indices);
        for (int i = 0; i < FUNCTIONS; i++) {
            wasm.exportFunction("f" + i, indices[i]);
        }
        return wasm.build();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void modules_that_call_each_other_are_compiled_by_many_threads_at_once(boolean virtual) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Engine engine = new JvmEngine();
            CoreModule first = engine.compile(half(0, true));
            CoreModule second = engine.compile(half(1, false));
            var barrier = new CyclicBarrier(THREADS);
            var failures = Collections.synchronizedList(new ArrayList<Throwable>());
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int number = i;
                Runnable work = () -> run(first, second, number, barrier, failures);
                Thread.Builder builder = virtual ? Thread.ofVirtual() : Thread.ofPlatform();
                threads.add(builder.name("caller " + i).start(work));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(failures).isEmpty();
        }
    }

    private static void run(
            CoreModule first, CoreModule second, int number, CyclicBarrier barrier, List<Throwable> failures) {
        try {
            var sandbox = new GuestControl();
            CoreInstance owner = first.instantiate(List.of(), CoreLimits.DEFAULTS, sandbox);
            CoreInstance importer = second.instantiate(List.of(owner.export("table")), CoreLimits.DEFAULTS, sandbox);
            CoreInstance called = number % 2 == 0 ? owner : importer;
            int start = number / 2 * 7;
            var handles = new ArrayList<CoreExtern.Function>();
            handles.add((CoreExtern.Function) called.export("f" + start));
            handles.add((CoreExtern.Function) called.export("f" + (start + 1)));
            int _ = barrier.await(20, TimeUnit.SECONDS);
            for (CoreExtern.Function each : handles) {
                int result = (int) each.handle().invokeExact(5);
                assertThat(result).isGreaterThan(5);
            }
        } catch (Throwable failure) {
            failures.add(failure);
        }
    }
}
