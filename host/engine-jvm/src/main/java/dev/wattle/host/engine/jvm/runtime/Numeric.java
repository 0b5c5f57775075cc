package dev.wattle.host.engine.jvm.runtime;

import dev.wattle.host.engine.Trap;

/// Numeric instructions whose meaning differs from the JVM's: named as they are.
///
/// A NaN that goes in signalling must come out quiet, where the JVM's own methods may pass it on: arithmetic on
/// it makes it quiet.
///
/// @spec core, numerics
public final class Numeric {
    /// 2⁶³, the first `double` beyond a `long`.
    private static final double TWO_63 = 0x1p63;

    private static final double TWO_64 = 0x1p64;
    private static final float TWO_63_FLOAT = 0x1p63f;
    private static final float TWO_64_FLOAT = 0x1p64f;
    private static final double TWO_32 = 0x1p32;
    private static final double TWO_31 = 0x1p31;

    private Numeric() {}

    private static Trap overflow() {
        return new Trap(Trap.Kind.INTEGER_OVERFLOW);
    }

    private static Trap notANumber() {
        return new Trap(Trap.Kind.INVALID_CONVERSION);
    }

    public static int i32DivS(int a, int b) {
        if (b == -1 && a == Integer.MIN_VALUE) {
            throw overflow();
        }
        return a / b;
    }

    public static long i64DivS(long a, long b) {
        if (b == -1 && a == Long.MIN_VALUE) {
            throw overflow();
        }
        return a / b;
    }

    public static int i32TruncF32S(float value) {
        return i32TruncF64S(value);
    }

    public static int i32TruncF32U(float value) {
        return i32TruncF64U(value);
    }

    public static int i32TruncF64S(double value) {
        if (value > -TWO_31 - 1 && value < TWO_31) {
            return (int) value;
        }
        throw Double.isNaN(value) ? notANumber() : overflow();
    }

    public static int i32TruncF64U(double value) {
        if (value > -1 && value < TWO_32) {
            return (int) (long) value;
        }
        throw Double.isNaN(value) ? notANumber() : overflow();
    }

    public static long i64TruncF32S(float value) {
        if (value >= -TWO_63_FLOAT && value < TWO_63_FLOAT) {
            return (long) value;
        }
        throw Float.isNaN(value) ? notANumber() : overflow();
    }

    public static long i64TruncF32U(float value) {
        if (value > -1 && value < TWO_64_FLOAT) {
            return unsigned(value);
        }
        throw Float.isNaN(value) ? notANumber() : overflow();
    }

    public static long i64TruncF64S(double value) {
        if (value >= -TWO_63 && value < TWO_63) {
            return (long) value;
        }
        throw Double.isNaN(value) ? notANumber() : overflow();
    }

    public static long i64TruncF64U(double value) {
        if (value > -1 && value < TWO_64) {
            return unsigned(value);
        }
        throw Double.isNaN(value) ? notANumber() : overflow();
    }

    /// Of a value from above -1 to below 2⁶⁴.
    private static long unsigned(double value) {
        return value < TWO_63 ? (long) value : (long) (value - TWO_63) | Long.MIN_VALUE;
    }

    public static int i32TruncSatF32U(float value) {
        return i32TruncSatF64U(value);
    }

    public static int i32TruncSatF64U(double value) {
        long wide = (long) value;
        return wide < 0 ? 0 : (int) Math.min(wide, 0xFFFF_FFFFL);
    }

    public static long i64TruncSatF32U(float value) {
        return i64TruncSatF64U(value);
    }

    public static long i64TruncSatF64U(double value) {
        if (!(value > 0)) {
            return 0;
        }
        return value >= TWO_64 ? -1 : unsigned(value);
    }

    public static float f32ConvertI64U(long value) {
        // halved, with the lost bit kept sticky, so that rounding sees it
        return value >= 0 ? (float) value : (float) ((value >>> 1) | (value & 1)) * 2;
    }

    public static double f64ConvertI64U(long value) {
        return value >= 0 ? (double) value : (double) ((value >>> 1) | (value & 1)) * 2;
    }

    public static float f32Abs(float value) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(value) & Integer.MAX_VALUE);
    }

    public static double f64Abs(double value) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(value) & Long.MAX_VALUE);
    }

    public static float f32Neg(float value) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(value) ^ Integer.MIN_VALUE);
    }

    public static double f64Neg(double value) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(value) ^ Long.MIN_VALUE);
    }

    public static float f32Ceil(float value) {
        return Float.isNaN(value) ? value + value : (float) Math.ceil(value);
    }

    public static double f64Ceil(double value) {
        return Double.isNaN(value) ? value + value : Math.ceil(value);
    }

    public static float f32Floor(float value) {
        return Float.isNaN(value) ? value + value : (float) Math.floor(value);
    }

    public static double f64Floor(double value) {
        return Double.isNaN(value) ? value + value : Math.floor(value);
    }

    public static float f32Trunc(float value) {
        return value < 0 ? f32Ceil(value) : f32Floor(value);
    }

    public static double f64Trunc(double value) {
        return value < 0 ? f64Ceil(value) : f64Floor(value);
    }

    public static float f32Nearest(float value) {
        return Float.isNaN(value) ? value + value : (float) Math.rint(value);
    }

    public static double f64Nearest(double value) {
        return Double.isNaN(value) ? value + value : Math.rint(value);
    }

    public static float f32Sqrt(float value) {
        return (float) Math.sqrt(value);
    }

    public static float f32Min(float a, float b) {
        return Float.isNaN(a) || Float.isNaN(b) ? a + b : Math.min(a, b);
    }

    public static double f64Min(double a, double b) {
        return Double.isNaN(a) || Double.isNaN(b) ? a + b : Math.min(a, b);
    }

    public static float f32Max(float a, float b) {
        return Float.isNaN(a) || Float.isNaN(b) ? a + b : Math.max(a, b);
    }

    public static double f64Max(double a, double b) {
        return Double.isNaN(a) || Double.isNaN(b) ? a + b : Math.max(a, b);
    }

    public static float f32Copysign(float value, float sign) {
        int magnitude = Float.floatToRawIntBits(value) & Integer.MAX_VALUE;
        return Float.intBitsToFloat(magnitude | (Float.floatToRawIntBits(sign) & Integer.MIN_VALUE));
    }

    public static double f64Copysign(double value, double sign) {
        long magnitude = Double.doubleToRawLongBits(value) & Long.MAX_VALUE;
        return Double.longBitsToDouble(magnitude | (Double.doubleToRawLongBits(sign) & Long.MIN_VALUE));
    }
}
