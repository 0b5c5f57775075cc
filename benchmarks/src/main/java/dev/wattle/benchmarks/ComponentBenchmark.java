package dev.wattle.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// What the Component Model costs beside bare core modules: JMH, in one run, in processes with the flags of a host.
final class ComponentBenchmark implements Benchmark {
    private static final int WARM_UPS = 4;
    private static final int ITERATIONS = 8;
    private static final int FORKS = 2;

    /// Processes that load once.
    private static final int LOADS = 8;

    private static final TimeValue ITERATION = TimeValue.milliseconds(500);
    private static final String CACHE = "-Dwattle.engine.cache=";

    /// Below, it is what others in the process allocate meanwhile.
    private static final double NO_BYTES = 0.5;

    @Override
    public List<Table> run(Context context) throws Exception {
        return List.of(calls(context), fresh(context), loading(context));
    }

    private static Table calls(Context context) throws RunnerException {
        Collection<RunResult> results = new Runner(options(context, ComponentCalls.class)
                        .mode(Mode.AverageTime)
                        .timeUnit(TimeUnit.NANOSECONDS)
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
        for (String scalar : List.of("add", "runAdd")) {
            Result<?> allocated = find(results, scalar).getSecondaryResults().get("gc.alloc.rate.norm");
            WrongAnswerException.require(allocated != null, "nobody counted what " + scalar + " allocates");
            double bytes = Objects.requireNonNull(allocated).getScore();
            WrongAnswerException.require(bytes < NO_BYTES, scalar + " allocates " + bytes + " bytes for each call");
        }
        return Table.captioned(
                "Calls. The anchor is a call without the Component Model; calls of numbers allocate nothing:",
                List.of(
                        row(
                                "from Java to a component, `add(u32, u32)`; beside the core module",
                                "ns",
                                results,
                                "add",
                                "bareAdd"),
                        row(
                                "from component to component, `add(u32, u32)`; beside two wired core modules",
                                "ns",
                                results,
                                "runAdd",
                                "bareRun"),
                        row("the same, a string of 32 bytes each way", "ns", results, "runEcho", "bareRun"),
                        row("the same, 1 MiB; beside a copy of it", "ns", results, "runTake", "copy")));
    }

    private static Table fresh(Context context) throws RunnerException {
        Collection<RunResult> results = new Runner(options(context, FreshComponents.class)
                        .mode(Mode.AverageTime)
                        .timeUnit(TimeUnit.NANOSECONDS)
                        .build())
                .run();
        var rows = new ArrayList<Row>();
        for (String guest : List.of("small", "calculator", "gateway")) {
            Collection<RunResult> own = results.stream()
                    .filter(each -> each.getParams().getParam("guest").equals(guest))
                    .toList();
            rows.add(row("a fresh instance of `" + guest + "`", "ns", own, "component", "bare"));
        }
        return Table.captioned("Instances, made and given back. The anchor is the core modules alone:", rows);
    }

    private static Table loading(Context context) throws RunnerException {
        Path cache = context.scratch().resolve("cache");
        Collection<RunResult> without = load(context, LOADS, "-Dwattle.none=1");
        load(context, 1, CACHE + cache);
        Collection<RunResult> with = load(context, LOADS, CACHE + cache);
        var rows = new ArrayList<Row>();
        for (RunResult one : with) {
            String guest = one.getParams().getParam("guest");
            RunResult anchor = without.stream()
                    .filter(each -> each.getParams().getParam("guest").equals(guest))
                    .findFirst()
                    .orElseThrow();
            rows.add(Row.of(
                    "`" + guest + "` from its bytes to an instance, from the code cache",
                    "ms",
                    scores(one),
                    scores(anchor)));
        }
        return Table.captioned("Loading in a new process. The anchor is loading without a cache:", rows);
    }

    private static Collection<RunResult> load(Context context, int forks, String flag) throws RunnerException {
        return new Runner(options(context, LoadedComponents.class)
                        .mode(Mode.SingleShotTime)
                        .timeUnit(TimeUnit.MILLISECONDS)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .forks(forks)
                        .jvmArgsAppend(flag)
                        .build())
                .run();
    }

    private static ChainedOptionsBuilder options(Context context, Class<?> type) {
        List<String> flags = Stream.concat(Java.hostFlags().stream(), Stream.of("-Dwattle.home=" + context.home()))
                .toList();
        return new OptionsBuilder()
                .include("^" + type.getName() + "\\.")
                .forks(FORKS)
                .warmupIterations(WARM_UPS)
                .warmupTime(ITERATION)
                .measurementIterations(ITERATIONS)
                .measurementTime(ITERATION)
                .jvmArgs(flags.toArray(String[]::new))
                .output(context.scratch().resolve(type.getSimpleName() + ".log").toString())
                .shouldFailOnError(true);
    }

    private static Row row(String what, String unit, Collection<RunResult> results, String ours, String anchor) {
        return Row.of(what, unit, scores(find(results, ours)), scores(find(results, anchor)));
    }

    private static RunResult find(Collection<RunResult> results, String method) {
        return results.stream()
                .filter(each -> each.getParams().getBenchmark().endsWith("." + method))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no benchmark " + method));
    }

    /// Of each iteration in each process.
    private static double[] scores(RunResult result) {
        return result.getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())
                .toArray();
    }
}
