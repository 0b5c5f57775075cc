package dev.wattle.host.engine.jvm.runtime;

import static dev.wattle.host.engine.jvm.runtime.PackedLanes.LOW32;

/// Vector instructions between integers and floats, and between floats of different widths.
///
/// What keeps the width takes a half and gives that half; what widens takes the 32 bits that become a half; what
/// narrows takes both halves of a vector, which become one.
///
/// @spec core "Vector instructions", `vcvtop`
public final class VectorConversions {
    private VectorConversions() {}

    /// Also the relaxed form.
    public static long i32x4TruncSatF32x4S(long a) {
        return pack((int) first(a), (int) second(a));
    }

    /// Also the relaxed form.
    public static long i32x4TruncSatF32x4U(long a) {
        return pack(unsigned(first(a)), unsigned(second(a)));
    }

    /// Also the relaxed form.
    public static long i32x4TruncSatF64x2SZero(long low, long high) {
        return pack((int) Double.longBitsToDouble(low), (int) Double.longBitsToDouble(high));
    }

    /// Also the relaxed form.
    public static long i32x4TruncSatF64x2UZero(long low, long high) {
        return pack(unsigned(Double.longBitsToDouble(low)), unsigned(Double.longBitsToDouble(high)));
    }

    public static long f32x4ConvertI32x4S(long a) {
        return pack((float) (int) a, (float) (int) (a >>> 32));
    }

    public static long f32x4ConvertI32x4U(long a) {
        return pack((float) (a & LOW32), (float) (a >>> 32));
    }

    public static long f64x2ConvertLowI32x4S(int lane) {
        return Double.doubleToRawLongBits(lane);
    }

    public static long f64x2ConvertLowI32x4U(int lane) {
        return Double.doubleToRawLongBits((double) (lane & LOW32));
    }

    public static long f64x2PromoteLowF32x4(int lane) {
        return Double.doubleToRawLongBits(Float.intBitsToFloat(lane));
    }

    public static long f32x4DemoteF64x2Zero(long low, long high) {
        return pack((float) Double.longBitsToDouble(low), (float) Double.longBitsToDouble(high));
    }

    /// Every float is exact as a double, and the JVM's conversion to a long saturates and makes 0 of not-a-number.
    private static int unsigned(double value) {
        return (int) Math.min(Math.max((long) value, 0), LOW32);
    }

    private static float first(long half) {
        return Float.intBitsToFloat((int) half);
    }

    private static float second(long half) {
        return Float.intBitsToFloat((int) (half >>> 32));
    }

    private static long pack(float first, float second) {
        return pack(Float.floatToRawIntBits(first), Float.floatToRawIntBits(second));
    }

    private static long pack(int first, int second) {
        return (first & LOW32) | ((long) second << 32);
    }
}
