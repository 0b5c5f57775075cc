package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.HeapFootprint;
import dev.wattle.host.engine.jvm.runtime.Memory;
import dev.wattle.host.engine.jvm.runtime.Memory.Bytes;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Pristine arrays of one memory of one module, by their length: a guest that always grows by the same steps finds
/// each of them. Knows no module, so that it may outlive it. Safe for any thread.
final class IdleMemories {
    /// A guest that grows to ever different sizes must not fill the pool with all of them.
    private static final int MAX_LENGTHS = 8;

    private final MemoryPool pool;
    private Shelf[] shelves = {}; // guarded by this

    /// Of the length that was kept first; the shelves have what it has no room for.
    private volatile @Nullable IdleSlot slot; // written under the lock

    private boolean registered; // guarded by this

    /// Arrays of one length.
    private static final class Shelf {
        final int length;

        @Nullable
        Bytes[] stack = new Bytes[2];

        int count;

        /// The fewest there were since the last sweep: so many nobody needed.
        int fewest;

        Shelf(int length) {
            this.length = length;
        }
    }

    IdleMemories(MemoryPool pool) {
        this.pool = pool;
    }

    /// What arrays of that length take of the heap, with their cards.
    static long charge(int length) {
        return HeapFootprint.ofBytes(length) + HeapFootprint.ofBytes(length >> Memory.CARD_SHIFT);
    }

    /// A pristine array, whose bytes are reserved in the budget still.
    @Nullable
    Bytes take(int length) {
        IdleSlot first = slot;
        Bytes kept = first == null || first.length != length ? null : first.take();
        return kept == null ? takeFromShelf(length) : kept;
    }

    private synchronized @Nullable Bytes takeFromShelf(int length) {
        for (Shelf shelf : shelves) {
            if (shelf.length == length && shelf.count > 0) {
                return pop(shelf);
            }
        }
        return null;
    }

    private Bytes pop(Shelf shelf) {
        Bytes taken = Objects.requireNonNull(shelf.stack[--shelf.count], "an array below the count");
        shelf.stack[shelf.count] = null;
        shelf.fewest = Math.min(shelf.fewest, shelf.count);
        pool.taken(charge(shelf.length));
        return taken;
    }

    /// Keeps a pristine array when there is room.
    boolean keep(Bytes pristine) {
        IdleSlot first = slot;
        boolean fits = first != null && first.length == pristine.bytes().length;
        return (fits && first.keep(pristine)) || keepUnderLock(pristine);
    }

    private synchronized boolean keepUnderLock(Bytes pristine) {
        int length = pristine.bytes().length;
        Shelf shelf = slot == null ? null : shelf(length);
        boolean possible = slot == null || shelf != null;
        if (!possible || !pool.admits(charge(length))) {
            return false;
        }
        if (shelf == null) {
            slot = new IdleSlot(pristine);
        } else {
            put(shelf, pristine);
        }
        if (!registered) {
            registered = true;
            pool.register(this);
        }
        return true;
    }

    private static void put(Shelf shelf, Bytes pristine) {
        if (shelf.count == shelf.stack.length) {
            shelf.stack = Arrays.copyOf(shelf.stack, 2 * shelf.count);
        }
        shelf.stack[shelf.count++] = pristine;
    }

    private @Nullable Shelf shelf(int length) {
        for (Shelf shelf : shelves) {
            if (shelf.length == length) {
                return shelf;
            }
        }
        if (shelves.length == MAX_LENGTHS) {
            return null;
        }
        shelves = Arrays.copyOf(shelves, shelves.length + 1);
        var made = new Shelf(length);
        shelves[shelves.length - 1] = made;
        return made;
    }

    /// Drops what nobody needed since the last time.
    ///
    /// @return whether anything is left; otherwise it is not registered any more
    synchronized boolean sweep() {
        if (slot != null && !slot.wasNeeded()) {
            closeSlot();
        }
        boolean left = slot != null;
        for (Shelf shelf : shelves) {
            drop(shelf, shelf.fewest);
            shelf.fewest = shelf.count;
            left |= shelf.count > 0;
        }
        if (!left) {
            shelves = new Shelf[0];
            registered = false;
        }
        return left;
    }

    /// Drops all, because somebody else needs the room.
    synchronized void dropAll() {
        closeSlot();
        for (Shelf shelf : shelves) {
            drop(shelf, shelf.count);
        }
    }

    private void closeSlot() {
        IdleSlot last = slot;
        if (last != null) {
            slot = null;
            pool.taken(charge(last.length));
            if (last.close() != null) {
                pool.budget().release(charge(last.length));
            }
        }
    }

    private void drop(Shelf shelf, int count) {
        for (int i = 0; i < count; i++) {
            pop(shelf);
            pool.budget().release(charge(shelf.length));
        }
    }

    synchronized int count() {
        IdleSlot first = slot;
        int count = first != null && first.isFull() ? 1 : 0;
        for (Shelf shelf : shelves) {
            count += shelf.count;
        }
        return count;
    }
}
