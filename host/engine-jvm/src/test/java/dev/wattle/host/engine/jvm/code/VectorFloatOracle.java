package dev.wattle.host.engine.jvm.code;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/// The part of [VectorOracle] for floats. Lanes of 32 bits are computed as doubles and rounded once: a double has more
/// than twice the digits, so that the second rounding of `add`, `sub`, `mul`, `div` and `sqrt` changes nothing.
final class VectorFloatOracle {
    private VectorFloatOracle() {}

    static byte[] result(String name, List<Object> operands, int width) {
        byte[] a = (byte[]) operands.getFirst();
        byte[] b = (byte[]) operands.get(Math.min(1, operands.size() - 1));
        byte[] c = (byte[]) operands.getLast();
        if (name.contains("trunc_")) {
            return truncated(a, name.contains("f64x2") ? 64 : 32, !name.contains("_u"));
        }
        if (name.startsWith("convert")) {
            return converted(a, width, name.endsWith("_u"));
        }
        if (name.startsWith("promote") || name.startsWith("demote")) {
            return VectorOracle.vector(resized(floats(a, 96 - width), width), width);
        }
        if (name.equals("abs") || name.equals("neg") || name.startsWith("p")) {
            return moved(name, a, b, width);
        }
        double[] x = floats(a, width);
        double[] y = floats(b, width);
        double[] z = floats(c, width);
        long[] result = new long[x.length];
        for (int i = 0; i < x.length; i++) {
            result[i] = switch (name) {
                case "eq" -> x[i] == y[i] ? -1 : 0;
                case "ne" -> x[i] != y[i] ? -1 : 0;
                case "lt" -> x[i] < y[i] ? -1 : 0;
                case "gt" -> x[i] > y[i] ? -1 : 0;
                case "le" -> x[i] <= y[i] ? -1 : 0;
                case "ge" -> x[i] >= y[i] ? -1 : 0;
                case "relaxed_madd" -> bits(round(x[i] * y[i], width) + z[i], width);
                case "relaxed_nmadd" -> bits(-round(x[i] * y[i], width) + z[i], width);
                default -> bits(arithmetic(name, x[i], y[i]), width);
            };
        }
        return VectorOracle.vector(result, width);
    }

    private static double arithmetic(String name, double a, double b) {
        return switch (name) {
            case "add" -> a + b;
            case "sub" -> a - b;
            case "mul" -> a * b;
            case "div" -> a / b;
            case "sqrt" -> StrictMath.sqrt(a);
            case "ceil" -> -rounded(-a, false);
            case "floor" -> rounded(a, false);
            case "trunc" -> Math.copySign(rounded(Math.abs(a), false), a);
            case "nearest" -> Math.copySign(rounded(Math.abs(a), true), a);
            case "min", "relaxed_min" -> -greater(-a, -b);
            case "max", "relaxed_max" -> greater(a, b);
            default -> throw new AssertionError("no oracle for " + name);
        };
    }

    /// Rounded down, or to the nearest, which of two is the even one.
    private static double rounded(double a, boolean nearest) {
        if (Double.isNaN(a) || Double.isInfinite(a) || Math.abs(a) >= 1L << 52 || a == 0) {
            return a;
        }
        long whole = (long) a;
        long down = whole > a ? whole - 1 : whole;
        double beyond = a - down;
        boolean up = nearest && (beyond > 0.5 || (beyond == 0.5 && down % 2 != 0));
        return up ? down + 1 : down;
    }

    private static double greater(double a, double b) {
        if (Double.isNaN(a) || Double.isNaN(b)) {
            return Double.NaN;
        }
        if (a == 0 && b == 0) {
            return 1 / a > 0 ? a : b;
        }
        return a > b ? a : b;
    }

    private static byte[] moved(String name, byte[] a, byte[] b, int width) {
        double[] x = floats(a, width);
        double[] y = floats(b, width);
        long[] first = VectorOracle.unsigned(a, width);
        long[] second = VectorOracle.unsigned(b, width);
        long sign = 1L << (width - 1);
        for (int i = 0; i < x.length; i++) {
            first[i] = switch (name) {
                case "abs" -> first[i] & ~sign;
                case "neg" -> first[i] ^ sign;
                case "pmin" -> y[i] < x[i] ? second[i] : first[i];
                case "pmax" -> x[i] < y[i] ? second[i] : first[i];
                default -> throw new AssertionError(name);
            };
        }
        return VectorOracle.vector(first, width);
    }

    /// Integers of 32 bits, those that are missing 0.
    private static byte[] truncated(byte[] a, int width, boolean signed) {
        double[] values = floats(a, width);
        long[] result = new long[4];
        for (int i = 0; i < values.length; i++) {
            double value = values[i];
            double bounded = Double.isNaN(value) ? 0 : Math.clamp(value, -1e18, 1e18);
            BigInteger whole = new BigDecimal(bounded).toBigInteger();
            result[i] = VectorOracle.saturate(whole.longValueExact(), 32, signed);
        }
        return VectorOracle.vector(result, 32);
    }

    private static byte[] converted(byte[] a, int width, boolean unsigned) {
        long[] integers = unsigned ? VectorOracle.unsigned(a, 32) : VectorOracle.signed(a, 32);
        long[] result = new long[128 / width];
        for (int i = 0; i < result.length; i++) {
            BigInteger value = BigInteger.valueOf(integers[i]);
            result[i] = width == 32
                    ? Float.floatToRawIntBits(value.floatValue())
                    : Double.doubleToRawLongBits(value.doubleValue());
        }
        return VectorOracle.vector(result, width);
    }

    private static long[] resized(double[] values, int width) {
        long[] result = new long[Math.min(values.length, 128 / width)];
        for (int i = 0; i < result.length; i++) {
            result[i] = bits(values[i], width);
        }
        return result;
    }

    /// The lanes as doubles, which is exact but for the payload of not-a-number.
    static double[] floats(byte[] vector, int width) {
        long[] lanes = VectorOracle.signed(vector, width);
        double[] result = new double[lanes.length];
        for (int i = 0; i < lanes.length; i++) {
            result[i] = width == 32 ? Float.intBitsToFloat((int) lanes[i]) : Double.longBitsToDouble(lanes[i]);
        }
        return result;
    }

    private static double round(double value, int width) {
        return width == 32 ? (float) value : value;
    }

    private static long bits(double value, int width) {
        return width == 32 ? Float.floatToRawIntBits((float) value) : Double.doubleToRawLongBits(value);
    }
}
