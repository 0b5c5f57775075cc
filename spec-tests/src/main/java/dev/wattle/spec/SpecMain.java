package dev.wattle.spec;

import dev.wattle.host.component.Layer;
import dev.wattle.host.engine.Engine;
import dev.wattle.spec.SuiteRun.FileResult;
import java.io.File;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// `wattle test --core DIR` and `wattle test --spec DIR`: runs a suite, prints a line for each file, and ends with
/// `N passed, N failed, N skipped`, alone on the last line of stdout. Exit code 1 when something failed, 2 when
/// there is nothing to run.
public final class SpecMain {
    private static final int FAILED = 1;
    private static final int NOTHING_TO_RUN = 2;

    /// Of one file; more say nothing new, except to whoever asks with `--verbose`.
    private static final int FAILURES_SHOWN = 10;

    /// The conversions are processes of their own, and most files are short: two keep two cores busy.
    private static final int FILES_AT_ONCE = 2;

    private final PrintStream out;
    private final PrintStream err;

    private SpecMain(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /// The suites that there are.
    private enum Suite {
        CORE("--core"),
        COMPONENTS("--spec");

        private final String option;

        Suite(String option) {
            this.option = option;
        }

        List<Path> files(Path folder) {
            return this == CORE ? SuiteRun.filesIn(folder) : SuiteRun.filesBelow(folder);
        }

        SuiteRun of(Engine engine, Layer layer, Path home, WasmTools tools) {
            return this == CORE ? CoreSuite.of(engine, home, tools) : ComponentSuite.of(engine, layer, home, tools);
        }
    }

    /// What was asked for.
    private record Request(Suite suite, Path folder, EngineChoice choice, Layer layer, boolean verbose) {}

    public static void main(String[] arguments) {
        var home = Path.of(System.getProperty("wattle.home", ".")).toAbsolutePath();
        System.exit(run(List.of(arguments), home, System.getenv(), System.out, System.err));
    }

    /// The whole command, without the process: answers its exit code.
    static int run(
            List<String> arguments, Path home, Map<String, String> environment, PrintStream out, PrintStream err) {
        var command = new SpecMain(out, err);
        try {
            return command.run(parse(arguments), home, environment);
        } catch (SuiteException failure) {
            command.say(String.valueOf(failure.getMessage()));
            return NOTHING_TO_RUN;
        }
    }

    private static Request parse(List<String> arguments) {
        @Nullable Path folder = null;
        var suite = Suite.CORE;
        String engine = EngineChoice.DEFAULT.engine();
        String mode = EngineChoice.DEFAULT.mode();
        var layer = Layer.GENERATED;
        boolean verbose = false;
        for (Iterator<String> words = arguments.iterator(); words.hasNext(); ) {
            String word = words.next();
            switch (word) {
                case "--core", "--spec" -> {
                    suite = word.equals(Suite.CORE.option) ? Suite.CORE : Suite.COMPONENTS;
                    folder = Path.of(valueOf(word, words));
                }
                case "--engine" -> engine = valueOf(word, words);
                case "--mode" -> mode = valueOf(word, words);
                case "--layer" -> layer = layer(valueOf(word, words));
                case "--verbose" -> verbose = true;
                default -> throw new SuiteException("unknown argument: " + word);
            }
        }
        if (folder == null) {
            throw new SuiteException("give the folder of the suite: --core DIR or --spec DIR");
        }
        return new Request(suite, folder, new EngineChoice(engine, mode), layer, verbose);
    }

    private static Layer layer(String name) {
        return switch (name) {
            case "generated" -> Layer.GENERATED;
            case "interpreter" -> Layer.INTERPRETED;
            default ->
                throw new SuiteException("there is no layer '%s'; there is: generated, interpreter".formatted(name));
        };
    }

    private static String valueOf(String option, Iterator<String> words) {
        if (!words.hasNext()) {
            throw new SuiteException(option + " wants a value");
        }
        return words.next();
    }

    private int run(Request request, Path home, Map<String, String> environment) {
        var files = request.suite().files(request.folder());
        var engine = request.choice().create();
        var tools = WasmTools.find(home, environment)
                .orElseThrow(
                        () -> new SuiteException("there is no wasm-tools, which reads the suite's text: put it on the"
                                + " PATH, or name it in " + WasmTools.ENVIRONMENT_VARIABLE));
        say("%d files of %s, engine %s".formatted(files.size(), request.folder(), request.choice()));
        var tally = request.choice().loadsFromDisk()
                ? runFromDisk(request, files, chosen -> request.suite().of(chosen, request.layer(), home, tools))
                : runAll(request.suite().of(engine, request.layer(), home, tools), request, files);
        out.println(tally);
        out.flush();
        return tally.failed() == 0 ? 0 : FAILED;
    }

    /// Runs the suite once to fill a folder with classes, then again with an engine that finds them there: a class
    /// that is not, is a failure.
    private Tally runFromDisk(Request request, List<Path> files, Function<Engine, SuiteRun> suite) {
        try (var folder = new ScratchFolder("wattle-classes")) {
            var first = request.choice().create(folder.path());
            files.forEach(suite.apply(first)::run);
            first.flushClasses();
            say("classes made in the first run: " + first.newClasses());
            var second = request.choice().create(folder.path());
            var tally = runAll(suite.apply(second), request, files);
            if (second.newClasses() == 0) {
                return tally;
            }
            err.println("FAILED: %d classes were made again".formatted(second.newClasses()));
            return tally.plus(new Tally(0, 1, 0));
        }
    }

    private Tally runAll(SuiteRun suite, Request request, List<Path> files) {
        var names = Thread.ofPlatform().name("suite runner ", 0).daemon().factory();
        var tally = Tally.NONE;
        try (ExecutorService runners = Executors.newFixedThreadPool(FILES_AT_ONCE, names)) {
            var results = new ArrayList<Future<FileResult>>();
            files.forEach(file -> results.add(runners.submit(() -> suite.run(nameOf(request.folder(), file), file))));
            for (Future<FileResult> result : results) {
                tally = tally.plus(show(take(result), request.verbose()));
            }
        }
        return tally;
    }

    private static String nameOf(Path folder, Path file) {
        return folder.relativize(file).toString().replace(File.separatorChar, '/');
    }

    private static FileResult take(Future<FileResult> result) {
        try {
            return result.get();
        } catch (ExecutionException failure) {
            throw new IllegalStateException("running a file of the suite", failure.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new SuiteException("interrupted", stopped);
        }
    }

    private Tally show(FileResult result, boolean verbose) {
        var failures = result.outcomes().stream()
                .filter(Outcome.Failed.class::isInstance)
                .map(Outcome.Failed.class::cast)
                .toList();
        int shown = verbose ? failures.size() : Math.min(failures.size(), FAILURES_SHOWN);
        failures.subList(0, shown)
                .forEach(failure ->
                        err.println("FAILED %s:%d %s".formatted(result.name(), failure.line(), failure.what())));
        if (shown < failures.size()) {
            err.println("FAILED %s: %d more; --verbose shows them".formatted(result.name(), failures.size() - shown));
        }
        result.note().ifPresent(note -> say(result.name() + ": " + note));
        out.println(result.name() + ": " + result.tally());
        return result.tally();
    }

    private void say(String message) {
        err.println("wattle: " + message);
    }
}
