package dev.wattle.fuzz;

import java.util.List;
import java.util.stream.IntStream;

/// Gives the relaxed vector instructions operands for which the specification leaves one result: no NaNs and no
/// negative zeros, numbers in range, products that need no rounding, masks of whole lanes.
final class Relaxed {
    private Relaxed() {}

    /// The operands of `operator`, tamed where it is a relaxed one.
    static List<Expression> tame(Operator operator, List<Expression> operands) {
        if (!operator.feature().equals(java.util.Optional.of(Feature.RELAXED_SIMD))) {
            return operands;
        }
        return IntStream.range(0, operands.size())
                .mapToObj(place -> tame(operator.name(), place, operands.get(place)))
                .toList();
    }

    private static Expression tame(String name, int place, Expression operand) {
        return switch (name) {
            case "i8x16.relaxed_swizzle" -> place == 1 ? and(operand, 0x8F8F8F8F8F8F8F8FL) : operand;
            case "i32x4.relaxed_trunc_f32x4_s" -> shifted("f32x4.convert_i32x4_s", "i32x4.shr_s", operand, 1);
            case "i32x4.relaxed_trunc_f32x4_u" -> shifted("f32x4.convert_i32x4_u", "i32x4.shr_u", operand, 1);
            case "i32x4.relaxed_trunc_f64x2_s_zero" -> Code.apply("f64x2.convert_low_i32x4_s", operand);
            case "i32x4.relaxed_trunc_f64x2_u_zero" -> Code.apply("f64x2.convert_low_i32x4_u", operand);
            case "f32x4.relaxed_madd", "f32x4.relaxed_nmadd", "f32x4.relaxed_min", "f32x4.relaxed_max" ->
                shifted("f32x4.convert_i32x4_s", "i32x4.shr_s", operand, 21);
            case "f64x2.relaxed_madd", "f64x2.relaxed_nmadd", "f64x2.relaxed_min", "f64x2.relaxed_max" ->
                shifted("f64x2.convert_low_i32x4_s", "i32x4.shr_s", operand, 8);
            case "i8x16.relaxed_laneselect",
                    "i16x8.relaxed_laneselect",
                    "i32x4.relaxed_laneselect",
                    "i64x2.relaxed_laneselect" -> place == 2 ? mask(name, operand) : operand;
            case "i16x8.relaxed_q15mulr_s" -> place == 1 ? Code.apply("i16x8.shr_s", operand, Code.i32(1)) : operand;
            case "i16x8.relaxed_dot_i8x16_i7x16_s", "i32x4.relaxed_dot_i8x16_i7x16_add_s" ->
                place == 1 ? and(operand, 0x7F7F7F7F7F7F7F7FL) : operand;
            default -> throw new IllegalArgumentException("nothing is known of " + name);
        };
    }

    private static Expression and(Expression operand, long bits) {
        return Code.apply("v128.and", operand, Code.v128(bits, bits));
    }

    private static Expression shifted(String conversion, String shift, Expression operand, int bits) {
        return Code.apply(conversion, Code.apply(shift, operand, Code.i32(bits)));
    }

    /// All bits of a lane, or none: those of its sign.
    private static Expression mask(String name, Expression operand) {
        String lanes = name.substring(0, name.indexOf('.'));
        return Code.apply(lanes + ".lt_s", operand, Code.v128(0, 0));
    }
}
