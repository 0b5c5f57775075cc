package dev.wattle.host.engine.endive;

import static dev.wattle.host.engine.Wasm.i32;
import static dev.wattle.host.engine.Wasm.localGet;

import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.CoreInstance;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.CoreModule;
import dev.wattle.host.engine.CoreType;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.Wasm;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;

/// Times what the engine adds, by hand: run [#main] with the test class path. Best of several rounds.
final class Measure {
    private static final int[] I32 = {Wasm.I32};
    private static final int ROUNDS = 7;
    private static final int DATA_BYTES = 100_000;

    private Measure() {}

    private interface Work {
        long run(int times) throws Throwable;
    }

    static int same(int value) {
        return value;
    }

    public static void main(String[] arguments) throws Throwable {
        var engine = new EndiveEngine();
        fresh("fresh instance, no memory", engine.compile(module(0, 0).build()), 20_000);
        fresh("fresh instance, 1 page", engine.compile(module(1, 0).build()), 20_000);
        fresh(
                "fresh instance, 17 pages, 100 KB data",
                engine.compile(module(17, DATA_BYTES).build()),
                5_000);
        calls(engine);
    }

    private static Wasm module(int pages, int data) {
        var module = new Wasm().exported("run", I32, I32, localGet(0), i32(1), 0x6A);
        if (pages > 0) {
            module.memory(pages, pages);
        }
        if (data > 0) {
            module.data(1 << 20, new byte[Math.min(data, 65536)]).data(1000, new byte[data - Math.min(data, 65536)]);
        }
        return module;
    }

    private static void fresh(String what, CoreModule module, int times) throws Throwable {
        best(what, "µs", 1e3, times, count -> {
            long sum = 0;
            for (int i = 0; i < count; i++) {
                try (CoreInstance instance = module.instantiate(List.of(), CoreLimits.DEFAULTS, new GuestControl())) {
                    sum += (int) handle(instance, "run").invokeExact(i);
                }
            }
            return sum;
        });
    }

    private static void calls(EndiveEngine engine) throws Throwable {
        CoreInstance plain =
                engine.compile(module(0, 0).build()).instantiate(List.of(), CoreLimits.DEFAULTS, new GuestControl());
        MethodHandle run = handle(plain, "run");
        best("host to guest", "ns", 1, 5_000_000, count -> {
            long sum = 0;
            for (int i = 0; i < count; i++) {
                sum += (int) run.invokeExact(i);
            }
            return sum;
        });
        var type = new CoreType.Function(List.of(CoreType.Value.I32), List.of(CoreType.Value.I32));
        MethodHandle same =
                MethodHandles.lookup().findStatic(Measure.class, "same", MethodType.methodType(int.class, int.class));
        loop(engine, "empty loop in the guest", null);
        loop(engine, "guest to host", CoreExtern.hostFunction(type, same));
        loop(engine, "guest to guest of another instance", plain.export("run"));
    }

    /// A guest that calls its import so many times in a loop.
    private static void loop(EndiveEngine engine, String what, @org.jspecify.annotations.Nullable CoreExtern target)
            throws Throwable {
        var module = new Wasm();
        int type = module.type(I32, I32);
        byte[] call = target == null
                ? Wasm.code(Wasm.DROP)
                : Wasm.code(Wasm.call(module.importFunction("host", "h", type)), Wasm.DROP);
        module.exportFunction(
                "loop",
                module.function(
                        type,
                        Wasm.LOOP,
                        Wasm.VOID,
                        localGet(0),
                        call,
                        localGet(0),
                        i32(1),
                        0x6B,
                        Wasm.localSet(0),
                        localGet(0),
                        i32(0),
                        0x4A,
                        0x0D,
                        0,
                        Wasm.END,
                        localGet(0)));
        MethodHandle loop = handle(
                engine.compile(module.build())
                        .instantiate(
                                target == null ? List.of() : List.of(target), CoreLimits.DEFAULTS, new GuestControl()),
                "loop");
        best(what, "ns", 1, 5_000_000, count -> (int) loop.invokeExact(count));
    }

    private static MethodHandle handle(CoreInstance instance, String name) {
        return ((CoreExtern.Function) instance.export(name)).handle();
    }

    private static void best(String what, String unit, double scale, int times, Work work) throws Throwable {
        double best = Double.MAX_VALUE;
        long sum = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            sum += work.run(times);
            best = Math.min(best, (System.nanoTime() - start) / scale / times);
        }
        System.out.printf("%-45s %8.2f %s%n", what, best, sum == 42 ? "!" : unit);
    }
}
