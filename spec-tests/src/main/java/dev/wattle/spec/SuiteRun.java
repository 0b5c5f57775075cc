package dev.wattle.spec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Runs scripts: converts them, carries out their commands, and judges what became of these.
///
/// Nothing here knows what kind of suite it is: a [Sessions] opens what carries out the commands.
final class SuiteRun {
    /// The slowest file of the core suite takes some seconds; a guest that spins for ever is stopped after this.
    private static final Duration FILE_DEADLINE = Duration.ofMinutes(2);

    private final Scripts scripts;
    private final Sessions sessions;
    private final NotYet notYet;
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
    record Script(Path folder, List<Command> commands) {
        Script {
            commands = List.copyOf(commands);
        }
    }

    /// Opens what carries out the commands of one script.
    @FunctionalInterface
    interface Sessions {
        Session open(Path folder);
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
    record FileResult(String name, List<Outcome> outcomes) {
        FileResult {
            outcomes = List.copyOf(outcomes);
        }

        Tally tally() {
            return Tally.of(outcomes);
        }
    }

    SuiteRun(Scripts scripts, Sessions sessions, NotYet notYet) {
        this(scripts, sessions, notYet, FILE_DEADLINE);
    }

    SuiteRun(Scripts scripts, Sessions sessions, NotYet notYet, Duration deadline) {
        this.scripts = scripts;
        this.sessions = sessions;
        this.notYet = notYet;
        this.deadline = deadline;
    }

    /// The scripts of a folder, in the order of their names, without those of folders below.
    ///
    /// @throws SuiteException when there is no such folder, or no script in it
    static List<Path> filesIn(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new SuiteException(
                    "%s is not a folder: give the folder that holds the suite's .wast files".formatted(folder));
        }
        var files = new ArrayList<Path>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.wast")) {
            found.forEach(files::add);
        } catch (IOException failure) {
            throw new UncheckedIOException("listing " + folder, failure);
        }
        if (files.isEmpty()) {
            throw new SuiteException(
                    "there is no .wast file in %s: give the folder that holds the suite's files".formatted(folder));
        }
        Collections.sort(files);
        return files;
    }

    /// Runs one file to its end, or to its deadline. A file that cannot be run has all its commands failed.
    FileResult run(Path wast) {
        String name = String.valueOf(wast.getFileName());
        try {
            var script = scripts.read(wast);
            return new FileResult(name, notYet.judge(name, carryOut(name, script)));
        } catch (RuntimeException failure) {
            return new FileResult(name, allFailed(wast, failure));
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
        var session = sessions.open(script.folder());
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
