package dev.wattle.host.component.abi;

import dev.wattle.host.engine.MemoryBudget;
import dev.wattle.host.engine.StackRoom;

/// The host's heap that one sandbox makes the host take for values or for handles: what is more than a little
/// is reserved in the budget that all guests share.
final class HeapShare implements AutoCloseable {
    /// Each sandbox has this without asking: ordinary calls never touch what all sandboxes share.
    static final long FREE_BYTES = 1 << 20;

    /// Reserved at once.
    private static final long STEP_BYTES = 1 << 20;

    private final MemoryBudget budget;
    private long used;
    private long reserved;

    HeapShare(MemoryBudget budget) {
        this.budget = budget;
    }

    void charge(long bytes) {
        if (used + bytes > FREE_BYTES + reserved) {
            reserve(used + bytes - FREE_BYTES - reserved);
        }
        used += bytes;
    }

    private void reserve(long missing) {
        StackRoom.require();
        long step = stepsFor(missing);
        if (!budget.tryReserveLarge(step)) {
            throw budget.exhausted();
        }
        reserved += step;
    }

    /// Gives back a part of what was taken.
    void release(long bytes) {
        if (bytes > 0) {
            releaseTo(used - bytes);
        }
    }

    /// To go back to with [#releaseTo].
    long mark() {
        return used;
    }

    /// Forgets what was taken since the mark.
    void releaseTo(long mark) {
        used = mark;
        if (reserved > 0) {
            long kept = Math.min(reserved, stepsFor(Math.max(0, mark - FREE_BYTES)));
            budget.release(reserved - kept);
            reserved = kept;
        }
    }

    private static long stepsFor(long bytes) {
        return (bytes + STEP_BYTES - 1) / STEP_BYTES * STEP_BYTES;
    }

    @Override
    public void close() {
        releaseTo(0);
    }
}
