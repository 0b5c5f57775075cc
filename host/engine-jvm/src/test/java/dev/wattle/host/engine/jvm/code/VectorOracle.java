package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.jvm.binary.Instruction;
import java.math.BigInteger;
import java.util.List;
import java.util.function.LongBinaryOperator;

/// What vector instructions give, computed lane by lane from what the specification says, without any regard to
/// speed: the opinion that the engine's methods are compared with.
///
/// Vectors are arrays of 16 bytes. Where a float would be not-a-number by arithmetic, the result here is some
/// not-a-number: [#accepts] knows what is allowed then.
final class VectorOracle {
    private VectorOracle() {}

    /// The result of an instruction: 16 bytes for a vector, else the scalar's box.
    ///
    /// @param operands the same, the deepest first
    /// @param lane the immediate, if the instruction has one
    static Object result(Instruction instruction, List<Object> operands, int lane) {
        String[] words = instruction.text().split("\\.");
        String name = words[1];
        int width = switch (words[0]) {
            case "i8x16" -> 8;
            case "i16x8" -> 16;
            case "i32x4", "f32x4" -> 32;
            default -> 64;
        };
        if (words[0].equals("v128") || name.equals("relaxed_laneselect")) {
            return bitwise(name, operands);
        }
        if (name.contains("extract_lane") || name.equals("replace_lane") || name.equals("splat")) {
            return lanes(instruction, operands, width, lane);
        }
        if (words[0].startsWith("f") || name.contains("trunc")) {
            return VectorFloatOracle.result(name, operands, width);
        }
        if (name.endsWith("swizzle")) {
            return swizzle((byte[]) operands.get(0), (byte[]) operands.get(1));
        }
        if (name.equals("all_true") || name.equals("bitmask")) {
            return test(name, (byte[]) operands.getFirst(), width);
        }
        if (name.startsWith("sh")) {
            return shift(name, (byte[]) operands.getFirst(), (Integer) operands.get(1), width);
        }
        Object other = VectorWidthOracle.result(name, operands, width);
        return other != null ? other : integers(name, operands, width);
    }

    private static byte[] bitwise(String name, byte[] a, byte[] b, byte[] c) {
        byte[] result = new byte[16];
        for (int bit = 0; bit < 128; bit++) {
            boolean x = bit(a, bit);
            boolean y = bit(b, bit);
            boolean set = switch (name) {
                case "not" -> !x;
                case "and" -> x && y;
                case "andnot" -> x && !y;
                case "or" -> x || y;
                case "xor" -> x != y;
                case "bitselect", "relaxed_laneselect" -> bit(c, bit) ? x : y;
                default -> throw new AssertionError(name);
            };
            result[bit / 8] |= (byte) (set ? 1 << bit % 8 : 0);
        }
        return result;
    }

    private static Object bitwise(String name, List<Object> operands) {
        if (name.equals("any_true")) {
            return new BigInteger((byte[]) operands.getFirst()).signum() != 0 ? 1 : 0;
        }
        return bitwise(
                name, (byte[]) operands.getFirst(), (byte[]) operands.get(Math.min(1, operands.size() - 1)), (byte[])
                        operands.getLast());
    }

    private static boolean bit(byte[] vector, int bit) {
        return (vector[bit / 8] >> bit % 8 & 1) != 0;
    }

    private static Object lanes(Instruction instruction, List<Object> operands, int width, int lane) {
        String text = instruction.text();
        if (text.endsWith("splat")) {
            long[] lanes = new long[128 / width];
            java.util.Arrays.fill(lanes, bits(operands.getFirst()));
            return vector(lanes, width);
        }
        byte[] vector = (byte[]) operands.getFirst();
        long[] lanes = text.endsWith("_u") ? unsigned(vector, width) : signed(vector, width);
        if (text.contains("replace")) {
            lanes[lane] = bits(operands.get(1));
            return vector(lanes, width);
        }
        return switch (instruction.results().getFirst()) {
            case I32 -> (int) lanes[lane];
            case I64 -> lanes[lane];
            case F32 -> Float.intBitsToFloat((int) lanes[lane]);
            case F64 -> Double.longBitsToDouble(lanes[lane]);
            case V128 -> throw new AssertionError(text);
        };
    }

    private static byte[] swizzle(byte[] a, byte[] indices) {
        byte[] result = new byte[16];
        for (int i = 0; i < 16; i++) {
            int index = indices[i] & 0xFF;
            result[i] = index < 16 ? a[index] : 0;
        }
        return result;
    }

