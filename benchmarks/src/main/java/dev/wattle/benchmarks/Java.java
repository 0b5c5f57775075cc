package dev.wattle.benchmarks;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Starts JVMs with this class path and the flags that a host has in production.
final class Java {
    /// The same as for the processes that `wattle up` starts, so that what is measured is what runs.
    private static final List<String> HOST_FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-Xmx512m",
            "-Xss2m",
            "-XX:ReservedCodeCacheSize=256m",
            "-XX:-DontCompileHugeMethods",
            "-XX:-OmitStackTraceInFastThrow",
            "--enable-native-access=ALL-UNNAMED");

    /// Further flags for every process that is measured, such as those of a profiler.
    private static final String EXTRA_FLAGS = "wattle.bench.flags";

    /// The distribution, with the notes from which its hosts start.
    private static final String DISTRIBUTION_VARIABLE = "WATTLE_DIST";

    private Java() {}

    static ProcessBuilder command(Path home, Class<?> main, String... arguments) {
        return command(List.of(), ownPath(), home, main, arguments);
    }

    /// As a host of the distribution starts: from its jars, and from the notes that its launcher had a JVM take of
    /// them. Without a distribution, or notes, like any other.
    static ProcessBuilder hostCommand(Path home, Class<?> main, String... arguments) {
        String distribution = System.getenv().getOrDefault(DISTRIBUTION_VARIABLE, "");
        Path notes = Path.of(distribution, "hosts.aot");
        if (distribution.isEmpty() || !Files.isRegularFile(notes)) {
            return command(home, main, arguments);
        }
        // The JVM takes notes only for a class path that begins as theirs, and makes the same list of the jars.
        return command(
                List.of("-XX:AOTCache=" + notes, "-XX:AOTMode=auto", "-Xlog:aot*=off,cds*=off"),
                distribution + "/lib/*" + File.pathSeparator + ownPath(),
                home,
                main,
                arguments);
    }

    /// Flags of processes that are measured.
    static List<String> hostFlags() {
        return HOST_FLAGS;
    }

    private static String ownPath() {
        return Objects.requireNonNull(System.getProperty("java.class.path"));
    }

    private static ProcessBuilder command(
            List<String> notes, String path, Path home, Class<?> main, String... arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java")
                .toString());
        command.addAll(HOST_FLAGS);
        command.addAll(notes);
        String extra = System.getProperty(EXTRA_FLAGS, "");
        if (!extra.isBlank()) {
            command.addAll(List.of(extra.strip().split("\\s+")));
            command.add("-D" + EXTRA_FLAGS + "=" + extra);
        }
        command.add("-Dlogback.configurationFile=logback-bench.xml");
        command.add("-Dwattle.home=" + home);
        command.add("-cp");
        command.add(path);
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }
}
