package dev.wattle.host.engine.jvm.runtime;

import static dev.wattle.host.engine.jvm.runtime.PackedLanes.LOW32;
import static dev.wattle.host.engine.jvm.runtime.PackedLanes.ONE16;
import static dev.wattle.host.engine.jvm.runtime.PackedLanes.ONE32;
import static dev.wattle.host.engine.jvm.runtime.PackedLanes.ONE8;

/// Vector instructions between scalars and lanes, and those that move lanes.
///
/// A splat gives what both halves are. Extracting and replacing take the half that has the lane, and the lane's
/// number within that half, which is a constant where they are called.
///
/// @spec core "Vector instructions", `splat`, `extract_lane`, `replace_lane`, `swizzle`
public final class VectorLanes {
    private VectorLanes() {}

    public static long i8x16Splat(int value) {
        return (value & 0xFF) * ONE8;
    }

    public static long i16x8Splat(int value) {
        return (value & 0xFFFF) * ONE16;
    }

    public static long i32x4Splat(int value) {
        return (value & LOW32) * ONE32;
    }

    public static long i64x2Splat(long value) {
        return value;
    }

    public static long f32x4Splat(float value) {
        return i32x4Splat(Float.floatToRawIntBits(value));
    }

    public static long f64x2Splat(double value) {
        return Double.doubleToRawLongBits(value);
    }

    public static int i8x16ExtractLaneS(long half, int lane) {
        return (byte) (half >>> (lane << 3));
    }

    public static int i8x16ExtractLaneU(long half, int lane) {
        return (int) (half >>> (lane << 3)) & 0xFF;
    }

    public static int i16x8ExtractLaneS(long half, int lane) {
        return (short) (half >>> (lane << 4));
    }

    public static int i16x8ExtractLaneU(long half, int lane) {
        return (int) (half >>> (lane << 4)) & 0xFFFF;
    }

    public static int i32x4ExtractLane(long half, int lane) {
        return (int) (half >>> (lane << 5));
    }

    /// The half is the lane.
    public static long i64x2ExtractLane(long half, int lane) {
        return half;
    }

    public static float f32x4ExtractLane(long half, int lane) {
        return Float.intBitsToFloat((int) (half >>> (lane << 5)));
    }

    /// The half is the lane.
    public static double f64x2ExtractLane(long half, int lane) {
        return Double.longBitsToDouble(half);
    }

    public static long i8x16ReplaceLane(long half, int value, int lane) {
        return replace(half, value, 0xFFL, lane << 3);
    }

    public static long i16x8ReplaceLane(long half, int value, int lane) {
        return replace(half, value, 0xFFFFL, lane << 4);
    }

    public static long i32x4ReplaceLane(long half, int value, int lane) {
        return replace(half, value, LOW32, lane << 5);
    }

    /// The half is the lane.
    public static long i64x2ReplaceLane(long half, long value, int lane) {
        return value;
    }

    public static long f32x4ReplaceLane(long half, float value, int lane) {
        return i32x4ReplaceLane(half, Float.floatToRawIntBits(value), lane);
    }

    /// The half is the lane.
    public static long f64x2ReplaceLane(long half, double value, int lane) {
        return Double.doubleToRawLongBits(value);
    }

    private static long replace(long half, long value, long mask, int shift) {
        return (half & ~(mask << shift)) | ((value & mask) << shift);
    }

    /// One half of the result: the bytes of the vector `high:low` that the bytes of `indices` name, 0 for an index
    /// beyond the last. Also the relaxed form.
    public static long i8x16Swizzle(long low, long high, long indices) {
        return pick(low, high, indices, 0)
                | pick(low, high, indices, 8)
                | pick(low, high, indices, 16)
                | pick(low, high, indices, 24)
                | pick(low, high, indices, 32)
                | pick(low, high, indices, 40)
                | pick(low, high, indices, 48)
                | pick(low, high, indices, 56);
    }

    private static long pick(long low, long high, long indices, int place) {
        int index = (int) (indices >>> place) & 0xFF;
        long half = low ^ ((low ^ high) & -(index >>> 3 & 1L));
        // All ones when the index is below 16.
        long known = (index - 16L) >> 31;
        return (half >>> (index << 3) & 0xFF & known) << place;
    }
}