    private static int test(String name, byte[] a, int width) {
        long[] lanes = signed(a, width);
        int mask = 0;
        boolean all = true;
        for (int i = 0; i < lanes.length; i++) {
            all &= lanes[i] != 0;
            mask |= lanes[i] < 0 ? 1 << i : 0;
        }
        return name.equals("bitmask") ? mask : all ? 1 : 0;
    }

    private static byte[] shift(String name, byte[] a, int count, int width) {
        long[] lanes = name.endsWith("_u") ? unsigned(a, width) : signed(a, width);
        int bits = Math.floorMod(count, width);
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = switch (name) {
                case "shl" -> lanes[i] << bits;
                case "shr_s" -> lanes[i] >> bits;
                case "shr_u" -> lanes[i] >>> bits;
                default -> throw new AssertionError(name);
            };
        }
        return vector(lanes, width);
    }

    private static byte[] integers(String name, List<Object> operands, int width) {
        boolean unsigned = name.endsWith("_u");
        byte[] first = (byte[]) operands.getFirst();
        byte[] second = (byte[]) operands.getLast();
        long[] a = unsigned ? unsigned(first, width) : signed(first, width);
        long[] b = unsigned ? unsigned(second, width) : signed(second, width);
        LongBinaryOperator operator = operator(name, width);
        for (int i = 0; i < a.length; i++) {
            a[i] = operator.applyAsLong(a[i], b[i]);
        }
        return vector(a, width);
    }

    private static LongBinaryOperator operator(String name, int width) {
        return switch (name) {
            case "add" -> Long::sum;
            case "sub" -> (a, b) -> a - b;
            case "mul" -> (a, b) -> a * b;
            case "neg" -> (a, _) -> -a;
            case "abs" -> (a, _) -> a < 0 ? -a : a;
            case "popcnt" -> (a, _) -> Long.bitCount(a & 0xFF);
            case "min_s", "min_u" -> (a, b) -> a < b ? a : b;
            case "max_s", "max_u" -> (a, b) -> a > b ? a : b;
            case "avgr_u" -> (a, b) -> (a + b + 1) / 2;
            case "add_sat_s" -> (a, b) -> saturate(a + b, width, true);
            case "add_sat_u" -> (a, b) -> saturate(a + b, width, false);
            case "sub_sat_s" -> (a, b) -> saturate(a - b, width, true);
            case "sub_sat_u" -> (a, b) -> saturate(a - b, width, false);
            case "q15mulr_sat_s", "relaxed_q15mulr_s" -> (a, b) -> saturate((a * b + 0x4000) >> 15, width, true);
            case "eq" -> (a, b) -> a == b ? -1 : 0;
            case "ne" -> (a, b) -> a != b ? -1 : 0;
            case "lt_s", "lt_u" -> (a, b) -> a < b ? -1 : 0;
            case "gt_s", "gt_u" -> (a, b) -> a > b ? -1 : 0;
            case "le_s", "le_u" -> (a, b) -> a <= b ? -1 : 0;
            case "ge_s", "ge_u" -> (a, b) -> a >= b ? -1 : 0;
            default -> throw new AssertionError("no oracle for " + name);
        };
    }

    static long saturate(long value, int width, boolean signed) {
        long least = signed ? -(1L << (width - 1)) : 0;
        long greatest = signed ? (1L << (width - 1)) - 1 : (1L << width) - 1;
        return Math.clamp(value, least, greatest);
    }

    /// The lanes of a vector as signed numbers.
    static long[] signed(byte[] vector, int width) {
        long[] lanes = unsigned(vector, width);
        for (int i = 0; i < lanes.length; i++) {
            if (width < 64 && lanes[i] >= 1L << (width - 1)) {
                lanes[i] -= 1L << width;
            }
        }
        return lanes;
    }

    /// The lanes of a vector as unsigned numbers; those of 64 bits as they are.
    static long[] unsigned(byte[] vector, int width) {
        long[] lanes = new long[128 / width];
        int bytes = width / 8;
        for (int i = 0; i < 16; i++) {
            lanes[i / bytes] |= (vector[i] & 0xFFL) << (i % bytes * 8);
        }
        return lanes;
    }

    /// The vector of the lower bits of each lane.
    static byte[] vector(long[] lanes, int width) {
        byte[] vector = new byte[16];
        int bytes = width / 8;
        for (int i = 0; i < 16 && i / bytes < lanes.length; i++) {
            vector[i] = (byte) (lanes[i / bytes] >> (i % bytes * 8));
        }
        return vector;
    }

    private static long bits(Object scalar) {
        return switch (scalar) {
            case Integer value -> value;
            case Long value -> value;
            case Float value -> Float.floatToRawIntBits(value);
            case Double value -> Double.doubleToRawLongBits(value);
            default -> throw new AssertionError(scalar);
        };
    }
}
