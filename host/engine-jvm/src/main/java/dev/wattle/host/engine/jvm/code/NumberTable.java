package dev.wattle.host.engine.jvm.code;

import static java.lang.classfile.Opcode.*;
import static java.lang.constant.ConstantDescs.CD_Integer;
import static java.lang.constant.ConstantDescs.CD_Long;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import dev.wattle.host.engine.jvm.binary.Instruction;
import java.lang.classfile.Opcode;
import java.lang.constant.ClassDesc;
import java.util.Locale;

/// What numeric instructions are in the JVM.
///
/// `idiv` and `ldiv` do not trap when the least number is divided by -1, and Java's conversions to integers
/// saturate: those are methods of `runtime.Numeric`. Comparisons of floats: `fcmpg` gives 1 for a NaN, `fcmpl`
/// -1, so that neither `<` nor `>` holds, nor do their inverses go wrong.
final class NumberTable {
    private static final ClassDesc CD_MATH = ClassDesc.of("java.lang.Math");
    private static final ClassDesc INTEGER = CD_Integer;
    private static final ClassDesc LONG = CD_Long;

    /// How a row is entered.
    @FunctionalInterface
    interface Plain {
        void add(Instruction instruction, Object... steps);
    }

    /// How a comparison is entered.
    @FunctionalInterface
    interface Comparisons {
        void add(Instruction instruction, Opcode holds, Object... steps);
    }

    private NumberTable() {}

    static void fill(Plain plain, Comparisons comparison) {
        integers(plain);
        integerMethods(plain);
        floats(plain);
        conversions(plain);
        methods(plain);
        compareIntegers(comparison);
        compareFloats(comparison);
    }

    private static void integers(Plain plain) {
        plain.add(Instruction.I32_ADD, IADD);
        plain.add(Instruction.I32_SUB, ISUB);
        plain.add(Instruction.I32_MUL, IMUL);
        plain.add(Instruction.I32_REM_S, IREM);
        plain.add(Instruction.I32_AND, IAND);
        plain.add(Instruction.I32_OR, IOR);
        plain.add(Instruction.I32_XOR, IXOR);
        plain.add(Instruction.I32_SHL, ISHL);
        plain.add(Instruction.I32_SHR_S, ISHR);
        plain.add(Instruction.I32_SHR_U, IUSHR);
        plain.add(Instruction.I64_ADD, LADD);
        plain.add(Instruction.I64_SUB, LSUB);
        plain.add(Instruction.I64_MUL, LMUL);
        plain.add(Instruction.I64_REM_S, LREM);
        plain.add(Instruction.I64_AND, LAND);
        plain.add(Instruction.I64_OR, LOR);
        plain.add(Instruction.I64_XOR, LXOR);
        plain.add(Instruction.I64_SHL, L2I, LSHL);
        plain.add(Instruction.I64_SHR_S, L2I, LSHR);
        plain.add(Instruction.I64_SHR_U, L2I, LUSHR);
        plain.add(Instruction.I32_EXTEND8_S, I2B);
        plain.add(Instruction.I32_EXTEND16_S, I2S);
        plain.add(Instruction.I64_EXTEND8_S, L2I, I2B, I2L);
        plain.add(Instruction.I64_EXTEND16_S, L2I, I2S, I2L);
        plain.add(Instruction.I64_EXTEND32_S, L2I, I2L);
        plain.add(Instruction.I32_WRAP_I64, L2I);
        plain.add(Instruction.I64_EXTEND_I32_S, I2L);
        plain.add(Instruction.I64_EXTEND_I32_U, I2L, 0xFFFF_FFFFL, LAND);
    }

