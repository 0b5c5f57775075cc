package dev.wattle.interop;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// What came of one guest.
///
/// @param steps how many were compared
/// @param loadMillis ours: decoding, validating, linking
/// @param instanceMillis ours: the first instance
/// @param theirMillis wasmtime's: starting its process, loading and the first instance
/// @param ours nanoseconds of each timed call
/// @param theirs likewise; Python's share is in it
record GuestResult(
        String name,
        int bytes,
        int steps,
        List<String> differences,
        double loadMillis,
        double instanceMillis,
        double theirMillis,
        Map<String, Double> ours,
        Map<String, Double> theirs) {
    private static final double NANOS_PER_MICRO = 1000;

    GuestResult {
        differences = List.copyOf(differences);
    }

    String row() {
        return "| %s | %,d | %,d, %s | %.0f ms | %.1f ms | %.0f ms | %s | %s |"
                .formatted(
                        name,
                        bytes,
                        steps,
                        differences.isEmpty() ? "all equal" : differences.size() + " differ",
                        loadMillis,
                        instanceMillis,
                        theirMillis,
                        micros(ours),
                        micros(theirs));
    }

    private static String micros(Map<String, Double> nanos) {
        return nanos.values().stream()
                .map(value -> String.format(Locale.ROOT, "%.1f", value / NANOS_PER_MICRO))
                .collect(Collectors.joining(" / "));
    }

    static String table(List<GuestResult> results, List<String> missing) {
        var table = new StringBuilder();
        table.append(
                "The test world in many languages, called by us and by wasmtime through its package of Python; µs of a call\n");
        table.append("`" + String.join("` / `", GuestRun.TIMED) + "`, which calls the host in turn.\n\n");
        table.append(
                "| guest | bytes | calls | load | first instance | wasmtime: process, load, first instance | our calls, µs | wasmtime's, with Python's share, µs |\n");
        table.append("|---|---|---|---|---|---|---|---|\n");
        results.forEach(result -> table.append(result.row()).append('\n'));
        missing.forEach(name -> table.append("| " + name + " | could not be built here | | | | | | |\n"));
        return table.toString();
    }
}
