package dev.wattle.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

/// What it was measured on, without names of people or hosts.
final class Machine {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final Path MEMORY_INFO = Path.of("/proc/meminfo");
    private static final double KIBIBYTES_PER_GIBIBYTE = 1 << 20;

    private Machine() {}

    /// Such as `2026-01-31, 2 cores of Example CPU, 24 GiB, Linux amd64, JDK 25.0.3 (Temurin)`.
    static String describe() {
        return "%s, %d cores of %s, %s, %s %s, JDK %s (%s)"
                .formatted(
                        LocalDate.now(ZoneOffset.UTC),
                        Runtime.getRuntime().availableProcessors(),
                        find(CPU_INFO, "model name").orElse("an unnamed CPU"),
                        find(MEMORY_INFO, "MemTotal").map(Machine::gibibytes).orElse("unknown memory"),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        Runtime.version().toString(),
                        System.getProperty("java.vendor"));
    }

    /// @param kibibytes such as `25165824 kB`
    static String gibibytes(String kibibytes) {
        double number = Double.parseDouble(kibibytes.split(" ")[0]);
        return String.format(Locale.ROOT, "%.0f GiB", number / KIBIBYTES_PER_GIBIBYTE);
    }

    private static Optional<String> find(Path file, String key) {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
