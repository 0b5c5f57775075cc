package dev.wattle.host.engine.jvm.runtime;

import static dev.wattle.host.engine.jvm.runtime.PackedLanes.LOW32;
import static dev.wattle.host.engine.jvm.runtime.PackedLanes.ONE16;
import static dev.wattle.host.engine.jvm.runtime.PackedLanes.TOP16;
import static dev.wattle.host.engine.jvm.runtime.PackedLanes.TOP32;
import static dev.wattle.host.engine.jvm.runtime.PackedLanes.TOP8;

/// Vector instructions between integer lanes of different widths.
///
/// What widens takes the 32 bits that become one half of the result; what narrows takes both halves of a vector,
/// which become one half of the result; pairwise sums and dot products take a half and give that half.
///
/// @spec core "Vector instructions", `vextunop`, `vextbinop`, `narrow`, `extend`
public final class VectorWidths {
    private static final long EVEN_BYTES = 0x00FF00FF00FF00FFL;
    private static final long EVEN_SHORTS = 0x0000FFFF0000FFFFL;

    private VectorWidths() {}

    public static long i16x8ExtendI8x16S(int lanes) {
        long wide = i16x8ExtendI8x16U(lanes);
        long signs = wide & (0x80 * ONE16);
        return wide | ((signs << 9) - (signs << 1));
    }

    public static long i16x8ExtendI8x16U(int lanes) {
        long pairs = (lanes & 0xFFFFL) | ((lanes & 0xFFFF0000L) << 16);
        return (pairs | (pairs << 8)) & EVEN_BYTES;
    }

    public static long i32x4ExtendI16x8S(int lanes) {
        return ((short) lanes & LOW32) | ((long) (lanes >> 16) << 32);
    }

    public static long i32x4ExtendI16x8U(int lanes) {
        return (lanes & 0xFFFFL) | ((long) (lanes >>> 16) << 32);
    }

    public static long i64x2ExtendI32x4S(int lane) {
        return lane;
    }

    public static long i64x2ExtendI32x4U(int lane) {
        return lane & LOW32;
    }

    public static long i16x8ExtmulI8x16S(int a, int b) {
        return pack16(
                (byte) a * (byte) b,
                (byte) (a >> 8) * (byte) (b >> 8),
                (byte) (a >> 16) * (byte) (b >> 16),
                (a >> 24) * (b >> 24));
    }

    public static long i16x8ExtmulI8x16U(int a, int b) {
        return pack16(
                (a & 0xFF) * (b & 0xFF),
                (a >>> 8 & 0xFF) * (b >>> 8 & 0xFF),
                (a >>> 16 & 0xFF) * (b >>> 16 & 0xFF),
                (a >>> 24) * (b >>> 24));
    }

    public static long i32x4ExtmulI16x8S(int a, int b) {
        return pack32((short) a * (short) b, (a >> 16) * (b >> 16));
    }

    public static long i32x4ExtmulI16x8U(int a, int b) {
        return pack32((a & 0xFFFF) * (b & 0xFFFF), (a >>> 16) * (b >>> 16));
    }

    public static long i64x2ExtmulI32x4S(int a, int b) {
        return (long) a * b;
    }

    public static long i64x2ExtmulI32x4U(int a, int b) {
        return (a & LOW32) * (b & LOW32);
    }

    public static long i16x8ExtaddPairwiseI8x16S(long a) {
        // Each byte 128 more, and each sum 256 less.
        return PackedLanes.subtract(i16x8ExtaddPairwiseI8x16U(a ^ TOP8), 0x100 * ONE16, TOP16);
    }

    public static long i16x8ExtaddPairwiseI8x16U(long a) {
        return (a & EVEN_BYTES) + ((a >>> 8) & EVEN_BYTES);
    }

    public static long i32x4ExtaddPairwiseI16x8S(long a) {
        return pack32((short) a + ((int) a >> 16), (short) (a >>> 32) + (int) (a >> 48));
    }

    public static long i32x4ExtaddPairwiseI16x8U(long a) {
        return (a & EVEN_SHORTS) + ((a >>> 16) & EVEN_SHORTS);
    }

    public static long i32x4DotI16x8S(long a, long b) {
        int first = (short) a * (short) b + ((int) a >> 16) * ((int) b >> 16);
        int second = (short) (a >>> 32) * (short) (b >>> 32) + (int) (a >> 48) * (int) (b >> 48);
        return pack32(first, second);
    }

    /// Both operands count as signed, and a sum that does not fit wraps: the choice left open here, and exact for
    /// what the instruction is meant for.
    public static long i16x8RelaxedDotI8x16I7x16S(long a, long b) {
        long even = i16x8ExtmulI8x16S(evenBytes(a), evenBytes(b));
        long odd = i16x8ExtmulI8x16S(evenBytes(a >>> 8), evenBytes(b >>> 8));
        return PackedLanes.add(even, odd, TOP16);
    }

    /// Made of the former, as the specification has it.
    public static long i32x4RelaxedDotI8x16I7x16AddS(long a, long b, long sum) {
        return PackedLanes.add(i32x4ExtaddPairwiseI16x8S(i16x8RelaxedDotI8x16I7x16S(a, b)), sum, TOP32);
    }

    public static long i8x16NarrowI16x8S(long low, long high) {
        return narrow16(clamp16(low, -0x80, 0x7F), clamp16(high, -0x80, 0x7F));
    }

    public static long i8x16NarrowI16x8U(long low, long high) {
        return narrow16(clamp16(low, 0, 0xFF), clamp16(high, 0, 0xFF));
    }

    public static long i16x8NarrowI32x4S(long low, long high) {
        return narrow32(clamp32(low, -0x8000, 0x7FFF), clamp32(high, -0x8000, 0x7FFF));
    }

    public static long i16x8NarrowI32x4U(long low, long high) {
        return narrow32(clamp32(low, 0, 0xFFFF), clamp32(high, 0, 0xFFFF));
    }

    private static long clamp16(long a, int least, int greatest) {
        long atLeast = PackedLanes.maxSigned(a, (least & 0xFFFF) * ONE16, TOP16, 16);
        return PackedLanes.minSigned(atLeast, greatest * ONE16, TOP16, 16);
    }

    private static long clamp32(long a, int least, int greatest) {
        return pack32(
                Math.min(Math.max((int) a, least), greatest), Math.min(Math.max((int) (a >> 32), least), greatest));
    }

    private static long narrow16(long low, long high) {
        return (evenBytes(low) & LOW32) | ((long) evenBytes(high) << 32);
    }

    private static long narrow32(long low, long high) {
        return (evenShorts(low) & LOW32) | (evenShorts(high) << 32);
    }

    /// The lower byte of each 16 bits, side by side.
    private static int evenBytes(long a) {
        long bytes = a & EVEN_BYTES;
        return (int) evenShorts(bytes | (bytes >>> 8));
    }

    /// The lower half of each 32 bits, side by side, and something above them.
    private static long evenShorts(long a) {
        long shorts = a & EVEN_SHORTS;
        return shorts | (shorts >>> 16);
    }

    private static long pack16(int a, int b, int c, int d) {
        return pack32((a & 0xFFFF) | (b << 16), (c & 0xFFFF) | (d << 16));
    }

    private static long pack32(int a, int b) {
        return (a & LOW32) | ((long) b << 32);
    }
}
