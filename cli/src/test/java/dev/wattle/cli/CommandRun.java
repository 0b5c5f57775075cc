package dev.wattle.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine;

/// One run of a command in this JVM, with what it said.
record CommandRun(int exitCode, String out, String err) {
    /// The checkout: its guests and manifests.
    static final Path HOME =
            Path.of(System.getProperty("wattle.home", "..")).toAbsolutePath().normalize();

    static CommandRun of(String... arguments) {
        return in(new Surroundings(HOME, HOME, new TreeMap<>(), false), arguments);
    }

    /// In a checkout of its own, in which nothing runs.
    static CommandRun at(Path home, String... arguments) {
        return in(new Surroundings(home, home, new TreeMap<>(), false), arguments);
    }

    static CommandRun at(Path home, SortedMap<String, String> environment, String... arguments) {
        return in(new Surroundings(home, home, environment, false), arguments);
    }

    static CommandRun in(Surroundings surroundings, String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        CommandLine command = Wattle.commandLine(surroundings);
        int exitCode = command.setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new CommandRun(exitCode, out.toString(), err.toString());
    }
}
