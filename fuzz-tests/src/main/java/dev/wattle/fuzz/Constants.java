package dev.wattle.fuzz;

import dev.wattle.testkit.Gen;
import java.util.List;

/// Makes numbers that programs stumble over, more often than others.
final class Constants {
    private static final List<Integer> FLOATS = List.of(
            0,
            0x80000000,
            0x3F800000,
            0xBF800000,
            0x7F800000,
            0xFF800000,
            0x7FC00000,
            0x7FC00001,
            0xFFC00000,
            0x7FA00000,
            0xFFFFFFFF,
            1,
            0x80000001,
            0x007FFFFF,
            0x00800000,
            0x7F7FFFFF,
            0x3F000000,
            0xBF000000,
            0x3FC00000,
            0x4F000000,
            0xCF000000,
            0x4F800000,
            0x5F000000,
            0xDF000000,
            0x5F800000,
            0x4EFFFFFF,
            0xBF7FFFFF,
            0x4B000001);
    private static final int SMALL = 20;

    private Constants() {}

    static Expression of(Type type, Gen gen) {
        return switch (type) {
            case I32 -> Code.i32(anInt(gen));
            case I64 -> Code.i64(aLong(gen));
            case F32 -> Code.f32(floatBits(gen));
            case F64 -> Code.f64(doubleBits(gen));
            case V128 -> vector(gen);
            case FUNCREF, EXTERNREF, EXNREF -> Code.nullOf(type);
        };
    }

    static int anInt(Gen gen) {
        return switch (gen.intBetween(0, 4)) {
            case 0 -> gen.intBetween(-SMALL, SMALL);
            case 1 -> (1 << gen.intBetween(0, Integer.SIZE - 1)) + gen.intBetween(-1, 1);
            case 2 -> Integer.MIN_VALUE + gen.intBetween(-1, 1);
            case 3 -> gen.oneOf(FLOATS);
            default -> (int) gen.anyLong();
        };
    }

    static long aLong(Gen gen) {
        return switch (gen.intBetween(0, 5)) {
            case 0 -> gen.intBetween(-SMALL, SMALL);
            case 1 -> (1L << gen.intBetween(0, Long.SIZE - 1)) + gen.intBetween(-1, 1);
            case 2 -> Long.MIN_VALUE + gen.intBetween(-1, 1);
            case 3 -> anInt(gen);
            case 4 -> doubleBits(gen);
            default -> gen.anyLong();
        };
    }

    static int floatBits(Gen gen) {
        return switch (gen.intBetween(0, 3)) {
            case 0 -> Float.floatToRawIntBits(gen.intBetween(-SMALL, SMALL) / 2f);
            case 1 -> Float.floatToRawIntBits((float) aLongOfNoFloat(gen));
            case 2 -> gen.oneOf(FLOATS);
            default -> (int) gen.anyLong();
        };
    }

    static long doubleBits(Gen gen) {
        return switch (gen.intBetween(0, 4)) {
            case 0 -> Double.doubleToRawLongBits(gen.intBetween(-SMALL, SMALL) / 2.0);
            case 1 -> Double.doubleToRawLongBits(Float.intBitsToFloat(gen.oneOf(FLOATS)));
            case 2 -> Double.doubleToRawLongBits((double) aLongOfNoFloat(gen) + gen.intBetween(-2, 2) / 2.0);
            case 3 -> gen.oneOf(List.of(1L, 0x7FF0000000000001L, 0x7FFFFFFFFFFFFFFFL, 0x000FFFFFFFFFFFFFL, -1L));
            default -> gen.anyLong();
        };
    }

    private static long aLongOfNoFloat(Gen gen) {
        return gen.bool() ? (1L << gen.intBetween(0, Long.SIZE - 1)) + gen.intBetween(-1, 1) : gen.anyLong();
    }

    private static Expression vector(Gen gen) {
        if (gen.bool()) {
            return Code.v128(aLong(gen), aLong(gen));
        }
        return Code.v128(
                ((long) floatBits(gen) << Integer.SIZE) | (floatBits(gen) & 0xFFFFFFFFL),
                ((long) anInt(gen) << Integer.SIZE) | (floatBits(gen) & 0xFFFFFFFFL));
    }
}
