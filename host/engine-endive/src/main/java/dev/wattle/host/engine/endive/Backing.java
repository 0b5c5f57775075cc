package dev.wattle.host.engine.endive;

import dev.wattle.host.engine.CoreType;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.StackRoom;
import dev.wattle.host.engine.Trap;
import java.util.ArrayList;
import java.util.List;
import run.endive.runtime.Memory;

/// The bytes behind one linear memory and how far they may grow. Owned by the instance that defines the memory.
///
/// The array may be longer than the memory, so that growing page by page does not copy each time; what lies
/// beyond the size is always zero.
final class Backing {
    private static final byte[] CLOSED = {};

    private final MemoryPool pool;
    private final GuestControl guest;
    private int maximumPages;
    private final List<FlatMemory> views = new ArrayList<>(1);
    private byte[] bytes;
    private int pages;

    /// @param type as the module declares it
    /// @param limitBytes what the host allows
    Backing(MemoryPool pool, CoreType.Memory type, long limitBytes, GuestControl guest) {
        long limitPages = Math.min(limitBytes / Memory.PAGE_SIZE, Memory.RUNTIME_MAX_PAGES);
        if (type.minimumPages() > limitPages) {
            throw new Trap(
                    Trap.Kind.LIMIT,
                    "a memory of " + type.minimumPages() + " pages is wanted, " + limitPages + " are allowed");
        }
        this.pool = pool;
        this.guest = guest;
        this.maximumPages = (int) Math.min(limitPages, type.maximumPages().orElse(limitPages));
        this.pages = (int) type.minimumPages();
        byte[] taken = pool.take(pages * Memory.PAGE_SIZE);
        if (taken == null) {
            throw pool.budget().exhausted();
        }
        this.bytes = taken;
    }

    void attach(FlatMemory view) {
        views.add(view);
        view.show(bytes, size());
    }

    private int size() {
        return pages * Memory.PAGE_SIZE;
    }

    int pages() {
        return pages;
    }

    /// How far it can grow: the smaller of what the module declares and what the host allows.
    int maximumPages() {
        return maximumPages;
    }

    /// Below it nothing was ever stored. Compilers that put the stack first leave most of it untouched, and it
    /// is most of what a small guest has.
    private int lowest() {
        int lowest = size();
        for (FlatMemory view : views) {
            lowest = Math.min(lowest, view.lowest());
        }
        return lowest;
    }

    /// `memory.grow`: the size before in pages, or -1.
    int grow(int delta) {
        if (delta < 0 || delta > maximumPages - pages) {
            return -1;
        }
        int before = pages;
        int newSize = (pages + delta) * Memory.PAGE_SIZE;
        if (newSize > bytes.length) {
            StackRoom.require();
            byte[] old = bytes;
            byte[] grown = pool.takeForGrowth(newSize, maximumPages * Memory.PAGE_SIZE);
            if (grown == null) {
                guest.refuseMemory(pool.budget());
                return -1;
            }
            int from = lowest();
            System.arraycopy(old, from, grown, from, size() - from);
            bytes = grown;
            pool.give(old, from, size());
        }
        pages += delta;
        views.forEach(view -> view.show(bytes, newSize));
        return before;
    }

    /// Takes the bytes away from all views, so that a late access traps, and gives them back. Closed, it does
    /// not grow. Idempotent.
    void close() {
        byte[] old = bytes;
        int from = lowest();
        int used = size();
        bytes = CLOSED;
        pages = 0;
        maximumPages = 0;
        views.forEach(view -> view.show(CLOSED, 0));
        pool.give(old, from, used);
    }
}
