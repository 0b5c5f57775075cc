package dev.wattle.host.engine.jvm.runtime;

import static dev.wattle.host.engine.jvm.runtime.PackedLanes.LOW32;
import static dev.wattle.host.engine.jvm.runtime.PackedLanes.ONE16;
import static dev.wattle.host.engine.jvm.runtime.PackedLanes.ONE32;
import static dev.wattle.host.engine.jvm.runtime.PackedLanes.ONE8;
import static dev.wattle.host.engine.jvm.runtime.PackedLanes.TOP16;
import static dev.wattle.host.engine.jvm.runtime.PackedLanes.TOP32;
import static dev.wattle.host.engine.jvm.runtime.PackedLanes.TOP8;

/// Vector instructions that make integers of integers of the same width. Each works on one half of a vector and is
/// called for both.
///
/// Not here: those whose result is one of the JVM's instructions (`v128.and`, `i64x2.add` and the like).
///
/// @spec core "Vector instructions", `vibinop`, `viunop`, `vishiftop`
public final class VectorIntegers {
    private static final long NIBBLES = 0x0F0F0F0F0F0F0F0FL;
    private static final long PAIRS = 0x3333333333333333L;
    private static final long ODD_BITS = 0x5555555555555555L;

    private VectorIntegers() {}

    public static long v128Not(long a) {
        return ~a;
    }

    public static long v128Andnot(long a, long b) {
        return a & ~b;
    }

    /// Also the relaxed lane selections, which may look at single bits.
    public static long v128Bitselect(long a, long b, long mask) {
        return PackedLanes.select(mask, a, b);
    }

    public static long i8x16Add(long a, long b) {
        return PackedLanes.add(a, b, TOP8);
    }

    public static long i16x8Add(long a, long b) {
        return PackedLanes.add(a, b, TOP16);
    }

    public static long i32x4Add(long a, long b) {
        return PackedLanes.add(a, b, TOP32);
    }

    public static long i8x16Sub(long a, long b) {
        return PackedLanes.subtract(a, b, TOP8);
    }

    public static long i16x8Sub(long a, long b) {
        return PackedLanes.subtract(a, b, TOP16);
    }

    public static long i32x4Sub(long a, long b) {
        return PackedLanes.subtract(a, b, TOP32);
    }

    public static long i16x8Mul(long a, long b) {
        return (a * b & 0xFFFFL)
                | (((a >>> 16) * (b >>> 16) & 0xFFFFL) << 16)
                | (((a >>> 32) * (b >>> 32) & 0xFFFFL) << 32)
                | (((a >>> 48) * (b >>> 48)) << 48);
    }

    public static long i32x4Mul(long a, long b) {
        return (a * b & LOW32) | (((a >>> 32) * (b >>> 32)) << 32);
    }

    public static long i8x16Neg(long a) {
        return PackedLanes.subtract(0, a, TOP8);
    }

    public static long i16x8Neg(long a) {
        return PackedLanes.subtract(0, a, TOP16);
    }

    public static long i32x4Neg(long a) {
        return PackedLanes.subtract(0, a, TOP32);
    }

    public static long i64x2Neg(long a) {
        return -a;
    }

    public static long i8x16Abs(long a) {
        return PackedLanes.absolute(a, TOP8, 8);
    }

    public static long i16x8Abs(long a) {
        return PackedLanes.absolute(a, TOP16, 16);
    }

    public static long i32x4Abs(long a) {
        return PackedLanes.absolute(a, TOP32, 32);
    }

    public static long i64x2Abs(long a) {
        return Math.abs(a);
    }

    public static long i8x16Popcnt(long a) {
        long pairs = a - ((a >>> 1) & ODD_BITS);
        long nibbles = (pairs & PAIRS) + ((pairs >>> 2) & PAIRS);
        return (nibbles + (nibbles >>> 4)) & NIBBLES;
    }

    public static long i8x16MinS(long a, long b) {
        return PackedLanes.minSigned(a, b, TOP8, 8);
    }

    public static long i8x16MinU(long a, long b) {
        return PackedLanes.minUnsigned(a, b, TOP8, 8);
    }

    public static long i8x16MaxS(long a, long b) {
        return PackedLanes.maxSigned(a, b, TOP8, 8);
    }

    public static long i8x16MaxU(long a, long b) {
        return PackedLanes.maxUnsigned(a, b, TOP8, 8);
    }

    public static long i16x8MinS(long a, long b) {
        return PackedLanes.minSigned(a, b, TOP16, 16);
    }

