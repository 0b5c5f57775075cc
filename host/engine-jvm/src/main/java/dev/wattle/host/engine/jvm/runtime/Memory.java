package dev.wattle.host.engine.jvm.runtime;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A linear memory, as its owner, all who import it, and the host see it. Owned by one sandbox.
///
/// Its bytes are an array exactly as long as the memory, so that the JVM's bounds check is the memory's; all
/// instances that have the memory keep that array in a field, and are told when it is another one. A store marks the
/// *card* it begins in, where there are cards: see [#CARD_SHIFT].
public final class Memory {
    public static final int PAGE_BYTES = 1 << 16;

    /// A card stands for 4 KiB: small enough that a guest which touches little is reset by copying little, large
    /// enough that looking through all cards costs nothing beside that.
    ///
    /// **The rule**: before bytes are stored, the card of the first one is set to something other than 0; of
    /// longer ranges than a vector, every card. So the last bytes of a store may lie on the next card, unmarked:
    /// whoever resets a card resets [#SPILL_BYTES] more.
    public static final int CARD_SHIFT = 12;

    /// A vector that begins on the last byte of a card.
    static final int SPILL_BYTES = 15;

    static final int CARDS_OF_A_PAGE = PAGE_BYTES >> CARD_SHIFT;


    /// Whoever made the memory, and gets its arrays back.
    public interface Store {
        /// Arrays for a memory that grows: the first `old` bytes of the given ones, then zeros. The given ones
        /// belong to the store afterwards.
        ///
        /// @return null when there is no room; the given ones are still the memory's then
        @Nullable Bytes grow(Memory memory, int length);

        /// The memory is not used any more: its arrays belong to the store.
        void give(Memory memory);
    }

    /// Bytes with their cards.
    public record Bytes(byte[] bytes, byte @Nullable [] cards) {}

    /// An instance that has the memory, as the memory of that index.
    private record Holder(Instance instance, int index) {}

    /// As long as the memory. Generated code keeps a copy of this reference in each instance.
    public byte[] bytes;

    /// One byte for each 4 KiB; null when nobody marks them.
    public byte @Nullable [] cards;

    private final @Nullable Store store;
    private int maximumPages;
    private Holder[] holders = {};

    /// @param maximumPages the smaller of what the module declares and what the host allows
    public Memory(Bytes initial, int maximumPages, @Nullable Store store) {
        this.bytes = initial.bytes();
        this.cards = initial.cards();
        this.maximumPages = maximumPages;
        this.store = store;
    }

    /// From now on the instance is told when the memory has other bytes.
    public void hold(Instance instance, int index) {
        holders = Arrays.copyOf(holders, holders.length + 1);
        holders[holders.length - 1] = new Holder(instance, index);
    }

    /// `memory.size`.
    public int pages() {
        return bytes.length / PAGE_BYTES;
    }

    /// `memory.grow`: the size before in pages, or -1.
    public int grow(int delta) {
        int before = pages();
        if (delta < 0 || delta > maximumPages - before) {
            return -1;
        }
        if (delta == 0) {
            return before;
        }
        throw new UnsupportedOperationException("to come");
    }

    /// `memory.fill`.
    public void fill(int to, int value, int length) {
        throw new UnsupportedOperationException("to come");
    }

    /// `memory.copy` from another memory, or this one, to this one.
    public void copy(int to, int from, int length, Memory source) {
        throw new UnsupportedOperationException("to come");
    }

    /// `memory.init` with a data segment of that instance.
    public void init(int to, int from, int length, Instance instance, int segment) {
        throw new UnsupportedOperationException("to come");
    }
}
