package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.jvm.runtime.Memory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What a memory holds before any code runs: immutable, one for all instances of a module. Cards with data are kept
/// whole, all others are zero.
///
/// An array is *pristine* when it holds the image, and zeros beyond; its cards, if it has any, are clear.
final class MemoryImage {
    /// Of a memory that is zero.
    static final MemoryImage ZERO = new MemoryImage(new byte[0], new int[0]);

    /// Scattered data would make an image far larger than they are: a module of one byte in each card.
    private static final int MAX_WASTE = 8;

    /// Images so small are not worth a second thought.
    private static final int SMALL_BYTES = 1 << 20;

    private static final int CARD_BYTES = 1 << Memory.CARD_SHIFT;
    private static final int ZEROS = -1;
    private static final long BYTE_MASK = 0xFF;

    /// More than [Memory#SPILL_BYTES]: whole vectors of any processor.
    private static final int SPILL = 64;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /// The cards with data, one after the other.
    private final byte[] pieces;

    /// Where a card's piece begins; shorter than the memory when nothing but zeros follows.
    private final int[] at;

    private MemoryImage(byte[] pieces, int[] at) {
        this.pieces = pieces;
        this.at = at;
    }

    /// A part of the initial content; later ones lie over earlier ones.
    ///
    /// @param to an address
    /// @param from where it begins in the binary
    record Part(int to, int from, int length) {}

    /// The image of parts that fit into the memory; null when it would waste much.
    static @Nullable MemoryImage of(byte[] binary, Iterable<Part> parts) {
        int cards = 0;
        long dataBytes = 0;
        for (Part part : parts) {
            cards = Math.max(cards, cardsTo(part.to() + (long) part.length()));
            dataBytes += part.length();
        }
        int[] at = new int[cards];
        Arrays.fill(at, ZEROS);
        int used = 0;
        for (Part part : parts) {
            for (int card = part.to() >> Memory.CARD_SHIFT; card < cardsTo(part.to() + (long) part.length()); card++) {
                if (at[card] == ZEROS && part.length() > 0) {
                    at[card] = used++ << Memory.CARD_SHIFT;
                }
            }
        }
        long bytes = (long) used << Memory.CARD_SHIFT;
        if (bytes > Math.max(SMALL_BYTES, dataBytes * MAX_WASTE) || bytes > Integer.MAX_VALUE - CARD_BYTES) {
            return null;
        }
        var image = new MemoryImage(new byte[(int) bytes], at);
        parts.forEach(part -> image.put(binary, part));
        return image;
    }

    private static int cardsTo(long end) {
        return (int) ((end + CARD_BYTES - 1) >> Memory.CARD_SHIFT);
    }

    private void put(byte[] binary, Part part) {
        int done = 0;
        while (done < part.length()) {
            int to = part.to() + done;
            int within = to & (CARD_BYTES - 1);
            int length = Math.min(CARD_BYTES - within, part.length() - done);
            System.arraycopy(binary, part.from() + done, pieces, at[to >> Memory.CARD_SHIFT] + within, length);
            done += length;
        }
    }

    /// What it takes of the heap.
    int sizeBytes() {
        return pieces.length + at.length * Integer.BYTES;
    }

    /// Makes an array of zeros pristine.
    void fill(byte[] zeros) {
        for (int card = 0; card < at.length; card++) {
            if (at[card] != ZEROS) {
                System.arraycopy(pieces, at[card], zeros, card << Memory.CARD_SHIFT, CARD_BYTES);
            }
        }
    }

    /// Makes an array pristine, whatever it holds.
    void resetAll(byte[] bytes) {
        int covered = Math.min(at.length, bytes.length >> Memory.CARD_SHIFT);
        for (int card = 0; card < covered; card++) {
            reset(bytes, card, CARD_BYTES);
        }
        Arrays.fill(bytes, covered << Memory.CARD_SHIFT, bytes.length, (byte) 0);
    }

    private void reset(byte[] bytes, int card, int length) {
        int to = card << Memory.CARD_SHIFT;
        if (card < at.length && at[card] != ZEROS) {
            System.arraycopy(pieces, at[card], bytes, to, length);
        } else {
            Arrays.fill(bytes, to, to + length, (byte) 0);
        }
    }

    /// Makes an array pristine that differs on marked cards only, and clears the cards.
    ///
    /// Each word of cards is read once and stored once: to read a word soon after a byte of it was stored means
    /// to wait for that store.
    ///
    /// @return how many were marked
    int resetMarked(byte[] bytes, byte[] cards) {
        int marked = 0;
        for (int start = 0; start < cards.length; start += Long.BYTES) {
            long word = (long) LONG.get(cards, start);
            if (word != 0) {
                LONG.set(cards, start, 0L);
                marked += resetWord(bytes, start, word);
            }
        }
        return marked;
    }

    /// Resets the marked ones of eight cards, run by run.
    private int resetWord(byte[] bytes, int start, long word) {
        int marked = 0;
        int card = 0;
        long rest = word;
        while (rest != 0) {
            int skipped = Long.numberOfTrailingZeros(rest) / Byte.SIZE;
            card += skipped;
            rest >>>= skipped * Byte.SIZE;
            int run = 0;
            do {
                run++;
                rest >>>= Byte.SIZE;
            } while ((rest & BYTE_MASK) != 0);
            resetRun(bytes, start + card, start + card + run);
            marked += run;
            card += run;
        }
        return marked;
    }

    /// Cards that follow each other, and what a store on the last one may have reached.
    private void resetRun(byte[] bytes, int first, int end) {
        int card = first;
        for (; card < Math.min(end, at.length); card++) {
            reset(bytes, card, CARD_BYTES);
        }
        if (card < end || end >= at.length) {
            int to = Math.min((end << Memory.CARD_SHIFT) + SPILL, bytes.length);
            Arrays.fill(bytes, card << Memory.CARD_SHIFT, to, (byte) 0);
        } else {
            reset(bytes, end, SPILL);
        }
    }

    /// Copies what differs from a pristine array to a longer one, which is pristine, and marks it there.
    static void copyMarked(byte[] bytes, byte[] cards, byte[] longer, byte[] longersCards) {
        for (int card = nextMarked(cards, 0); card < cards.length; card = nextMarked(cards, card + 1)) {
            int from = card << Memory.CARD_SHIFT;
            int length = Math.min(CARD_BYTES + Memory.SPILL_BYTES, bytes.length - from);
            System.arraycopy(bytes, from, longer, from, length);
            longersCards[card] = 1;
        }
    }

    /// The first card from there on that is marked; the number of cards when there is none. There are sixteen to a
    /// page, so that eight are read at once; the first of them is the lowest byte.
    private static int nextMarked(byte[] cards, int from) {
        int card = from;
        while (card < cards.length) {
            int start = card & -Long.BYTES;
            long rest = (long) LONG.get(cards, start) >>> ((card - start) * Byte.SIZE);
            if (rest != 0) {
                return card + (Long.numberOfTrailingZeros(rest) / Byte.SIZE);
            }
            card = start + Long.BYTES;
        }
        return cards.length;
    }
}
