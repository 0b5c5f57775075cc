package dev.wattle.benchmarks;

import dev.wattle.host.component.Component;
import dev.wattle.host.component.ComponentInstance;
import dev.wattle.host.component.LinkedComponent;
import dev.wattle.host.component.Sandbox;
import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.CoreInstance;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.CoreModule;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.Engines;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// Calls in a sandbox that is there: from Java, from one component to another, and from one core module to another
/// that it is wired to. What guests do in loops is divided by the rounds.
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH sets what has parameters, and calls what is marked to set up
public class ComponentCalls {
    static final int ROUNDS = 10_000;
    static final int FEW_ROUNDS = 20;
    static final int MEGABYTE = 1 << 20;

    private static final Engine ENGINE = Engines.create();
    private static final CoreModule ADDER = ENGINE.compile(bytes("adder"));
    private static final CoreModule ADDING =
            ENGINE.compile(bytes("adding")).wire(List.of(new Wire.Export(ADDER, "add")));
    private static final MethodHandle BARE_ADD = ADDER.function("add");
    private static final MethodHandle BARE_RUN = ADDING.function("run-add");
    private static final LinkedComponent CALLS =
            Component.load(ENGINE, bytes("calls")).link(_ -> Optional.empty());
    private static final MethodHandle ADD = handle("add", MethodType.methodType(int.class, int.class, int.class));
    private static final MethodHandle RUN_ADD = handle("run-add", MethodType.methodType(int.class, int.class));
    private static final MethodHandle RUN_ECHO = handle("run-echo", MethodType.methodType(int.class, int.class));
    private static final MethodHandle RUN_TAKE = handle("run-take", MethodType.methodType(int.class, int.class));

    private final GuestControl control = new GuestControl();
    private final Sandbox sandbox = new Sandbox(new GuestControl(), CoreLimits.DEFAULTS);
    private CoreInstance adder;
    private CoreInstance adding;
    private ComponentInstance calls;
    private byte[] source;
    private byte[] sink;
    private int number;

    static byte[] bytes(String name) {
        Path home = Path.of(System.getProperty("wattle.home", "."));
        try {
            return Files.readAllBytes(home.resolve("benchmarks/kernels/prebuilt/" + name + ".wasm"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MethodHandle handle(String name, MethodType type) {
        return CALLS.handle(name, type).orElseThrow();
    }

    /// Makes the instances.
    @Setup(Level.Trial)
    public void open() {
        adder = ADDER.instantiate(List.of(), CoreLimits.DEFAULTS, control);
        CoreExtern add = adder.export("add");
        adding = ADDING.instantiate(List.of(add), CoreLimits.DEFAULTS, control);
        calls = CALLS.instantiate(sandbox);
        source = new byte[MEGABYTE];
        sink = new byte[MEGABYTE];
        control.enter();
    }

    /// Gives them back.
    @TearDown(Level.Trial)
    public void close() {
        control.exit();
        sandbox.close();
    }

    /// From Java to a core module.
    @Benchmark
    public int bareAdd() throws Throwable {
        number = (int) BARE_ADD.invokeExact(adder, number, 3);
        return number;
    }

    /// From Java to a component.
    @Benchmark
    public int add() throws Throwable {
        number = (int) ADD.invokeExact(calls, number, 3);
        return number;
    }

    /// From one core module to another.
    @Benchmark
    @OperationsPerInvocation(ROUNDS)
    public int bareRun() throws Throwable {
        return checked((int) BARE_RUN.invokeExact(adding, ROUNDS), 3 * ROUNDS);
    }

    /// From one component to another.
    @Benchmark
    @OperationsPerInvocation(ROUNDS)
    public int runAdd() throws Throwable {
        return checked((int) RUN_ADD.invokeExact(calls, ROUNDS), 3 * ROUNDS);
    }

    /// The same with 32 bytes of text, which come back.
    @Benchmark
    @OperationsPerInvocation(ROUNDS)
    public int runEcho() throws Throwable {
        return checked((int) RUN_ECHO.invokeExact(calls, ROUNDS), (32 + 'a') * ROUNDS);
    }

    /// The same with a megabyte.
    @Benchmark
    @OperationsPerInvocation(FEW_ROUNDS)
    public int runTake() throws Throwable {
        return checked((int) RUN_TAKE.invokeExact(calls, FEW_ROUNDS), MEGABYTE * FEW_ROUNDS);
    }

    /// A copy of a megabyte.
    @Benchmark
    public byte[] copy() {
        System.arraycopy(source, 0, sink, 0, MEGABYTE);
        return sink;
    }

    private static int checked(int answer, int expected) {
        if (answer != expected) {
            throw new WrongAnswerException(expected + " was expected, not " + answer);
        }
        return answer;
    }
}
