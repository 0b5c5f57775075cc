package dev.wattle.cli;

import java.io.Console;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/// Where the command was started: what its relative paths mean and whom it talks to.
///
/// @param home the checkout, where `.wattle` is
/// @param directory of the caller
/// @param environment of the caller
/// @param terminal does a person look at stdout
record Surroundings(Path home, Path directory, SortedMap<String, String> environment, boolean terminal) {
    Surroundings {
        home = home.toAbsolutePath().normalize();
        directory = directory.toAbsolutePath().normalize();
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
    }

    /// Those of this process; the launcher tells the checkout and the caller's folder.
    // The check speaks of JDK 22 to 24; from 25 on it is null again where there is no terminal.
    @SuppressWarnings("SystemConsoleNull")
    static Surroundings ofProcess() {
        String here = Objects.requireNonNullElse(System.getProperty("user.dir"), ".");
        Console console = System.console();
        return new Surroundings(
                Path.of(System.getProperty("wattle.home", here)),
                Path.of(System.getProperty("wattle.cwd", here)),
                new TreeMap<>(System.getenv()),
                console != null && console.isTerminal() && !System.getenv().containsKey("NO_COLOR"));
    }

    /// A path as the caller means it.
    Path resolve(String path) {
        if (path.isEmpty()) {
            throw CommandFailure.usage("the name of a file is empty");
        }
        return directory.resolve(path).normalize();
    }

    /// Without the environment, which may hold secrets.
    @Override
    public String toString() {
        return "Surroundings[home=" + home + ", directory=" + directory + "]";
    }
}
