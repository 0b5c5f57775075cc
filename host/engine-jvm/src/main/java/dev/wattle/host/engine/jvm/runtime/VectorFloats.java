package dev.wattle.host.engine.jvm.runtime;

import static dev.wattle.host.engine.jvm.runtime.PackedLanes.LOW32;
import static dev.wattle.host.engine.jvm.runtime.PackedLanes.TOP32;

/// Vector instructions on lanes of 32-bit floats. Each works on one half of a vector and is called for both.
///
/// Not-a-numbers: what only moves or tests bits (`neg`, `abs`, `pmin`, `pmax`) leaves them as they are; everything
/// else gives a quiet one, as the processor's arithmetic does. Where the JDK's method might hand a signalling one
/// through, the operand is added to itself instead.
///
/// @spec core "Vector instructions", shape `f32x4`
public final class VectorFloats {
    private VectorFloats() {}

    public static long f32x4Abs(long a) {
        return a & ~TOP32;
    }

    public static long f32x4Neg(long a) {
        return a ^ TOP32;
    }

    public static long f32x4Sqrt(long a) {
        return pack((float) Math.sqrt(first(a)), (float) Math.sqrt(second(a)));
    }

    public static long f32x4Add(long a, long b) {
        return pack(first(a) + first(b), second(a) + second(b));
    }

    public static long f32x4Sub(long a, long b) {
        return pack(first(a) - first(b), second(a) - second(b));
    }

    public static long f32x4Mul(long a, long b) {
        return pack(first(a) * first(b), second(a) * second(b));
    }

    public static long f32x4Div(long a, long b) {
        return pack(first(a) / first(b), second(a) / second(b));
    }

    /// Also the relaxed form.
    public static long f32x4Min(long a, long b) {
        return pack(min(first(a), first(b)), min(second(a), second(b)));
    }

    /// Also the relaxed form.
    public static long f32x4Max(long a, long b) {
        return pack(max(first(a), first(b)), max(second(a), second(b)));
    }

    public static long f32x4Pmin(long a, long b) {
        return PackedLanes.select(f32x4Lt(b, a), b, a);
    }

    public static long f32x4Pmax(long a, long b) {
        return PackedLanes.select(f32x4Lt(a, b), b, a);
    }

    public static long f32x4Ceil(long a) {
        return pack(ceil(first(a)), ceil(second(a)));
    }

    public static long f32x4Floor(long a) {
        return pack(floor(first(a)), floor(second(a)));
    }

    public static long f32x4Trunc(long a) {
        return pack(trunc(first(a)), trunc(second(a)));
    }

    public static long f32x4Nearest(long a) {
        return pack(nearest(first(a)), nearest(second(a)));
    }

    public static long f32x4Eq(long a, long b) {
        return mask(first(a) == first(b), second(a) == second(b));
    }

    public static long f32x4Ne(long a, long b) {
        return mask(first(a) != first(b), second(a) != second(b));
    }

    public static long f32x4Lt(long a, long b) {
        return mask(first(a) < first(b), second(a) < second(b));
    }

    public static long f32x4Gt(long a, long b) {
        return mask(first(a) > first(b), second(a) > second(b));
    }

    public static long f32x4Le(long a, long b) {
        return mask(first(a) <= first(b), second(a) <= second(b));
    }

    public static long f32x4Ge(long a, long b) {
        return mask(first(a) >= first(b), second(a) >= second(b));
    }

    /// `a * b + c`, rounded twice: the choice left open here, which is fast on every processor.
    public static long f32x4RelaxedMadd(long a, long b, long c) {
        return pack(first(a) * first(b) + first(c), second(a) * second(b) + second(c));
    }

    /// `-(a * b) + c`, rounded twice.
    public static long f32x4RelaxedNmadd(long a, long b, long c) {
        return pack(first(c) - first(a) * first(b), second(c) - second(a) * second(b));
    }

    private static float min(float a, float b) {
        return Float.isNaN(a) || Float.isNaN(b) ? a + b : Math.min(a, b);
    }

    private static float max(float a, float b) {
        return Float.isNaN(a) || Float.isNaN(b) ? a + b : Math.max(a, b);
    }

    private static float ceil(float a) {
        return Float.isNaN(a) ? a + a : (float) Math.ceil(a);
    }

    private static float floor(float a) {
        return Float.isNaN(a) ? a + a : (float) Math.floor(a);
    }

    private static float trunc(float a) {
        return a < 0 ? ceil(a) : floor(a);
    }

    private static float nearest(float a) {
        return Float.isNaN(a) ? a + a : (float) Math.rint(a);
    }

    private static float first(long half) {
        return Float.intBitsToFloat((int) half);
    }

    private static float second(long half) {
        return Float.intBitsToFloat((int) (half >>> 32));
    }

    private static long pack(float first, float second) {
        return (Float.floatToRawIntBits(first) & LOW32) | ((long) Float.floatToRawIntBits(second) << 32);
    }

    private static long mask(boolean first, boolean second) {
        return (first ? LOW32 : 0) | (second ? ~LOW32 : 0);
    }
}
