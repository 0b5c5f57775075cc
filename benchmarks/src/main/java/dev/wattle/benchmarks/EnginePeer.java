package dev.wattle.benchmarks;

import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.CoreInstance;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.CoreModule;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.Engines;
import dev.wattle.host.engine.GuestControl;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.invoke.MethodHandle;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One of our engines as a process of its own, with the flags of a host, that does what a [Peer] is told. Knows
/// more commands than other peers: what has to do with instances and with calls from Java.
///
/// - `fresh NAME`: `RESULT NANOS` of an instance, one call of its export `run`, and its end; measured for a
///   while, garbage collection included.
/// - `host NAME EXPORT TIMES`: `RESULT NANOS` of so many calls from Java, each with the last one's answer.
/// - `callers COUNT CALLEE CALLER`: makes the instances of [Callers], of those files.
/// - `bare TIMES`: `RESULT NANOS` of so many calls from Java of the [Callers.Step] that callers call.
final class EnginePeer {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /// Fresh instances between two looks at the clock.
    private static final int BATCH = 50;

    /// Of the call in a fresh instance.
    private static final int ARGUMENT = 1;

    private final Engine engine;
    private final Map<String, CoreModule> modules = new TreeMap<>();
    private final Map<String, CoreInstance> instances = new TreeMap<>();
    private final GuestControl control = new GuestControl();
    private @Nullable ScriptGuest guest;

    /// In a field, so that the JVM takes it for no constant: it is none in a sandbox.
    private final Callers.Step bareStep = Callers.Step.LIKE_THE_MODULES;

    private EnginePeer(Engine engine) {
        this.engine = engine;
    }

    /// @param arguments the engine's name
    public static void main(String[] arguments) throws IOException {
        var peer = new EnginePeer(Engines.named(arguments[0]));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.println(peer.answer(line));
        }
        // Whatever an engine keeps running in the background is not worth waiting for.
        System.exit(0);
    }

    private String answer(String line) {
        try {
            return run(line);
        } catch (Throwable e) {
            e.printStackTrace();
            return ("failed: " + e).replace('\n', ' ');
        }
    }

    private String run(String line) throws Throwable {
        String[] words = line.split(" ", 2);
        String rest = words.length == 1 ? "" : words[1];
        return switch (words[0]) {
            case "load" -> load(rest.split(" ", 2));
            case "run" -> runExport(rest.split(" "));
            case "fresh" -> fresh(Objects.requireNonNull(modules.get(rest), rest));
            case "host" -> fromHost(rest.split(" "));
            case "callers" -> callers(rest.split(" "));
            case "bare" -> bare(Integer.parseInt(rest));
            case "guest" -> {
                guest = ScriptGuest.load(engine, Path.of(rest));
                yield "ok";
            }
            case "work" -> work(guest(), Integer.parseInt(rest));
            case "report" -> guest().report(rest).replace("\n", "\\n");
            default -> "failed: no command " + words[0];
        };
    }

    private ScriptGuest guest() {
        return Objects.requireNonNull(guest, "no guest");
    }

    private String load(String[] words) throws IOException {
        CoreModule module = engine.compile(Files.readAllBytes(Path.of(words[1])));
        List<CoreExtern> imports = module.imports().stream()
                .map(wanted -> Objects.requireNonNull(instances.get(wanted.module()), wanted.module())
                        .export(wanted.name()))
                .toList();
        modules.put(words[0], module);
        instances.put(words[0], module.instantiate(imports, CoreLimits.DEFAULTS, control));
        return "ok";
    }

    private MethodHandle export(String instance, String name) {
        var function = (CoreExtern.Function)
                Objects.requireNonNull(instances.get(instance), instance).export(name);
        return function.handle();
    }

    private String runExport(String[] words) throws Throwable {
        MethodHandle handle = export(words[0], words[1]);
        Object[] arguments =
                Arrays.stream(words, 2, words.length).map(Integer::valueOf).toArray();
        control.enter();
        try {
            long begin = THREADS.getCurrentThreadCpuTime();
            Object result = handle.invokeWithArguments(arguments);
            return result + " " + (THREADS.getCurrentThreadCpuTime() - begin);
        } finally {
            control.exit();
        }
    }

    private String fresh(CoreModule module) throws Exception {
        MethodHandle run = module.function("run");
        long expected = freshCall(module, run);
        double nanos = Clock.nanosEach(BATCH, times -> {
            for (int i = 0; i < times; i++) {
                long answer = freshCall(module, run);
                WrongAnswerException.require(answer == expected, "an instance that is not fresh: " + answer);
            }
        });
        return expected + " " + nanos;
    }

    private static long freshCall(CoreModule module, MethodHandle run) {
        var control = new GuestControl();
        try (CoreInstance instance = module.instantiate(List.of(), CoreLimits.DEFAULTS, control)) {
            control.enter();
            try {
                return (long) run.invokeExact(instance, ARGUMENT);
            } catch (Throwable e) {
                throw Unchecked.of(e);
            } finally {
                control.exit();
            }
        }
    }

    private String fromHost(String[] words) throws Throwable {
        MethodHandle handle = export(words[0], words[1]);
        int times = Integer.parseInt(words[2]);
        control.enter();
        try {
            long begin = THREADS.getCurrentThreadCpuTime();
            int value = 0;
            for (int i = 0; i < times; i++) {
                value = (int) handle.invokeExact(value);
            }
            return value + " " + (THREADS.getCurrentThreadCpuTime() - begin);
        } finally {
            control.exit();
        }
    }

    private String callers(String[] words) throws IOException {
        instances.putAll(Callers.of(
                engine,
                control,
                Integer.parseInt(words[0]),
                Files.readAllBytes(Path.of(words[1])),
                Files.readAllBytes(Path.of(words[2]))));
        return "ok";
    }

    private String bare(int times) {
        Callers.Step step = bareStep;
        long begin = THREADS.getCurrentThreadCpuTime();
        int value = 0;
        for (int i = 0; i < times; i++) {
            value = step.apply(value);
        }
        return value + " " + (THREADS.getCurrentThreadCpuTime() - begin);
    }

    private static String work(ScriptGuest guest, int times) {
        long begin = THREADS.getCurrentThreadCpuTime();
        long result = guest.work(times);
        return result + " " + (THREADS.getCurrentThreadCpuTime() - begin);
    }
}
