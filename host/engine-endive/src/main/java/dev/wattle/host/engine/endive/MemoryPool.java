package dev.wattle.host.engine.endive;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import run.endive.runtime.Memory;

/// Zeroed arrays for linear memories, kept by size class. Safe for any thread.
///
/// An array is zeroed as a whole, as far as its memory reached, when it is given back: there is no record of what
/// was written that could miss a store.
final class MemoryPool {
    /// What all idle arrays together may hold: enough for the small memories of a few hundred sandboxes at once.
    static final long MAX_IDLE_BYTES = 256L << 20;

    /// Larger arrays are left to the collector, which zeroes as fast as we do; a pool of them would be rarely used.
    static final int MAX_POOLED_BYTES = 16 << 20;

    /// Growing takes half as much again, so that a guest which grows page by page copies its memory a few times
    /// only.
    private static final int GROWTH_DIVISOR = 2;

    private final Map<Integer, Deque<byte[]>> idle = new HashMap<>(); // guarded by this
    private long idleBytes; // guarded by this

    /// A zeroed array of at least that many bytes.
    byte[] take(int bytes) {
        int length = sizeClass(bytes);
        synchronized (this) {
            Deque<byte[]> stack = idle.get(length);
            if (stack != null && !stack.isEmpty()) {
                idleBytes -= length;
                return stack.pop();
            }
        }
        return new byte[length];
    }

    /// The same with room to grow, up to a maximum.
    byte[] takeForGrowth(int bytes, int maximum) {
        long wanted = (long) bytes + bytes / GROWTH_DIVISOR;
        return take((int) Math.min(wanted, maximum));
    }

    /// Gives back an array that only its first `used` bytes may differ from zero in. Nobody else may hold it.
    void give(byte[] array, int used) {
        if (array.length == 0 || array.length > MAX_POOLED_BYTES) {
            return;
        }
        Arrays.fill(array, 0, used, (byte) 0);
        synchronized (this) {
            if (idleBytes + array.length <= MAX_IDLE_BYTES) {
                idleBytes += array.length;
                idle.computeIfAbsent(array.length, _ -> new ArrayDeque<>()).push(array);
            }
        }
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
