package dev.wattle.host.engine.jvm.runtime;

import dev.wattle.host.engine.GuestMemory;
import dev.wattle.host.engine.MemoryBudget;
import dev.wattle.host.engine.StackRoom;
import dev.wattle.host.engine.Trap;
import dev.wattle.host.engine.Utf8;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A linear memory, as its owner, all who import it, and the host see it. Owned by one sandbox.
///
/// Its bytes are an array exactly as long as the memory, so that the JVM's bounds check is the memory's; all
/// instances that have the memory keep that array in a field, and are told when it is another one. A store marks
/// the *card* it begins in, where there are cards: see [#CARD_SHIFT].
public final class Memory implements GuestMemory {
    public static final int PAGE_BYTES = 1 << 16;

    /// A card stands for 1 KiB: small enough that a guest which touches little is reset by copying little, large
    /// enough that looking through all cards costs nothing beside that.
    ///
    /// **The rule**: before bytes are stored, the card of the first one is set to something other than 0; of
    /// ranges that may be longer than a vector, every card. So the last bytes of a store may lie on the next card,
    /// unmarked: whoever resets a card resets [#SPILL_BYTES] more.
    public static final int CARD_SHIFT = 10;

    /// A vector that begins on the last byte of a card.
    public static final int SPILL_BYTES = 15;

    /// Operations on more bytes are done step by step, with a poll after each: a step takes some microseconds.
    private static final int STEP_BYTES = 1 << 17;

    /// To get an array of that length, cleared, takes about a millisecond, and often a collection.
    private static final int LARGE_BYTES = 8 << 20;

