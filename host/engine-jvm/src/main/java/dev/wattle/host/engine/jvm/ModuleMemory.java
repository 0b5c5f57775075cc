package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.MemoryBudget;
import dev.wattle.host.engine.jvm.runtime.Memory;
import dev.wattle.host.engine.jvm.runtime.Memory.Bytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Where one memory of one module comes from, and goes back to. Safe for any thread.
final class ModuleMemory implements Memory.Store {
    /// Larger arrays are left to the collector, which zeroes as fast as we do; a pool of them would be rarely used.
    static final int MAX_POOLED_BYTES = 16 << 20;

    private static final byte[] NOTHING = {};

    private final MemoryPool pool;
    private final MemoryImage image;
    private final ResetPolicy policy;
    private final IdleMemories idle;

    ModuleMemory(MemoryPool pool, MemoryImage image, ResetPolicy policy) {
        this.pool = pool;
        this.image = image;
        this.policy = policy;
        this.idle = new IdleMemories(pool);
    }

    /// A pristine array of that length.
    ///
    /// @param marking whether it shall have cards
    /// @return null when the budget or the heap is used up
    @Nullable
    Bytes take(int length, boolean marking) {
        Bytes kept = length == 0 ? new Bytes(NOTHING, null) : idle.take(length);
        if (kept == null) {
            kept = fresh(new Bytes(NOTHING, null), length, false);
            if (kept == null) {
                return null;
            }
            image.fill(kept.bytes());
        }
        return withCards(kept, marking);
    }

    /// Pristine arrays, with or without cards.
    private @Nullable Bytes withCards(Bytes pristine, boolean marking) {
        if (marking == (pristine.cards() != null)) {
            return pristine;
        }
        try {
            return new Bytes(pristine.bytes(), marking ? Bytes.cardsFor(pristine.bytes().length) : null);
        } catch (OutOfMemoryError full) {
            drop(pristine);
            return null;
        }
    }

    /// Arrays that begin as the given ones, or null when the budget or the heap is used up.
    private @Nullable Bytes fresh(Bytes beginning, int length, boolean growing) {
        long charge = IdleMemories.charge(length);
        if (!pool.reserve(charge, growing)) {
            return null;
        }
        try {
            byte[] cards = beginning.cards();
            return new Bytes(
                    Arrays.copyOf(beginning.bytes(), length),
                    cards == null ? null : Arrays.copyOf(cards, length >> Memory.CARD_SHIFT));
        } catch (OutOfMemoryError fragmented) {
            // Large arrays need room in one piece, which the heap may lack although the budget has it.
            pool.budget().release(charge);
            return null;
        }
    }

    @Override
    public @Nullable Bytes grow(Bytes old, boolean tracked, int length) {
        byte[] cards = old.cards();
        Bytes kept = idle.take(length);
        Bytes grown = kept == null ? null : withCards(kept, cards != null);
        if (grown == null) {
            return fresh(old, length, true);
        }
        if (tracked && cards != null) {
            MemoryImage.copyMarked(old.bytes(), cards, grown.bytes(), grown.marked());
        } else {
            System.arraycopy(old.bytes(), 0, grown.bytes(), 0, old.bytes().length);
        }
        return grown;
    }

    @Override
    public Memory.@Nullable Outgrown setAside(Bytes old) {
        return keeps(old.bytes().length) ? idle.setAside(old) : null;
    }

    private static boolean keeps(int length) {
        return length > 0 && length <= MAX_POOLED_BYTES;
    }

    @Override
    public void give(Bytes old, boolean tracked) {
        if (keeps(old.bytes().length)) {
            reset(old, tracked);
            if (idle.keep(old)) {
                return;
            }
        }
        drop(old);
    }

    @Override
    public void drop(Bytes old) {
        if (old.bytes().length > 0) {
            pool.budget().release(IdleMemories.charge(old.bytes().length));
        }
    }

    @Override
    public MemoryBudget budget() {
        return pool.budget();
    }

    private void reset(Bytes old, boolean tracked) {
        byte[] cards = old.cards();
        if (tracked && cards != null) {
            image.resetMarked(old.bytes(), cards);
            return;
        }
        long start = System.nanoTime();
        image.resetAll(old.bytes());
        policy.resetTook(System.nanoTime() - start);
        if (cards != null) {
            Arrays.fill(cards, (byte) 0);
        }
    }

    /// Arrays that wait for the next instance.
    int idleCount() {
        return idle.count();
    }
}
