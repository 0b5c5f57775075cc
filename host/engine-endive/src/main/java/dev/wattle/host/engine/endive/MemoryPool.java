package dev.wattle.host.engine.endive;

import dev.wattle.host.engine.HeapFootprint;
import dev.wattle.host.engine.MemoryBudget;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.Memory;

/// Zeroed arrays for linear memories, kept by size class. Safe for any thread.
///
/// Each array that is in use or idle is reserved in the budget. An array is zeroed when it is given back, from
/// the lowest address that was stored to as far as its memory reached.
final class MemoryPool {
    /// What all idle arrays together may hold, as a part of the budget.
    private static final int IDLE_DIVISOR = 4;

    /// Larger arrays are left to the collector, which zeroes as fast as we do; a pool of them would be rarely
    /// used.
    static final int MAX_POOLED_BYTES = 16 << 20;

    /// Growing takes half as much again, so that a guest which grows page by page copies its memory a few times
    /// only.
    private static final int GROWTH_DIVISOR = 2;

    private static final byte[] NOTHING = {};

    private final MemoryBudget budget;
    private final long maxIdle;
    private final TreeMap<Integer, Deque<byte[]>> idle = new TreeMap<>(); // guarded by this; no empty stacks
    private long idleCharge; // guarded by this

    MemoryPool(MemoryBudget budget) {
        this(budget, budget.limitBytes() / IDLE_DIVISOR);
    }

    private MemoryPool(MemoryBudget budget, long maxIdle) {
        this.budget = budget;
        this.maxIdle = maxIdle;
    }

    /// A pool only by name: each array is new and as long as wanted, and the collector's in the end.
    static MemoryPool keepingNothing(MemoryBudget budget) {
        return new MemoryPool(budget, 0);
    }

    MemoryBudget budget() {
        return budget;
    }

    /// A zeroed array of at least that many bytes, or null when the budget or the heap is used up.
    byte @Nullable [] take(int bytes) {
        if (bytes == 0) {
            return NOTHING;
        }
        int length = maxIdle == 0 ? bytes : sizeClass(bytes);
        byte[] kept = takeIdle(length);
        if (kept != null) {
            return kept;
        }
        long charge = HeapFootprint.ofBytes(length);
        if (!budget.tryReserve(charge) && !reserveFromIdle(charge)) {
            return null;
        }
        try {
            return new byte[length];
        } catch (OutOfMemoryError fragmented) {
            // Large arrays need room in one piece, which the heap may lack although the budget has it.
            budget.release(charge);
            return null;
        }
    }

    /// The same with room to grow, up to a maximum, when there is room.
    byte @Nullable [] takeForGrowth(int bytes, int maximum) {
        int roomy = (int) Math.min((long) bytes + bytes / GROWTH_DIVISOR, maximum);
        byte[] taken = take(roomy);
        return taken == null && roomy > bytes ? take(bytes) : taken;
    }

    private synchronized byte @Nullable [] takeIdle(int length) {
        Deque<byte[]> stack = idle.get(length);
        if (stack == null) {
            return null;
        }
        byte[] array = stack.pop();
        if (stack.isEmpty()) {
            idle.remove(length);
        }
        idleCharge -= HeapFootprint.ofBytes(length);
        return array;
    }

    /// Drops idle arrays, the largest first, when that makes enough room.
    private synchronized boolean reserveFromIdle(long charge) {
        if (!budget.fits(charge, idleCharge)) {
            return false;
        }
        while (!budget.tryReserve(charge)) {
            Map.Entry<Integer, Deque<byte[]>> largest = idle.lastEntry();
            if (largest == null) {
                return false;
            }
            byte[] dropped = takeIdle(largest.getKey());
            if (dropped != null) {
                budget.release(HeapFootprint.ofBytes(dropped.length));
            }
        }
        return true;
    }

    /// Gives back an array that may differ from zero from `from` to `to` only. Nobody else may hold it.
    void give(byte[] array, int from, int to) {
        if (array.length == 0) {
            return;
        }
        if (maxIdle > 0 && array.length <= MAX_POOLED_BYTES) {
            Arrays.fill(array, from, to, (byte) 0);
            if (keep(array)) {
                return;
            }
        }
        budget.release(HeapFootprint.ofBytes(array.length));
    }

    private synchronized boolean keep(byte[] array) {
        long charge = HeapFootprint.ofBytes(array.length);
        if (idleCharge + charge > maxIdle) {
            return false;
        }
        idleCharge += charge;
        idle.computeIfAbsent(array.length, _ -> new ArrayDeque<>()).push(array);
        return true;
    }

    /// What the idle arrays take of the budget.
    synchronized long idleBytes() {
        return idleCharge;
    }

    /// Up to eight pages exact, then eight classes for each doubling: at most an eighth is wasted.
    static int sizeClass(int bytes) {
        int pages = (bytes + Memory.PAGE_SIZE - 1) / Memory.PAGE_SIZE;
        if (bytes > MAX_POOLED_BYTES) {
            return pages * Memory.PAGE_SIZE;
        }
        int step = Math.max(1, Integer.highestOneBit(Math.max(1, pages)) / 8);
        return (pages + step - 1) / step * step * Memory.PAGE_SIZE;
    }
}