    private static final byte[] NOTHING = {};
    private static final byte DIRTY = 1;
    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);

    /// Whoever made a memory, and gets its arrays back.
    public interface Store {
        /// Longer arrays with the same content, then zeros.
        ///
        /// @param tracked whether every byte that was stored to is on a marked card
        /// @return null when there is no room
        @Nullable
        Bytes grow(Bytes old, boolean tracked, int length);

        /// Keeps what a memory has outgrown, until somebody needs the room.
        ///
        /// @return null when it cannot; then they are the caller's still
        @Nullable
        Outgrown setAside(Bytes old);

        /// Nobody uses the arrays any more: they belong to the store.
        void give(Bytes old, boolean tracked);

        /// The arrays are left to the collector: they count for nobody any more.
        void drop(Bytes old);

        /// What all arrays are reserved in.
        MemoryBudget budget();
    }

    /// Arrays that a memory has outgrown.
    public interface Outgrown {
        /// Makes them the caller's again.
        ///
        /// @return null when they are gone, because somebody needed the room
        @Nullable
        Bytes takeBack();
    }

    /// Bytes with their cards: one for each KiB, null when nobody marks them.
    @SuppressWarnings("ArrayRecordComponent") // what it is about; compared by identity
    public record Bytes(byte[] bytes, byte @Nullable [] cards) {
        static final Bytes CLOSED = new Bytes(NOTHING, NOTHING);

        /// The cards of bytes that have them.
        public byte[] marked() {
            return Objects.requireNonNull(cards, "no cards");
        }

        /// Makes cards for that many bytes.
        public static byte[] cardsFor(int length) {
            return new byte[length >> CARD_SHIFT];
        }
    }

    /// An instance that has the memory, as the memory of that index.
    private record Holder(Instance instance, int index) {}

    private final Store store;
    private Bytes content;
    private byte[] bytes;
    private byte @Nullable [] cards;
    private boolean tracked;
    private boolean closed;
    private int maximumPages;
    private @Nullable Instance owner;
    private int ownersIndex;
    private Holder @Nullable [] importers;

    /// What the memory has outgrown. It goes back when the sandbox ends and not before, so that code which held on
    /// to an array for too long would only ever hurt its own sandbox; or to the collector, when somebody needs the
    /// room.
    private List<Outgrown> outgrown = List.of();

    private int outgrownBytes;

    /// @param content without marks, or with those of all that differs from what the store gives others
    /// @param maximumPages the smaller of what the module declares and what the host allows
    public Memory(Bytes content, int maximumPages, Store store) {
        this.content = content;
        this.bytes = content.bytes();
        this.cards = content.cards();
        this.tracked = cards != null;
        this.maximumPages = maximumPages;
        this.store = store;
    }

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
    }

    /// As long as the memory.
    public byte[] bytes() {
        return bytes;
    }

    /// One for each KiB; null when nobody marks them.
    public byte @Nullable [] cards() {
        return cards;
    }

    /// Somebody will store to this memory who marks cards, or who does not: before its instance is made.
    public void expect(boolean marking) {
        if (!marking) {
            tracked = false;
        } else if (cards == null) {
            show(new Bytes(bytes, Bytes.cardsFor(bytes.length)));
        }
    }

    /// From now on the instance is told when the memory has other bytes.
    public void hold(Instance instance, int index) {
        if (owner == null) {
            owner = instance;
            ownersIndex = index;
            return;
        }
        Holder[] known = importers == null ? new Holder[0] : importers;
        Holder[] more = Arrays.copyOf(known, known.length + 1);
        more[known.length] = new Holder(instance, index);
        importers = more;
    }

    private void show(Bytes now) {
        content = now;
        bytes = now.bytes();
        cards = now.cards();
        if (owner != null) {
            owner.memoryMoved(ownersIndex, bytes, cards);
        }
        if (importers != null) {
            for (Holder holder : importers) {
                holder.instance().memoryMoved(holder.index(), bytes, cards);
            }
        }
    }

    /// Takes the bytes away from all that hold them, so that a late access traps, and gives them back. Closed, it
    /// does not grow. Idempotent.
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        Bytes old = content;
        maximumPages = 0;
        show(Bytes.CLOSED);
        store.give(old, tracked);
        if (outgrown.isEmpty()) {
            return;
        }
        for (Outgrown earlier : outgrown) {
            Bytes back = earlier.takeBack();
            if (back != null) {
                store.give(back, tracked);
            }
        }
        outgrown = List.of();
    }

    /// Leaves the bytes to whoever can still reach the memory, and to the collector then; they count for nobody.
    /// It does not grow any more.
    public void abandon() {
        maximumPages = 0;
        store.drop(content);
        for (Outgrown earlier : outgrown) {
            Bytes back = earlier.takeBack();
            if (back != null) {
                store.drop(back);
            }
        }
        outgrown = List.of();
    }

    /// `memory.size`.
    public int pages() {
        return bytes.length / PAGE_BYTES;
    }

    /// How far it can grow: the smaller of what the module declares and what the host allows.
    public int maximumPages() {
        return maximumPages;
    }

    /// `memory.grow`: the size before in pages, or -1.
    public int grow(int delta) {
        int before = pages();
        if (delta < 0 || delta > maximumPages - before) {
            return -1;
        }
        if (delta > 0) {
            StackRoom.require();
            poll();
            int length = (before + delta) * PAGE_BYTES;
            if (length >= LARGE_BYTES && owner != null) {
                owner.control.lendTurn();
            }
            Bytes grown = store.grow(content, tracked, length);
            if (grown == null) {
                noteRefusal();
            } else {
                retire(content, grown.bytes().length);
                show(grown);
            }
            poll();
            return grown == null ? -1 : before;
        }
        return before;
    }

    private void noteRefusal() {
        Instance asking = owner;
        if (asking != null) {
            asking.control.refuseMemory(store.budget());
        }
    }

    /// Keeps what was outgrown for the store as long as it is less than the memory itself.
    private void retire(Bytes old, int grownTo) {
        int length = old.bytes().length;
        Outgrown kept = length > grownTo - outgrownBytes ? null : store.setAside(old);
        if (kept == null) {
            store.drop(old);
            return;
        }
        if (outgrown.isEmpty()) {
            outgrown = new ArrayList<>(2);
        }
        outgrown.add(kept);
        outgrownBytes += length;
    }

    /// `memory.fill`.
    public void fill(int to, int value, int length) {
        check(to, length);
        mark(to, length);
        int done = 0;
        for (; length - done >= STEP_BYTES; done += STEP_BYTES) {
            Arrays.fill(bytes, to + done, to + done + STEP_BYTES, (byte) value);
            poll();
        }
        Arrays.fill(bytes, to + done, to + length, (byte) value);
    }

    /// `memory.copy` from another memory, or this one, to this one.
    public void copy(int to, int from, int length, Memory source) {
        source.check(from, length);
        check(to, length);
        mark(to, length);
        if (source == this && from < to) {
            copyLastFirst(to, from, length);
        } else {
            copyFirstFirst(to, source.bytes, from, length);
        }
    }

    private void copyFirstFirst(int to, byte[] source, int from, int length) {
        int done = 0;
        for (; length - done >= STEP_BYTES; done += STEP_BYTES) {
            System.arraycopy(source, from + done, bytes, to + done, STEP_BYTES);
            poll();
        }
        System.arraycopy(source, from + done, bytes, to + done, length - done);
    }

    private void copyLastFirst(int to, int from, int length) {
        int left = length;
        while (left >= STEP_BYTES) {
            left -= STEP_BYTES;
            System.arraycopy(bytes, from + left, bytes, to + left, STEP_BYTES);
            poll();
        }
        System.arraycopy(bytes, from, bytes, to, left);
    }

    /// After what takes long, so that a loop of it does not take a thousand times as long until it polls itself.
    private void poll() {
        Instance polling = owner;
        if (polling != null && polling.control.signal != 0) {
            polling.control.poll();
        }
    }

    /// `memory.init` with a data segment of that instance.
    public void init(int to, int from, int length, Instance instance, int segment) {
        if (Integer.toUnsignedLong(from) + Integer.toUnsignedLong(length) > instance.dataLength(segment)) {
            throw outOfBounds();
        }
        Segments segments = instance.segments();
        check(to, length);
        mark(to, length);
        copyFirstFirst(to, segments.binary(), segments.dataStart(segment) + from, length);
    }

    /// Copies bytes of the host to where a guest wants them.
    public void write(int to, byte[] source, int from, int length) {
        check(to, length);
        mark(to, length);
        System.arraycopy(source, from, bytes, to, length);
    }

    private void check(int at, int length) {
        if (Integer.toUnsignedLong(at) + Integer.toUnsignedLong(length) > bytes.length) {
            throw outOfBounds();
        }
    }

    /// Of a range that was checked.
    private void mark(int from, int length) {
        byte[] marked = cards;
        if (marked != null && length > 0) {
            int last = (from + length - 1) >> CARD_SHIFT;
            for (int card = from >> CARD_SHIFT; card <= last; card++) {
                marked[card] = DIRTY;
            }
        }
    }

    private static Trap outOfBounds() {
        return new Trap(Trap.Kind.MEMORY_OUT_OF_BOUNDS);
    }

    private int index(long address, int width) {
        if (address < 0 || address > (long) bytes.length - width) {
            throw outOfBounds();
        }
        return (int) address;
    }

    private int indexToWrite(long address, int width) {
        int index = index(address, width);
        if (cards != null) {
            cards[index >> CARD_SHIFT] = DIRTY;
        }
        return index;
    }

    @Override
    public long sizeBytes() {
        return bytes.length;
    }

    @Override
    public byte readByte(long address) {
        return bytes[index(address, Byte.BYTES)];
    }

    @Override
    public short readShort(long address) {
        return (short) SHORT.get(bytes, index(address, Short.BYTES));
    }

    @Override
    public int readInt(long address) {
        return (int) INT.get(bytes, index(address, Integer.BYTES));
    }

    @Override
    public long readLong(long address) {
        return (long) LONG.get(bytes, index(address, Long.BYTES));
    }

    @Override
    public void writeByte(long address, byte value) {
        bytes[indexToWrite(address, Byte.BYTES)] = value;
    }

    @Override
    public void writeShort(long address, short value) {
        SHORT.set(bytes, indexToWrite(address, Short.BYTES), value);
    }

    @Override
    public void writeInt(long address, int value) {
        INT.set(bytes, indexToWrite(address, Integer.BYTES), value);
    }

    @Override
    public void writeLong(long address, long value) {
        LONG.set(bytes, indexToWrite(address, Long.BYTES), value);
    }

    @Override
    public byte[] read(long address, int length) {
        int from = range(address, length);
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    @Override
    public void write(long address, byte[] source, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, source.length);
        int to = range(address, length);
        mark(to, length);
        System.arraycopy(source, offset, bytes, to, length);
    }

    @Override
    public void copy(long to, GuestMemory source, long from, int length) {
        if (!(source instanceof Memory other)) {
            GuestMemory.super.copy(to, source, from, length);
            return;
        }
        int begin = other.range(from, length);
        int target = range(to, length);
        mark(target, length);
        if (other == this && begin < target) {
            copyLastFirst(target, begin, length);
        } else {
            copyFirstFirst(target, other.bytes, begin, length);
        }
    }

    @Override
    public boolean isUtf8(long address, int length) {
        return Utf8.isValid(bytes, range(address, length), length);
    }

    private int range(long address, int length) {
        if (length < 0 || address < 0 || address > (long) bytes.length - length) {
            throw outOfBounds();
        }
        return (int) address;
    }
}
