package dev.wattle.host.engine.jvm.code;

import java.util.ArrayList;
import java.util.List;

/// How half the result of a shuffle is made: bytes that move by the same distance move together, by one shift
/// of the half they come from and one mask. Lanes are constants, so that this is decided once, when code is
/// made.
///
/// @param moves what the result is the union of
/// @param factor what the union is multiplied by at last: more than 1 when the bytes repeat
record ShuffleHalf(List<Move> moves, long factor) {
    private static final int BYTES = 8;

    /// A shift of one half, and what is kept of it.
    ///
    /// @param source the half: 0 and 1 of the first operand, 2 and 3 of the second
    /// @param shift to the left by so many bits; to the right when negative
    /// @param mask what is kept after the shift
    record Move(int source, int shift, long mask) {
        /// Whether the shift leaves more than what is kept.
        boolean masked() {
            return mask != (shift < 0 ? -1L >>> -shift : -1L << shift);
        }
    }

    ShuffleHalf {
        moves = List.copyOf(moves);
    }

    /// The plan for the half whose bytes come from the bytes that `lanes` names, the first in its lowest byte:
    /// 0 to 15 of the first operand, 16 to 31 of the second.
    static ShuffleHalf of(long lanes) {
        int period = period(lanes);
        List<Move> moves = new ArrayList<>();
        for (int place = 0; place < period; place++) {
            int lane = (int) (lanes >>> (place * Byte.SIZE)) & 0xFF;
            add(moves, lane / BYTES, (place - lane % BYTES) * Byte.SIZE, 0xFFL << (place * Byte.SIZE));
        }
        long factor = 0;
        for (int place = 0; place < BYTES; place += period) {
            factor |= 1L << (place * Byte.SIZE);
        }
        return new ShuffleHalf(moves, factor);
    }

    /// After how many bytes the lanes repeat: 1, 2, 4 or, when they do not, 8.
    private static int period(long lanes) {
        int period = BYTES;
        while (period > 1 && Long.rotateLeft(lanes, period / 2 * Byte.SIZE) == lanes) {
            period /= 2;
        }
        return period;
    }

    private static void add(List<Move> moves, int source, int shift, long mask) {
        for (int i = 0; i < moves.size(); i++) {
            Move move = moves.get(i);
            if (move.source() == source && move.shift() == shift) {
                moves.set(i, new Move(source, shift, move.mask() | mask));
                return;
            }
        }
        moves.add(new Move(source, shift, mask));
    }
}
