package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.jvm.binary.Instruction;
import dev.wattle.host.engine.jvm.binary.ValueType;
import dev.wattle.testkit.Gen;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Operands that are likely to find mistakes in vector instructions, and what their results may be.
final class VectorValues {
    private static final long[] FLOATS = {
        0,
        0x80000000L,
        0x3F800000L, // 1
        0xBF800000L,
        0x3F000000L, // 0.5
        0xBF000000L,
        0x3FC00000L, // 1.5
        0x40200000L, // 2.5
        0xC0200000L,
        0x7F7FFFFFL, // the greatest
        0x00000001L, // the least
        0x80000001L,
        0x007FFFFFL,
        0x4AFFFFFFL, // 8388607.5
        0x4B000001L,
        0x4EFFFFFFL,
        0x4F000000L, // 2^31
        0xCF000000L,
        0xCF000001L,
        0x4F7FFFFFL,
        0x4F800000L, // 2^32
        0x7F800000L, // infinity
        0xFF800000L,
        0x7FC00000L, // canonical
        0xFFC00000L,
        0x7FA00000L, // signalling
        0x7F800001L,
        0xFFD12345L
    };
    private static final long[] DOUBLES = {
        0,
        Long.MIN_VALUE,
        0x3FF0000000000000L,
        0xBFE0000000000000L, // -0.5
        0x3FF8000000000000L, // 1.5
        0x4004000000000000L, // 2.5
        0xC00C000000000000L, // -3.5
        0x7FEFFFFFFFFFFFFFL,
        1,
        0x800FFFFFFFFFFFFFL,
        0x432FFFFFFFFFFFFFL, // 2^52 - 0.5
        0x4330000000000001L,
        0x41DFFFFFFFFFFFFFL,
        0x41E0000000000000L, // 2^31
        0xC1E0000000100000L,
        0xC1E0000000200000L, // -2^31 - 1
        0x41EFFFFFFFE00000L, // 2^32 - 1
        0x41F0000000000000L, // 2^32
        0x47EFFFFFF0000000L, // rounds to more than the greatest float
        0x36A0000000000000L, // half the least float
        0x7FF0000000000000L,
        0xFFF0000000000000L,
        0x7FF8000000000000L,
        0xFFF8000000000000L,
        0x7FF4000000000000L, // signalling
        0x7FF0000000000001L,
        0xFFFA123456789ABCL
    };

    private VectorValues() {}

    /// Operands for an instruction.
    static List<Object> operands(Gen gen, Instruction instruction) {
        List<Object> values = new ArrayList<>();
        for (ValueType.Number type : instruction.operands()) {
            values.add(
                    switch (type) {
                        case I32 -> (int) lane(gen, 32);
                        case I64 -> lane(gen, 64);
                        case F32 -> Float.intBitsToFloat((int) FLOATS[gen.intBetween(0, FLOATS.length - 1)]);
                        case F64 -> Double.longBitsToDouble(DOUBLES[gen.intBetween(0, DOUBLES.length - 1)]);
                        case V128 -> vector(gen);
                    });
        }
        if (values.size() > 1 && values.getFirst() instanceof byte[] first && gen.intBetween(0, 7) == 0) {
            // Equal lanes are rare otherwise.
            values.set(values.size() - 1, values.getLast() instanceof byte[] ? first.clone() : values.getLast());
        }
        return values;
    }

    /// A vector: of random bits, or of lanes of some width, of which many are special.
    static byte[] vector(Gen gen) {
        int kind = gen.intBetween(0, 6);
        int width = List.of(64, 8, 16, 32, 64, 32, 64).get(kind);
        long[] lanes = new long[128 / width];
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = switch (kind) {
                case 0 -> gen.anyLong();
                case 5 -> floating(gen, FLOATS, Float.floatToRawIntBits(number(gen)));
                case 6 -> floating(gen, DOUBLES, Double.doubleToRawLongBits(number(gen)));
                default -> lane(gen, width);
            };
        }
        return VectorOracle.vector(lanes, width);
    }

    private static long floating(Gen gen, long[] special, long other) {
        return gen.intBetween(0, 2) == 0 ? other : special[gen.intBetween(0, special.length - 1)];
    }

    private static float number(Gen gen) {
        return gen.intBetween(-40, 40) / 4f;
    }

    private static long lane(Gen gen, int width) {
        long top = 1L << (width - 1);
        return switch (gen.intBetween(0, 9)) {
            case 0 -> 0;
            case 1 -> -1;
            case 2 -> top;
            case 3 -> top - 1;
            case 4 -> gen.intBetween(-3, 40);
            case 5 -> top + gen.intBetween(-3, 3);
            case 6 -> 1L << gen.intBetween(0, width - 1);
            case 7 -> (1L << (width / 2)) + gen.intBetween(-2, 2);
            default -> gen.anyLong();
        };
    }

    /// Whether an instruction may give `actual` where the oracle says `expected`: not-a-number stands for any that
    /// arithmetic may give of these operands.
    static boolean accepts(Instruction instruction, List<Object> operands, Object expected, Object actual) {
        if (!(expected instanceof byte[] wanted)) {
            return bits(expected) == bits(actual);
        }
        byte[] given = (byte[]) actual;
        int width = arithmeticWidth(instruction.text());
        if (width == 0) {
            return Arrays.equals(wanted, given);
        }
        long quiet = width == 32 ? 0x7FC00000L : 0x7FF8000000000000L;
        boolean canonical = operands.stream().allMatch(operand -> canonical((byte[]) operand));
        double[] values = VectorFloatOracle.floats(wanted, width);
        long[] wantedLanes = VectorOracle.unsigned(wanted, width);
        long[] givenLanes = VectorOracle.unsigned(given, width);
        boolean same = true;
        for (int i = 0; i < values.length; i++) {
            long magnitude = givenLanes[i] & ~(1L << (width - 1));
            same &= !Double.isNaN(values[i])
                    ? wantedLanes[i] == givenLanes[i]
                    : canonical ? magnitude == quiet : (magnitude & quiet) == quiet;
        }
        return same;
    }

    /// The width of the floats that an instruction computes, 0 when it only moves bits.
    private static int arithmeticWidth(String text) {
        boolean moves = text.matches("f.*\\.(abs|neg|pmin|pmax|eq|ne|lt|gt|le|ge|splat|replace_lane)");
        return !text.startsWith("f") || moves ? 0 : text.startsWith("f32") ? 32 : 64;
    }

    /// Whether every not-a-number in it, read as either width, is canonical.
    private static boolean canonical(byte[] vector) {
        for (long lane : VectorOracle.unsigned(vector, 32)) {
            if (Float.isNaN(Float.intBitsToFloat((int) lane)) && (lane & 0x7FFFFFFFL) != 0x7FC00000L) {
                return false;
            }
        }
        for (long lane : VectorOracle.unsigned(vector, 64)) {
            if (Double.isNaN(Double.longBitsToDouble(lane)) && (lane & Long.MAX_VALUE) != 0x7FF8000000000000L) {
                return false;
            }
        }
        return true;
    }

    private static long bits(Object scalar) {
        return switch (scalar) {
            case Float value -> Float.floatToRawIntBits(value);
            case Double value -> Double.doubleToRawLongBits(value);
            default -> ((Number) scalar).longValue();
        };
    }

    /// A value as people read it.
    static String text(Object value) {
        return value instanceof byte[] vector
                ? "%016x_%016x".formatted(VectorOracle.unsigned(vector, 64)[1], VectorOracle.unsigned(vector, 64)[0])
                : value + " (" + Long.toHexString(bits(value)) + ")";
    }
}