    private static void integerMethods(Plain plain) {
        plain.add(Instruction.I32_CLZ, jdk(INTEGER, "numberOfLeadingZeros", CD_int, CD_int));
        plain.add(Instruction.I32_CTZ, jdk(INTEGER, "numberOfTrailingZeros", CD_int, CD_int));
        plain.add(Instruction.I32_POPCNT, jdk(INTEGER, "bitCount", CD_int, CD_int));
        plain.add(Instruction.I64_CLZ, jdk(LONG, "numberOfLeadingZeros", CD_int, CD_long), I2L);
        plain.add(Instruction.I64_CTZ, jdk(LONG, "numberOfTrailingZeros", CD_int, CD_long), I2L);
        plain.add(Instruction.I64_POPCNT, jdk(LONG, "bitCount", CD_int, CD_long), I2L);
        plain.add(Instruction.I32_ROTL, jdk(INTEGER, "rotateLeft", CD_int, CD_int, CD_int));
        plain.add(Instruction.I32_ROTR, jdk(INTEGER, "rotateRight", CD_int, CD_int, CD_int));
        plain.add(Instruction.I64_ROTL, L2I, jdk(LONG, "rotateLeft", CD_long, CD_long, CD_int));
        plain.add(Instruction.I64_ROTR, L2I, jdk(LONG, "rotateRight", CD_long, CD_long, CD_int));
        plain.add(Instruction.I32_DIV_U, jdk(INTEGER, "divideUnsigned", CD_int, CD_int, CD_int));
        plain.add(Instruction.I32_REM_U, jdk(INTEGER, "remainderUnsigned", CD_int, CD_int, CD_int));
        plain.add(Instruction.I64_DIV_U, jdk(LONG, "divideUnsigned", CD_long, CD_long, CD_long));
        plain.add(Instruction.I64_REM_U, jdk(LONG, "remainderUnsigned", CD_long, CD_long, CD_long));
    }

    private static Member jdk(ClassDesc owner, String name, ClassDesc result, ClassDesc... parameters) {
        return NumberTranslator.method(owner, name, result, parameters);
    }

    private static void floats(Plain plain) {
        plain.add(Instruction.F32_ADD, FADD);
        plain.add(Instruction.F32_SUB, FSUB);
        plain.add(Instruction.F32_MUL, FMUL);
        plain.add(Instruction.F32_DIV, FDIV);
        plain.add(Instruction.F64_ADD, DADD);
        plain.add(Instruction.F64_SUB, DSUB);
        plain.add(Instruction.F64_MUL, DMUL);
        plain.add(Instruction.F64_DIV, DDIV);
        plain.add(Instruction.F64_SQRT, NumberTranslator.method(CD_MATH, "sqrt", Instruction.F64_SQRT));
    }

    private static void conversions(Plain plain) {
        plain.add(Instruction.I32_TRUNC_SAT_F32_S, F2I);
        plain.add(Instruction.I32_TRUNC_SAT_F64_S, D2I);
        plain.add(Instruction.I64_TRUNC_SAT_F32_S, F2L);
        plain.add(Instruction.I64_TRUNC_SAT_F64_S, D2L);
        plain.add(Instruction.F32_CONVERT_I32_S, I2F);
        plain.add(Instruction.F32_CONVERT_I64_S, L2F);
        plain.add(Instruction.F64_CONVERT_I32_S, I2D);
        plain.add(Instruction.F64_CONVERT_I64_S, L2D);
        plain.add(Instruction.F32_CONVERT_I32_U, I2L, 0xFFFF_FFFFL, LAND, L2F);
        plain.add(Instruction.F64_CONVERT_I32_U, I2L, 0xFFFF_FFFFL, LAND, L2D);
        plain.add(Instruction.F32_DEMOTE_F64, D2F);
        plain.add(Instruction.F64_PROMOTE_F32, F2D);
        plain.add(Instruction.I32_REINTERPRET_F32, Runtime.FLOAT_BITS);
        plain.add(Instruction.F32_REINTERPRET_I32, Runtime.BITS_FLOAT);
        plain.add(Instruction.I64_REINTERPRET_F64, Runtime.DOUBLE_BITS);
        plain.add(Instruction.F64_REINTERPRET_I64, Runtime.BITS_DOUBLE);
    }

