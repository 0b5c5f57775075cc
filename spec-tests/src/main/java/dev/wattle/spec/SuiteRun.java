package dev.wattle.spec;

import static java.nio.file.FileVisitOption.FOLLOW_LINKS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Runs scripts: converts them, carries out their commands, and judges what became of these.
///
/// Nothing here knows what kind of suite it is: a [Sessions] opens what carries out the commands.
final class SuiteRun {
    /// The slowest file of the core suite takes some seconds; a guest that spins for ever is stopped after this.
    private static final Duration FILE_DEADLINE = Duration.ofMinutes(2);

    /// Enough for any suite, and it ends where a link leads back.
    private static final int MAX_FOLDERS = 32;

    private final Scripts scripts;
    private final Sessions sessions;
    private final Judge judge;
    private final Duration deadline;

    /// Where scripts come from.
    @FunctionalInterface
    interface Scripts {
        /// @throws SuiteException when the file cannot be read
        Script read(Path wast);
    }

    /// A converted script.
    ///
    /// @param folder where its modules lie
    /// @param componentLines of commands that are about components, rather than core modules
    /// @param note what is special about its conversion, for whoever reads the results
    record Script(Path folder, List<Command> commands, Set<Integer> componentLines, Optional<String> note) {
        Script {
            commands = List.copyOf(commands);
            componentLines = Set.copyOf(componentLines);
        }

        Script(Path folder, List<Command> commands) {
            this(folder, commands, Set.of(), Optional.empty());
        }
    }

    /// Says what counts, of what became of the commands of a file.
    @FunctionalInterface
    interface Judge {
        List<Outcome> judge(Path wast, List<Outcome> outcomes);
    }

    /// Opens what carries out the commands of one script.
    @FunctionalInterface
    interface Sessions {
        Session open(Script script);
    }

    /// Carries out commands, on one thread.
    interface Session extends AutoCloseable {
        /// Carries out one command; whatever goes wrong is an outcome.
        Outcome execute(Command command);

        /// Ends a command that takes too long, from another thread.
        void stop(String reason);

        @Override
        void close();
    }

    /// What became of one file.
    record FileResult(String name, List<Outcome> outcomes, Optional<String> note) {
        FileResult {
            outcomes = List.copyOf(outcomes);
        }

        Tally tally() {
            return Tally.of(outcomes);
        }
    }

    SuiteRun(Scripts scripts, Sessions sessions, Judge judge) {
        this(scripts, sessions, judge, FILE_DEADLINE);
    }

    SuiteRun(Scripts scripts, Sessions sessions, Judge judge, Duration deadline) {
        this.scripts = scripts;
        this.sessions = sessions;
        this.judge = judge;
        this.deadline = deadline;
    }

    /// The scripts of a folder, in the order of their names, without those of folders below.
    ///
    /// @throws SuiteException when there is no such folder, or no script in it
    static List<Path> filesIn(Path folder) {
        return files(folder, 1);
    }

    /// The scripts of a folder and of all folders below, in the order of their paths.
    ///
    /// @throws SuiteException when there is no such folder, or no script in it
    static List<Path> filesBelow(Path folder) {
        return files(folder, MAX_FOLDERS);
    }

    private static List<Path> files(Path folder, int depth) {
        if (!Files.isDirectory(folder)) {
            throw new SuiteException(
                    "%s is not a folder: give the folder that holds the suite's .wast files".formatted(folder));
        }
        try (var found =
                Files.find(folder, depth, (path, file) -> file.isRegularFile() && isScript(path), FOLLOW_LINKS)) {
            var files = found.sorted().toList();
            if (files.isEmpty()) {
                throw new SuiteException(
                        "there is no .wast file in %s: give the folder that holds the suite's files".formatted(folder));
            }
            return files;
        } catch (IOException failure) {
            throw new UncheckedIOException("listing " + folder, failure);
        } catch (UncheckedIOException failure) {
            throw new SuiteException("cannot list %s: %s".formatted(folder, failure.getMessage()), failure);
        }
    }

    private static boolean isScript(Path path) {
        return String.valueOf(path.getFileName()).endsWith(".wast");
    }

    /// Runs one file to its end, or to its deadline, under its own name.
    FileResult run(Path wast) {
        return run(String.valueOf(wast.getFileName()), wast);
    }

    /// Runs one file to its end, or to its deadline. A file that cannot be run has all its commands failed.
    FileResult run(String name, Path wast) {
        try {
            var script = scripts.read(wast);
            return new FileResult(name, judge.judge(wast, carryOut(name, script)), script.note());
        } catch (RuntimeException failure) {
            return new FileResult(name, allFailed(wast, failure), Optional.empty());
        }
    }

    private static List<Outcome> allFailed(Path wast, RuntimeException failure) {
        int commands = 1;
        try {
            commands = WastText.countCommands(Files.readString(wast));
        } catch (IOException unreadable) {
            failure.addSuppressed(unreadable);
        }
        return Collections.nCopies(commands, new Outcome.Failed(0, "the file cannot be run: " + failure.getMessage()));
    }

    /// Guests run on a thread of their own, so that one that cannot be stopped does not stop us.
    private List<Outcome> carryOut(String name, Script script) {
        var outcomes = Collections.synchronizedList(new ArrayList<Outcome>());
        var session = sessions.open(script);
        var thread = Thread.ofPlatform().name("suite " + name).daemon().start(() -> {
            try (session) {
                script.commands().forEach(command -> outcomes.add(session.execute(command)));
            }
        });
        boolean ended = join(thread, deadline);
        if (!ended) {
            session.stop("the file took longer than " + deadline.toSeconds() + " s");
            ended = join(thread, deadline.dividedBy(2));
        }
        List<Outcome> judged = new ArrayList<>(List.copyOf(outcomes));
        for (Command missed :
                script.commands().subList(judged.size(), script.commands().size())) {
            judged.add(new Outcome.Failed(
                    missed.line(),
                    ended ? "the file ended before" : "the file took too long, and could not be stopped"));
        }
        return judged;
    }

    private static boolean join(Thread thread, Duration atMost) {
        try {
            return thread.join(atMost);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new SuiteException("interrupted while waiting for " + thread.getName(), stopped);
        }
    }
}