    public static long i16x8MinU(long a, long b) {
        return PackedLanes.minUnsigned(a, b, TOP16, 16);
    }

    public static long i16x8MaxS(long a, long b) {
        return PackedLanes.maxSigned(a, b, TOP16, 16);
    }

    public static long i16x8MaxU(long a, long b) {
        return PackedLanes.maxUnsigned(a, b, TOP16, 16);
    }

    public static long i32x4MinS(long a, long b) {
        return PackedLanes.minSigned(a, b, TOP32, 32);
    }

    public static long i32x4MinU(long a, long b) {
        return PackedLanes.minUnsigned(a, b, TOP32, 32);
    }

    public static long i32x4MaxS(long a, long b) {
        return PackedLanes.maxSigned(a, b, TOP32, 32);
    }

    public static long i32x4MaxU(long a, long b) {
        return PackedLanes.maxUnsigned(a, b, TOP32, 32);
    }

    public static long i8x16AddSatS(long a, long b) {
        return PackedLanes.addSaturatedSigned(a, b, TOP8, 8);
    }

    public static long i8x16AddSatU(long a, long b) {
        return PackedLanes.addSaturatedUnsigned(a, b, TOP8, 8);
    }

    public static long i8x16SubSatS(long a, long b) {
        return PackedLanes.subtractSaturatedSigned(a, b, TOP8, 8);
    }

    public static long i8x16SubSatU(long a, long b) {
        return PackedLanes.subtractSaturatedUnsigned(a, b, TOP8, 8);
    }

    public static long i16x8AddSatS(long a, long b) {
        return PackedLanes.addSaturatedSigned(a, b, TOP16, 16);
    }

    public static long i16x8AddSatU(long a, long b) {
        return PackedLanes.addSaturatedUnsigned(a, b, TOP16, 16);
    }

    public static long i16x8SubSatS(long a, long b) {
        return PackedLanes.subtractSaturatedSigned(a, b, TOP16, 16);
    }

    public static long i16x8SubSatU(long a, long b) {
        return PackedLanes.subtractSaturatedUnsigned(a, b, TOP16, 16);
    }

    public static long i8x16AvgrU(long a, long b) {
        return PackedLanes.averageUnsigned(a, b, TOP8);
    }

    public static long i16x8AvgrU(long a, long b) {
        return PackedLanes.averageUnsigned(a, b, TOP16);
    }

    public static long i8x16Shl(long a, int count) {
        return PackedLanes.shiftLeft(a, count, ONE8, 8);
    }

    public static long i16x8Shl(long a, int count) {
        return PackedLanes.shiftLeft(a, count, ONE16, 16);
    }

    public static long i32x4Shl(long a, int count) {
        return PackedLanes.shiftLeft(a, count, ONE32, 32);
    }

    public static long i64x2Shl(long a, int count) {
        return a << count;
    }

    public static long i8x16ShrS(long a, int count) {
        return PackedLanes.shiftRightSigned(a, count, ONE8, 8);
    }

    public static long i16x8ShrS(long a, int count) {
        return PackedLanes.shiftRightSigned(a, count, ONE16, 16);
    }

    public static long i32x4ShrS(long a, int count) {
        return PackedLanes.shiftRightSigned(a, count, ONE32, 32);
    }

    public static long i64x2ShrS(long a, int count) {
        return a >> count;
    }

    public static long i8x16ShrU(long a, int count) {
        return PackedLanes.shiftRightUnsigned(a, count, ONE8, 8);
    }

    public static long i16x8ShrU(long a, int count) {
        return PackedLanes.shiftRightUnsigned(a, count, ONE16, 16);
    }

    public static long i32x4ShrU(long a, int count) {
        return PackedLanes.shiftRightUnsigned(a, count, ONE32, 32);
    }

    public static long i64x2ShrU(long a, int count) {
        return a >>> count;
    }

    /// A product of two fractions of 15 bits, rounded; only -1 times -1 has to be saturated. Also the relaxed form.
    public static long i16x8Q15mulrSatS(long a, long b) {
        return q15((short) a, (short) b)
                | (q15((short) (a >>> 16), (short) (b >>> 16)) << 16)
                | (q15((short) (a >>> 32), (short) (b >>> 32)) << 32)
                | (q15((short) (a >>> 48), (short) (b >>> 48)) << 48);
    }

    private static long q15(int a, int b) {
        int product = (a * b + (1 << 14)) >> 15;
        // The product is 1 << 15 in the one case that does not fit, and one less is what it saturates to.
        return (product - ((product & ~(product >> 31)) >>> 15)) & 0xFFFFL;
    }
}