    /// Methods of `runtime.Numeric` have the instruction's name.
    private static void methods(Plain plain) {
        Instruction[] all = {
            Instruction.I32_DIV_S,
            Instruction.I64_DIV_S,
            Instruction.I32_TRUNC_F32_S,
            Instruction.I32_TRUNC_F32_U,
            Instruction.I32_TRUNC_F64_S,
            Instruction.I32_TRUNC_F64_U,
            Instruction.I64_TRUNC_F32_S,
            Instruction.I64_TRUNC_F32_U,
            Instruction.I64_TRUNC_F64_S,
            Instruction.I64_TRUNC_F64_U,
            Instruction.I32_TRUNC_SAT_F32_U,
            Instruction.I32_TRUNC_SAT_F64_U,
            Instruction.I64_TRUNC_SAT_F32_U,
            Instruction.I64_TRUNC_SAT_F64_U,
            Instruction.F32_CONVERT_I64_U,
            Instruction.F64_CONVERT_I64_U,
            Instruction.F32_ABS,
            Instruction.F64_ABS,
            Instruction.F32_NEG,
            Instruction.F64_NEG,
            Instruction.F32_CEIL,
            Instruction.F64_CEIL,
            Instruction.F32_FLOOR,
            Instruction.F64_FLOOR,
            Instruction.F32_TRUNC,
            Instruction.F64_TRUNC,
            Instruction.F32_NEAREST,
            Instruction.F64_NEAREST,
            Instruction.F32_SQRT,
            Instruction.F32_MIN,
            Instruction.F64_MIN,
            Instruction.F32_MAX,
            Instruction.F64_MAX,
            Instruction.F32_COPYSIGN,
            Instruction.F64_COPYSIGN
        };
        for (Instruction instruction : all) {
            plain.add(instruction, NumberTranslator.method(Runtime.NUMERIC, methodName(instruction), instruction));
        }
    }

    /// `I32_TRUNC_F32_S` is `i32TruncF32S`.
    private static String methodName(Instruction instruction) {
        var name = new StringBuilder();
        for (String word : instruction.name().toLowerCase(Locale.ROOT).split("_", -1)) {
            name.append(name.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return name.toString();
    }

    private static void compareIntegers(Comparisons comparison) {
        comparison.add(Instruction.I32_EQZ, IFEQ);
        comparison.add(Instruction.I32_EQ, IF_ICMPEQ);
        comparison.add(Instruction.I32_NE, IF_ICMPNE);
        comparison.add(Instruction.I32_LT_S, IF_ICMPLT);
        comparison.add(Instruction.I32_GT_S, IF_ICMPGT);
        comparison.add(Instruction.I32_LE_S, IF_ICMPLE);
        comparison.add(Instruction.I32_GE_S, IF_ICMPGE);
        Member ints = jdk(INTEGER, "compareUnsigned", CD_int, CD_int, CD_int);
        comparison.add(Instruction.I32_LT_U, IFLT, ints);
        comparison.add(Instruction.I32_GT_U, IFGT, ints);
        comparison.add(Instruction.I32_LE_U, IFLE, ints);
        comparison.add(Instruction.I32_GE_U, IFGE, ints);
        comparison.add(Instruction.I64_EQZ, IFEQ, 0L, LCMP);
        comparison.add(Instruction.I64_EQ, IFEQ, LCMP);
        comparison.add(Instruction.I64_NE, IFNE, LCMP);
        comparison.add(Instruction.I64_LT_S, IFLT, LCMP);
        comparison.add(Instruction.I64_GT_S, IFGT, LCMP);
        comparison.add(Instruction.I64_LE_S, IFLE, LCMP);
        comparison.add(Instruction.I64_GE_S, IFGE, LCMP);
        Member longs = jdk(LONG, "compareUnsigned", CD_int, CD_long, CD_long);
        comparison.add(Instruction.I64_LT_U, IFLT, longs);
        comparison.add(Instruction.I64_GT_U, IFGT, longs);
        comparison.add(Instruction.I64_LE_U, IFLE, longs);
        comparison.add(Instruction.I64_GE_U, IFGE, longs);
    }

    private static void compareFloats(Comparisons comparison) {
        comparison.add(Instruction.F32_EQ, IFEQ, FCMPL);
        comparison.add(Instruction.F32_NE, IFNE, FCMPL);
        comparison.add(Instruction.F32_LT, IFLT, FCMPG);
        comparison.add(Instruction.F32_LE, IFLE, FCMPG);
        comparison.add(Instruction.F32_GT, IFGT, FCMPL);
        comparison.add(Instruction.F32_GE, IFGE, FCMPL);
        comparison.add(Instruction.F64_EQ, IFEQ, DCMPL);
        comparison.add(Instruction.F64_NE, IFNE, DCMPL);
        comparison.add(Instruction.F64_LT, IFLT, DCMPG);
        comparison.add(Instruction.F64_LE, IFLE, DCMPG);
        comparison.add(Instruction.F64_GT, IFGT, DCMPL);
        comparison.add(Instruction.F64_GE, IFGE, DCMPL);
    }
}
