package dev.wattle.benchmarks;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Latencies of a closed loop, and the figures that come of them.
final class Load {
    static final String P50 = "p50 micros";
    static final String P99 = "p99 micros";
    static final String PER_SECOND = "per second";

    private static final double NANOS_PER_MICRO = 1e3;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int FIRST_ROOM = 1 << 12;

    private long[] nanos = new long[FIRST_ROOM];
    private int count;

    void add(long latencyNanos) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = latencyNanos;
    }

    void addAll(Load other) {
        for (int i = 0; i < other.count; i++) {
            add(other.nanos[i]);
        }
    }

    int count() {
        return count;
    }

    /// @throws WrongAnswerException when nothing was answered
    Map<String, Double> figures(long spentNanos) {
        WrongAnswerException.require(
                count > 0, "nothing was answered in " + TimeUnit.NANOSECONDS.toMillis(spentNanos) + " ms");
        long[] all = Arrays.copyOf(nanos, count);
        return Map.of(
                P50, Statistics.percentile(all, 0.5) / NANOS_PER_MICRO,
                P99, Statistics.percentile(all, 0.99) / NANOS_PER_MICRO,
                PER_SECOND, count * NANOS_PER_SECOND / spentNanos);
    }
}
