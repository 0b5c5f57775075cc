package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.HeapFootprint;
import dev.wattle.host.engine.jvm.runtime.Memory;
import dev.wattle.host.engine.jvm.runtime.Memory.Bytes;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Pristine arrays of one memory of one module, by their length: a guest that always grows by the same steps finds
/// each of them. And those that memories in use have outgrown, which become pristine when their sandbox ends, unless
/// somebody needs the room before. Knows no module, so that it may outlive it. Safe for any thread.
final class IdleMemories {
    /// A guest that grows to ever different sizes must not fill the pool with all of them.
    private static final int MAX_LENGTHS = 8;

    private final MemoryPool pool;
    private Shelf[] shelves = {}; // guarded by this
    private final Set<Outgrown> outgrown = new LinkedHashSet<>(); // guarded by this
    private boolean registered; // guarded by this

    /// Of the length that was kept first; the shelves have what it has no room for.
    private volatile @Nullable IdleSlot slot; // written under the lock

    /// What a memory in use has outgrown.
    private final class Outgrown implements Memory.Outgrown {
        private @Nullable Bytes bytes; // guarded by the idle memories; null when it was taken back or dropped
        private boolean old; // guarded by the idle memories

        Outgrown(Bytes bytes) {
            this.bytes = bytes;
        }

        @Override
        public @Nullable Bytes takeBack() {
            synchronized (IdleMemories.this) {
                Bytes there = bytes;
                if (there != null) {
                    bytes = null;
                    outgrown.remove(this);
                    pool.taken(charge(there.bytes().length));
                }
                return there;
            }
        }

        private void drop() { // guarded by the idle memories
            Bytes there = bytes;
            if (there != null) {
                bytes = null;
                pool.taken(charge(there.bytes().length));
                pool.budget().release(charge(there.bytes().length));
            }
        }
    }

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
        if (first != null && first.length == pristine.bytes().length && first.keep(pristine)) {
            return true;
        }
        return keepUnderLock(pristine);
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
        register();
        return true;
    }

    /// Keeps what a memory has outgrown, when there is room and when it would be kept as pristine, too.
    synchronized Memory.@Nullable Outgrown setAside(Bytes old) {
        int length = old.bytes().length;
        if (shelf(length) == null || !pool.admits(charge(length))) {
            return null;
        }
        var kept = new Outgrown(old);
        outgrown.add(kept);
        register();
        return kept;
    }

    private void register() {
        if (!registered) {
            registered = true;
            pool.register(this);
        }
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

    /// Drops what nobody needed since the last time. When nothing is left, it is not registered any more.
    synchronized void sweep() {
        outgrown.removeIf(each -> {
            boolean drop = each.old;
            each.old = true;
            if (drop) {
                each.drop();
            }
            return drop;
        });
        if (slot != null && !slot.wasNeeded()) {
            closeSlot();
        }
        boolean left = !outgrown.isEmpty() || slot != null;
        for (Shelf shelf : shelves) {
            drop(shelf, shelf.fewest);
            shelf.fewest = shelf.count;
            left |= shelf.count > 0;
        }
        if (!left) {
            shelves = new Shelf[0];
            registered = false;
            pool.unregister(this);
        }
    }

    /// Drops all, because somebody else needs the room.
    synchronized void dropAll() {
        closeSlot();
        for (Shelf shelf : shelves) {
            drop(shelf, shelf.count);
        }
        outgrown.forEach(Outgrown::drop);
        outgrown.clear();
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

    /// What is admitted to the pool for an array that is in use.
    long emptyBytes() {
        IdleSlot first = slot;
        return first == null || first.isFull() ? 0 : charge(first.length);
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
