package dev.wattle.benchmarks;

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

    private Java() {}

    static ProcessBuilder command(Path home, Class<?> main, String... arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java")
                .toString());
        command.addAll(HOST_FLAGS);
        String extra = System.getProperty(EXTRA_FLAGS, "");
        if (!extra.isBlank()) {
            command.addAll(List.of(extra.strip().split("\\s+")));
            command.add("-D" + EXTRA_FLAGS + "=" + extra);
        }
        command.add("-Dlogback.configurationFile=logback-bench.xml");
        command.add("-Dwattle.home=" + home);
        command.add("-cp");
        command.add(Objects.requireNonNull(System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }
}
