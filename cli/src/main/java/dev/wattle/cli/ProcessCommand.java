package dev.wattle.cli;

import dev.wattle.host.engine.Engines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// How a process of ours is started: the same program, with another command. No secret is among the arguments.
final class ProcessCommand {
    /// The system property in which the launcher names the file of notes that a JVM took at a rehearsal
    /// ([RehearseCommand]); a JVM with them loads and compiles in less time.
    static final String NOTES_PROPERTY = "wattle.notes";

    /// What it is for.
    enum Kind {
        HOST("host"),
        CONTROL_PLANE("control-plane");

        private final String command;

        Kind(String command) {
            this.command = command;
        }

        /// How much the JVM may take.
        private List<String> limits() {
            return switch (this) {
                case HOST -> List.of("-Xmx512m", "-Xss2m", "-XX:ReservedCodeCacheSize=256m");
                case CONTROL_PLANE -> List.of("-Xmx128m");
            };
        }
    }

    private ProcessCommand() {}

    /// Nothing where there are no notes: they are taken after a build, while its first lattice may start already. The
    /// JVM passes over what is damaged, or was taken by another JDK or of other jars; it need not say so.
    private static List<String> notes() {
        String file = System.getProperty(NOTES_PROPERTY, "");
        return file.isEmpty() || !Files.isRegularFile(Path.of(file))
                ? List.of()
                : List.of("-XX:AOTCache=" + file, "-XX:AOTMode=auto", "-Xlog:aot*=off,cds*=off");
    }

    static List<String> of(Kind kind, Path home, Path settings) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java")
                .toString());
        command.add("-XX:+UseSerialGC");
        command.addAll(kind.limits());
        command.addAll(notes());
        // Endive's code is made of huge methods, which the JVM would leave to its interpreter.
        command.add("-XX:-DontCompileHugeMethods");
        // Hot code would throw without a stack trace otherwise, and a guest's trap could not say where it happened.
        command.add("-XX:-OmitStackTraceInFastThrow");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-Dlogback.configurationFile=logback-process.xml");
        command.add("-Dwattle.home=" + home);
        if (kind == Kind.HOST) {
            command.add("-D" + Engines.CACHE_PROPERTY + "=" + new StateFolder(home).classes());
        }
        command.add("-cp");
        command.add(Objects.requireNonNull(System.getProperty("java.class.path")));
        command.add("dev.wattle.cli.Wattle");
        command.add(kind.command);
        command.add("--settings");
        command.add(settings.toString());
        return command;
    }
}
