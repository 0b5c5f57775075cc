package dev.wattle.host.engine.jvm.runtime;

/// Arithmetic on all lanes of a `long` at once, whatever their width: 8, 16 or 32 bits.
///
/// The idea throughout: keep the top bit of each lane out of a sum, so that nothing is carried into the next lane,
/// and put it right afterwards. `top` has the top bit of each lane and nothing else ([#TOP8] and so on), `width` is
/// a lane's number of bits; both are constants where these methods are called, so that the compiler folds what is
/// made of them. A *mask* has all bits or none of each lane.
final class PackedLanes {
    static final long TOP8 = 0x8080808080808080L;
    static final long TOP16 = 0x8000800080008000L;
    static final long TOP32 = 0x8000000080000000L;

    /// One in each lane of that many bits.
    static final long ONE8 = TOP8 >>> 7;

    static final long ONE16 = TOP16 >>> 15;
    static final long ONE32 = TOP32 >>> 31;

    /// The lower 32 bits.
    static final long LOW32 = 0xFFFFFFFFL;

    private PackedLanes() {}

    static long add(long a, long b, long top) {
        return ((a & ~top) + (b & ~top)) ^ ((a ^ b) & top);
    }

    static long subtract(long a, long b, long top) {
        return ((a | top) - (b & ~top)) ^ ((a ^ ~b) & top);
    }

    /// The mask of the lanes whose top bit is set in `bits`, which has no other bits.
    static long mask(long bits, int width) {
        return (bits << 1) - (bits >>> (width - 1));
    }

    /// The mask of the lanes that are negative.
    static long negative(long a, long top, int width) {
        return mask(a & top, width);
    }

    /// `a` where the mask is set, else `b`.
    static long select(long mask, long a, long b) {
        return b ^ ((a ^ b) & mask);
    }

    /// The top bits of the lanes that are not zero.
    static long notZero(long a, long top) {
        return (((a & ~top) + ~top) | a) & top;
    }

    static long equal(long a, long b, long top, int width) {
        return mask(notZero(a ^ b, top) ^ top, width);
    }

    static long lessSigned(long a, long b, long top, int width) {
        long lower = (a | top) - (b & ~top);
        return mask(((a & ~b) | (~(a ^ b) & ~lower)) & top, width);
    }

    static long lessUnsigned(long a, long b, long top, int width) {
        long lower = (a | top) - (b & ~top);
        return mask(((~a & b) | (~(a ^ b) & ~lower)) & top, width);
    }

    static long minSigned(long a, long b, long top, int width) {
        return select(lessSigned(a, b, top, width), a, b);
    }

    static long minUnsigned(long a, long b, long top, int width) {
        return select(lessUnsigned(a, b, top, width), a, b);
    }

    static long maxSigned(long a, long b, long top, int width) {
        return select(lessSigned(a, b, top, width), b, a);
    }

    static long maxUnsigned(long a, long b, long top, int width) {
        return select(lessUnsigned(a, b, top, width), b, a);
    }

    /// The least value, negated, stays what it is.
    static long absolute(long a, long top, int width) {
        long bits = a & top;
        // A lane that was negative is at most the greatest value here, so that one more carries nothing over.
        return (a ^ mask(bits, width)) + (bits >>> (width - 1));
    }

    static long addSaturatedSigned(long a, long b, long top, int width) {
        long sum = add(a, b, top);
        return select(mask(~(a ^ b) & (a ^ sum) & top, width), extreme(a, top, width), sum);
    }

    static long subtractSaturatedSigned(long a, long b, long top, int width) {
        long difference = subtract(a, b, top);
        return select(mask((a ^ b) & (a ^ difference) & top, width), extreme(a, top, width), difference);
    }

    static long addSaturatedUnsigned(long a, long b, long top, int width) {
        long sum = add(a, b, top);
        return sum | mask(((a & b) | ((a | b) & ~sum)) & top, width);
    }

    static long subtractSaturatedUnsigned(long a, long b, long top, int width) {
        return subtract(a, b, top) & ~lessUnsigned(a, b, top, width);
    }

    /// The average, rounded up.
    static long averageUnsigned(long a, long b, long top) {
        return (a | b) - (((a ^ b) >>> 1) & ~top);
    }

    /// In each lane the least value where `a` is negative, else the greatest.
    private static long extreme(long a, long top, int width) {
        return ((a & top) >>> (width - 1)) + ~top;
    }

    /// @param one one in each lane
    static long shiftLeft(long a, int count, long one, int width) {
        int bits = count & (width - 1);
        return (a << bits) & lanes((-1L << bits) & lane(width), one);
    }

    /// @param one one in each lane
    static long shiftRightUnsigned(long a, int count, long one, int width) {
        int bits = count & (width - 1);
        return (a >>> bits) & lanes(lane(width) >>> bits, one);
    }

    /// @param one one in each lane
    static long shiftRightSigned(long a, int count, long one, int width) {
        int bits = count & (width - 1);
        long kept = lanes(lane(width) >>> bits, one);
        return ((a >>> bits) & kept) | (negative(a, one << (width - 1), width) & ~kept);
    }

    /// The value in every lane.
    static long lanes(long value, long one) {
        return value * one;
    }

    private static long lane(int width) {
        return -1L >>> -width;
    }
}
