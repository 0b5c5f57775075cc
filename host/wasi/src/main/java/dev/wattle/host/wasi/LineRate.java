package dev.wattle.host.wasi;

/// Bounds how many lines one component writes, over all its sandboxes. Safe for any thread.
final class LineRate {
    private static final long SECOND = 1_000_000_000L;

    private final MonotonicClock clock;
    private long second = -1; // guarded by this
    private int lines; // guarded by this
    private long dropped; // guarded by this

    LineRate(MonotonicClock clock) {
        this.clock = clock;
    }

    /// What to do with a line.
    ///
    /// @param droppedBefore lines dropped since the last that was let through
    record Verdict(boolean pass, long droppedBefore) {}

    synchronized Verdict next() {
        long now = clock.nanos() / SECOND;
        if (now != second) {
            second = now;
            lines = 0;
        }
        if (lines >= Limits.MAX_LINES_PER_SECOND) {
            dropped++;
            return new Verdict(false, 0);
        }
        lines++;
        long before = dropped;
        dropped = 0;
        return new Verdict(true, before);
    }
}
