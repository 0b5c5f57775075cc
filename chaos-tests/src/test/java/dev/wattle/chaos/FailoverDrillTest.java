package dev.wattle.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.chaos.Failover.Figures;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills hosts again and again, each time in a lattice that was just started, and writes down how the times
/// spread.
@Tag("drill")
final class FailoverDrillTest {
    private static final int ROUNDS = Integer.getInteger("wattle.drill.rounds", 5);

    @TempDir
    private Path folder = Path.of("");

    /// One row of the table.
    private record Row(String name, String unit, ToLongFunction<Figures> value) {}

    private static final List<Row> ROWS = List.of(
            new Row(
                    "the killed host's socket is gone",
                    "ms",
                    each -> each.dropped().toMillis()),
            new Row(
                    "the host is known to be dead",
                    "ms",
                    each -> each.detected().toMillis()),
            new Row("all replicas run again", "ms", each -> each.restored().toMillis()),
            new Row("only successes from here", "ms", each -> each.back().toMillis()),
            new Row("the slowest request", "ms", each -> each.load().slowest().toMillis()),
            new Row("requests under way at the kill", "", each -> each.load().underWay()),
            new Row("requests failed", "", each -> each.load().failed().size()));

    @Test
    void hosts_are_killed_again_and_again() throws Exception {
        List<Figures> replicated = new ArrayList<>();
        List<Figures> alone = new ArrayList<>();
        for (int round = 1; round <= ROUNDS; round++) {
            replicated.add(round(Files.createDirectory(folder.resolve("replicated-" + round)), false));
            System.out.println("drill: one of two hosts: " + replicated.getLast());
            alone.add(round(Files.createDirectory(folder.resolve("alone-" + round)), true));
            System.out.println("drill: the only host: " + alone.getLast());
        }
        write(replicated, alone);
        replicated.forEach(Failover::requireOnlyCallsInFlightFailed);
        alone.forEach(figures -> Failover.requireBackInTime(figures, Failover.BACK));
        assertThat(replicated).hasSize(ROUNDS);
    }

    private static Figures round(Path folder, boolean oneReplica) throws Exception {
        try (var lattice = LatticeUnderTest.in(folder)) {
            lattice.succeed(oneReplica ? lattice.up("-d", "--no-demo") : lattice.up("-d"));
            try (var view = LatticeView.of(lattice)) {
                if (oneReplica) {
                    Failover.deployOneReplica(lattice, view);
                }
                try (var load = Failover.loadOnDeployed(lattice, view)) {
                    return Failover.killHost(lattice, view, Failover.hostOfBoth(view), load);
                }
            }
        }
    }

    private static void write(List<Figures> replicated, List<Figures> alone) throws IOException {
        var text = new StringBuilder("### Failover\n\n");
        text.append("A host gets SIGKILL at ")
                .append(Failover.REQUESTS_PER_SECOND)
                .append(" requests/s through the gateway; ")
                .append(ROUNDS)
                .append(" rounds; min / median / max; times since the signal. Load average of the machine at the end: ")
                .append(String.format(
                        Locale.ROOT,
                        "%.1f on %d cores",
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                        Runtime.getRuntime().availableProcessors()))
                .append(".\n\n| | one of two hosts with replicas | the only host |\n|---|---|---|\n");
        for (Row row : ROWS) {
            text.append("| ").append(row.name()).append(row.unit().isEmpty() ? "" : " (" + row.unit() + ")");
            text.append(" | ")
                    .append(spread(row, replicated))
                    .append(" | ")
                    .append(spread(row, alone))
                    .append(" |\n");
        }
        Path results = Files.createDirectories(Path.of("target", "ring-results"));
        Files.writeString(results.resolve("failover.md"), text);
    }

    private static String spread(Row row, List<Figures> all) {
        long[] sorted = all.stream().mapToLong(row.value()).sorted().toArray();
        return sorted[0] + " / " + sorted[sorted.length / 2] + " / " + sorted[sorted.length - 1];
    }
}
