package dev.wattle.host.engine.jvm.runtime;

import static dev.wattle.host.engine.jvm.runtime.PackedLanes.TOP16;
import static dev.wattle.host.engine.jvm.runtime.PackedLanes.TOP32;
import static dev.wattle.host.engine.jvm.runtime.PackedLanes.TOP8;

/// Comparisons of integer lanes, which set all bits of a lane or none, and the tests of a whole vector. A comparison
/// works on one half of a vector and is called for both; a test takes the low and the high half.
///
/// `gt` is `lt` with its operands exchanged, `ge` what is not `lt`.
///
/// @spec core "Vector instructions", `virelop`, `vtestop`, `bitmask`
public final class VectorComparisons {
    /// Brings the lowest bits of eight lanes together, in the top byte of the product, and no two to one place.
    private static final long GATHER8 = 0x0102040810204080L;

    /// The same for four lanes of 16 bits: bits 48 to 51.
    private static final long GATHER16 = (1L << 48) | (1L << 33) | (1L << 18) | (1L << 3);

    private VectorComparisons() {}

    public static long i8x16Eq(long a, long b) {
        return PackedLanes.equal(a, b, TOP8, 8);
    }

    public static long i8x16Ne(long a, long b) {
        return ~PackedLanes.equal(a, b, TOP8, 8);
    }

    public static long i8x16LtS(long a, long b) {
        return PackedLanes.lessSigned(a, b, TOP8, 8);
    }

    public static long i8x16GtS(long a, long b) {
        return PackedLanes.lessSigned(b, a, TOP8, 8);
    }

    public static long i8x16LeS(long a, long b) {
        return ~PackedLanes.lessSigned(b, a, TOP8, 8);
    }

    public static long i8x16GeS(long a, long b) {
        return ~PackedLanes.lessSigned(a, b, TOP8, 8);
    }

    public static long i8x16LtU(long a, long b) {
        return PackedLanes.lessUnsigned(a, b, TOP8, 8);
    }

    public static long i8x16GtU(long a, long b) {
        return PackedLanes.lessUnsigned(b, a, TOP8, 8);
    }

    public static long i8x16LeU(long a, long b) {
        return ~PackedLanes.lessUnsigned(b, a, TOP8, 8);
    }

    public static long i8x16GeU(long a, long b) {
        return ~PackedLanes.lessUnsigned(a, b, TOP8, 8);
    }

    public static long i16x8Eq(long a, long b) {
        return PackedLanes.equal(a, b, TOP16, 16);
    }

    public static long i16x8Ne(long a, long b) {
        return ~PackedLanes.equal(a, b, TOP16, 16);
    }

    public static long i16x8LtS(long a, long b) {
        return PackedLanes.lessSigned(a, b, TOP16, 16);
    }

    public static long i16x8GtS(long a, long b) {
        return PackedLanes.lessSigned(b, a, TOP16, 16);
    }

    public static long i16x8LeS(long a, long b) {
        return ~PackedLanes.lessSigned(b, a, TOP16, 16);
    }

    public static long i16x8GeS(long a, long b) {
        return ~PackedLanes.lessSigned(a, b, TOP16, 16);
    }

    public static long i16x8LtU(long a, long b) {
        return PackedLanes.lessUnsigned(a, b, TOP16, 16);
    }

    public static long i16x8GtU(long a, long b) {
        return PackedLanes.lessUnsigned(b, a, TOP16, 16);
    }

    public static long i16x8LeU(long a, long b) {
        return ~PackedLanes.lessUnsigned(b, a, TOP16, 16);
    }

    public static long i16x8GeU(long a, long b) {
        return ~PackedLanes.lessUnsigned(a, b, TOP16, 16);
    }

    public static long i32x4Eq(long a, long b) {
        return PackedLanes.equal(a, b, TOP32, 32);
    }

    public static long i32x4Ne(long a, long b) {
        return ~PackedLanes.equal(a, b, TOP32, 32);
    }

    public static long i32x4LtS(long a, long b) {
        return PackedLanes.lessSigned(a, b, TOP32, 32);
    }

    public static long i32x4GtS(long a, long b) {
        return PackedLanes.lessSigned(b, a, TOP32, 32);
    }

    public static long i32x4LeS(long a, long b) {
        return ~PackedLanes.lessSigned(b, a, TOP32, 32);
    }

    public static long i32x4GeS(long a, long b) {
        return ~PackedLanes.lessSigned(a, b, TOP32, 32);
    }

    public static long i32x4LtU(long a, long b) {
        return PackedLanes.lessUnsigned(a, b, TOP32, 32);
    }

    public static long i32x4GtU(long a, long b) {
        return PackedLanes.lessUnsigned(b, a, TOP32, 32);
    }

    public static long i32x4LeU(long a, long b) {
        return ~PackedLanes.lessUnsigned(b, a, TOP32, 32);
    }

    public static long i32x4GeU(long a, long b) {
        return ~PackedLanes.lessUnsigned(a, b, TOP32, 32);
    }

    public static long i64x2Eq(long a, long b) {
        return ~i64x2Ne(a, b);
    }

    public static long i64x2Ne(long a, long b) {
        long difference = a ^ b;
        return (difference | -difference) >> 63;
    }

    public static long i64x2LtS(long a, long b) {
        return ((a & ~b) | (~(a ^ b) & (a - b))) >> 63;
    }

    public static long i64x2GtS(long a, long b) {
        return i64x2LtS(b, a);
    }

    public static long i64x2LeS(long a, long b) {
        return ~i64x2LtS(b, a);
    }

    public static long i64x2GeS(long a, long b) {
        return ~i64x2LtS(a, b);
    }

    public static int v128AnyTrue(long low, long high) {
        return (low | high) != 0 ? 1 : 0;
    }

    public static int i8x16AllTrue(long low, long high) {
        return (PackedLanes.notZero(low, TOP8) & PackedLanes.notZero(high, TOP8)) == TOP8 ? 1 : 0;
    }

    public static int i16x8AllTrue(long low, long high) {
        return (PackedLanes.notZero(low, TOP16) & PackedLanes.notZero(high, TOP16)) == TOP16 ? 1 : 0;
    }

    public static int i32x4AllTrue(long low, long high) {
        return (PackedLanes.notZero(low, TOP32) & PackedLanes.notZero(high, TOP32)) == TOP32 ? 1 : 0;
    }

    public static int i64x2AllTrue(long low, long high) {
        return low != 0 && high != 0 ? 1 : 0;
    }

    public static int i8x16Bitmask(long low, long high) {
        return bitmask8(low) | (bitmask8(high) << 8);
    }

    public static int i16x8Bitmask(long low, long high) {
        return bitmask16(low) | (bitmask16(high) << 4);
    }

    public static int i32x4Bitmask(long low, long high) {
        return bitmask32(low) | (bitmask32(high) << 2);
    }

    public static int i64x2Bitmask(long low, long high) {
        return (int) (low >>> 63) | (int) (high >>> 63 << 1);
    }

    private static int bitmask8(long half) {
        return (int) ((((half & TOP8) >>> 7) * GATHER8) >>> 56);
    }

    private static int bitmask16(long half) {
        return (int) ((((half & TOP16) >>> 15) * GATHER16) >>> 48) & 0xF;
    }

    private static int bitmask32(long half) {
        return ((int) (half >>> 31) & 1) | ((int) (half >>> 62) & 2);
    }
}
