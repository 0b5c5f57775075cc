package dev.wattle.host.engine.jvm.runtime;

/// Vector instructions on lanes of 64-bit floats. Each works on one half of a vector and is called for both. What
/// [VectorFloats] says of not-a-numbers holds here too.
///
/// @spec core "Vector instructions", shape `f64x2`
public final class VectorDoubles {
    private VectorDoubles() {}

    public static long f64x2Abs(long a) {
        return a & Long.MAX_VALUE;
    }

    public static long f64x2Neg(long a) {
        return a ^ Long.MIN_VALUE;
    }

    public static long f64x2Sqrt(long a) {
        return bits(Math.sqrt(value(a)));
    }

    public static long f64x2Add(long a, long b) {
        return bits(value(a) + value(b));
    }

    public static long f64x2Sub(long a, long b) {
        return bits(value(a) - value(b));
    }

    public static long f64x2Mul(long a, long b) {
        return bits(value(a) * value(b));
    }

    public static long f64x2Div(long a, long b) {
        return bits(value(a) / value(b));
    }

    /// Also the relaxed form.
    public static long f64x2Min(long a, long b) {
        double first = value(a);
        double second = value(b);
        return bits(Double.isNaN(first) || Double.isNaN(second) ? first + second : Math.min(first, second));
    }

    /// Also the relaxed form.
    public static long f64x2Max(long a, long b) {
        double first = value(a);
        double second = value(b);
        return bits(Double.isNaN(first) || Double.isNaN(second) ? first + second : Math.max(first, second));
    }

    public static long f64x2Pmin(long a, long b) {
        return value(b) < value(a) ? b : a;
    }

    public static long f64x2Pmax(long a, long b) {
        return value(a) < value(b) ? b : a;
    }

    public static long f64x2Ceil(long a) {
        return bits(ceil(value(a)));
    }

    public static long f64x2Floor(long a) {
        return bits(floor(value(a)));
    }

    public static long f64x2Trunc(long a) {
        double value = value(a);
        return bits(value < 0 ? ceil(value) : floor(value));
    }

    public static long f64x2Nearest(long a) {
        double value = value(a);
        return bits(Double.isNaN(value) ? value + value : Math.rint(value));
    }

    public static long f64x2Eq(long a, long b) {
        return value(a) == value(b) ? -1 : 0;
    }

    public static long f64x2Ne(long a, long b) {
        return value(a) != value(b) ? -1 : 0;
    }

    public static long f64x2Lt(long a, long b) {
        return value(a) < value(b) ? -1 : 0;
    }

    public static long f64x2Gt(long a, long b) {
        return value(a) > value(b) ? -1 : 0;
    }

    public static long f64x2Le(long a, long b) {
        return value(a) <= value(b) ? -1 : 0;
    }

    public static long f64x2Ge(long a, long b) {
        return value(a) >= value(b) ? -1 : 0;
    }

    /// `a * b + c`, rounded twice: the choice left open here, which is fast on every processor.
    public static long f64x2RelaxedMadd(long a, long b, long c) {
        return bits(value(a) * value(b) + value(c));
    }

    /// `-(a * b) + c`, rounded twice.
    public static long f64x2RelaxedNmadd(long a, long b, long c) {
        return bits(value(c) - value(a) * value(b));
    }

    private static double ceil(double a) {
        return Double.isNaN(a) ? a + a : Math.ceil(a);
    }

    private static double floor(double a) {
        return Double.isNaN(a) ? a + a : Math.floor(a);
    }

    private static double value(long half) {
        return Double.longBitsToDouble(half);
    }

    private static long bits(double value) {
        return Double.doubleToRawLongBits(value);
    }
}
