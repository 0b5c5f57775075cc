package dev.wattle.host.engine.jvm.code;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The part of [VectorOracle] for instructions between integer lanes of different widths.
final class VectorWidthOracle {
    private VectorWidthOracle() {}

    /// The result, or null when the instruction is none of these.
    static byte @Nullable [] result(String name, List<Object> operands, int width) {
        byte[] a = (byte[]) operands.getFirst();
        byte[] b = (byte[]) operands.get(Math.min(1, operands.size() - 1));
        if (name.startsWith("narrow")) {
            return narrow(a, b, width, !name.endsWith("_u"));
        }
        if (name.startsWith("extend")) {
            return VectorOracle.vector(half(a, width, name), width);
        }
        if (name.startsWith("extmul")) {
            return VectorOracle.vector(product(half(a, width, name), half(b, width, name)), width);
        }
        if (name.startsWith("extadd")) {
            return VectorOracle.vector(pairs(lanes(a, width / 2, name)), width);
        }
        return switch (name) {
            case "dot_i16x8_s" -> dot(a, b, 16);
            case "relaxed_dot_i8x16_i7x16_s" -> dot(a, b, 8);
            case "relaxed_dot_i8x16_i7x16_add_s" -> dotAdd(a, b, (byte[]) operands.getLast());
            default -> null;
        };
    }

    private static byte[] narrow(byte[] a, byte[] b, int width, boolean signed) {
        long[] first = VectorOracle.signed(a, width * 2);
        long[] second = VectorOracle.signed(b, width * 2);
        long[] result = new long[first.length * 2];
        for (int i = 0; i < first.length; i++) {
            result[i] = VectorOracle.saturate(first[i], width, signed);
            result[i + first.length] = VectorOracle.saturate(second[i], width, signed);
        }
        return VectorOracle.vector(result, width);
    }

    private static byte[] dot(byte[] a, byte[] b, int width) {
        long[] products = product(VectorOracle.signed(a, width), VectorOracle.signed(b, width));
        return VectorOracle.vector(pairs(products), width * 2);
    }

    private static byte[] dotAdd(byte[] a, byte[] b, byte[] c) {
        long[] dots = pairs(VectorOracle.signed(dot(a, b, 8), 16));
        long[] sums = VectorOracle.signed(c, 32);
        for (int i = 0; i < sums.length; i++) {
            sums[i] += dots[i];
        }
        return VectorOracle.vector(sums, 32);
    }

    private static long[] half(byte[] a, int width, String name) {
        long[] all = lanes(a, width / 2, name);
        long[] half = new long[all.length / 2];
        System.arraycopy(all, name.contains("_high_") ? half.length : 0, half, 0, half.length);
        return half;
    }

    private static long[] lanes(byte[] a, int width, String name) {
        return name.endsWith("_u") ? VectorOracle.unsigned(a, width) : VectorOracle.signed(a, width);
    }

    private static long[] product(long[] a, long[] b) {
        long[] products = new long[a.length];
        for (int i = 0; i < a.length; i++) {
            products[i] = a[i] * b[i];
        }
        return products;
    }

    private static long[] pairs(long[] lanes) {
        long[] sums = new long[lanes.length / 2];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = lanes[2 * i] + lanes[2 * i + 1];
        }
        return sums;
    }
}
