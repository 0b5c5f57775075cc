package dev.wattle.host.engine.jvm.code;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import dev.wattle.host.engine.jvm.binary.Instruction;
import dev.wattle.host.engine.jvm.binary.ValueType;
import dev.wattle.host.engine.jvm.code.VectorOperation.Shape;
import dev.wattle.host.engine.jvm.code.VectorOperation.Step;
import dev.wattle.host.engine.jvm.runtime.VectorComparisons;
import dev.wattle.host.engine.jvm.runtime.VectorConversions;
import dev.wattle.host.engine.jvm.runtime.VectorDoubles;
import dev.wattle.host.engine.jvm.runtime.VectorFloats;
import dev.wattle.host.engine.jvm.runtime.VectorIntegers;
import dev.wattle.host.engine.jvm.runtime.VectorLanes;
import dev.wattle.host.engine.jvm.runtime.VectorWidths;
import java.lang.classfile.Opcode;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Which operation each vector instruction is. A method bears the instruction's name in camel case, without
/// `low` or `high` where it serves both, so that the table only says of which class and shape an instruction
/// is.
///
/// Not here: `v128.load`, `v128.store`, `v128.const`, `i8x16.shuffle` and the loads that zero, which need no
/// method.
final class VectorOperations {
    private static final String BYTES = "i8x16";
    private static final String SHORTS = "i16x8";
    private static final String INTS = "i32x4";
    private static final String LONGS = "i64x2";
    private static final String FLOATS = "f32x4";
    private static final String DOUBLES = "f64x2";
    private static final String ANY_LANES = "v128";

    private static final Map<Instruction, VectorOperation> TABLE = Collections.unmodifiableMap(new Filling().table);

    private VectorOperations() {}

    /// The operation of an instruction, or null when it is none of the table's.
    static @Nullable VectorOperation of(Instruction instruction) {
        return TABLE.get(instruction);
    }

    /// The table while it is being filled.
    private static final class Filling {
        private final Map<Instruction, VectorOperation> table = new EnumMap<>(Instruction.class);
        private final Map<String, Instruction> byText = new HashMap<>();

        Filling() {
            for (Instruction instruction : Instruction.values()) {
                byText.put(instruction.text(), instruction);
            }
            integers();
            floats();
            lanes();
            widths();
            loadsAndStores();
            relaxed();
        }

        private void integers() {
            operator(Opcode.LAND, Instruction.V128_AND);
            operator(Opcode.LOR, Instruction.V128_OR);
            operator(Opcode.LXOR, Instruction.V128_XOR);
            operator(Opcode.LADD, Instruction.I64X2_ADD);
            operator(Opcode.LSUB, Instruction.I64X2_SUB);
            operator(Opcode.LMUL, Instruction.I64X2_MUL);
            var owner = VectorIntegers.class;
            calls(Shape.HALVES, owner, List.of(ANY_LANES), "not andnot bitselect");
            calls(Shape.HALVES, owner, List.of(BYTES, SHORTS, INTS), "add sub min_s min_u max_s max_u");
            calls(Shape.HALVES, owner, List.of(BYTES, SHORTS, INTS, LONGS), "abs neg");
            calls(Shape.HALVES, owner, List.of(BYTES, SHORTS), "add_sat_s add_sat_u sub_sat_s sub_sat_u avgr_u");
            calls(Shape.HALVES, owner, List.of(SHORTS, INTS), "mul");
            calls(Shape.HALVES, owner, List.of(BYTES), "popcnt");
            calls(Shape.HALVES, owner, List.of(SHORTS), "q15mulr_sat_s");
            calls(Shape.SHIFT, owner, List.of(BYTES, SHORTS, INTS, LONGS), "shl shr_s shr_u");
            var comparisons = VectorComparisons.class;
            calls(Shape.HALVES, comparisons, List.of(BYTES, SHORTS, INTS, LONGS), "eq ne lt_s gt_s le_s ge_s");
            calls(Shape.HALVES, comparisons, List.of(BYTES, SHORTS, INTS), "lt_u gt_u le_u ge_u");
            calls(Shape.TEST, comparisons, List.of(ANY_LANES), "any_true");
            calls(Shape.TEST, comparisons, List.of(BYTES, SHORTS, INTS, LONGS), "all_true bitmask");
        }

        private void floats() {
            String unary = "abs neg sqrt ceil floor trunc nearest";
            String binary = "add sub mul div min max pmin pmax eq ne lt gt le ge";
            for (String names : List.of(unary, binary, "relaxed_madd relaxed_nmadd")) {
                calls(Shape.HALVES, VectorFloats.class, List.of(FLOATS), names);
                calls(Shape.HALVES, VectorDoubles.class, List.of(DOUBLES), names);
            }
            var owner = VectorConversions.class;
            calls(Shape.HALVES, owner, List.of(INTS), "trunc_sat_f32x4_s trunc_sat_f32x4_u");
            calls(Shape.HALVES, owner, List.of(FLOATS), "convert_i32x4_s convert_i32x4_u");
            calls(Shape.NARROW_ZERO, owner, List.of(INTS), "trunc_sat_f64x2_s_zero trunc_sat_f64x2_u_zero");
            calls(Shape.NARROW_ZERO, owner, List.of(FLOATS), "demote_f64x2_zero");
            String widening = "convert_low_i32x4_s convert_low_i32x4_u promote_low_f32x4";
            calls(Shape.WIDEN_LOW, owner, List.of(DOUBLES), widening);
        }

        private void lanes() {
            var owner = VectorLanes.class;
            var all = List.of(BYTES, SHORTS, INTS, LONGS, FLOATS, DOUBLES);
            calls(Shape.SPLAT, owner, all, "splat");
            calls(Shape.REPLACE, owner, all, "replace_lane");
            calls(Shape.EXTRACT, owner, List.of(BYTES, SHORTS), "extract_lane_s extract_lane_u");
            calls(Shape.EXTRACT, owner, List.of(INTS, LONGS, FLOATS, DOUBLES), "extract_lane");
            calls(Shape.SWIZZLE, owner, List.of(BYTES), "swizzle");
        }

        private void widths() {
            var owner = VectorWidths.class;
            calls(Shape.HALVES, owner, List.of(SHORTS), "extadd_pairwise_i8x16_s extadd_pairwise_i8x16_u");
            calls(Shape.HALVES, owner, List.of(INTS), "extadd_pairwise_i16x8_s extadd_pairwise_i16x8_u");
            calls(Shape.HALVES, owner, List.of(INTS), "dot_i16x8_s relaxed_dot_i8x16_i7x16_add_s");
            calls(Shape.HALVES, owner, List.of(SHORTS), "relaxed_dot_i8x16_i7x16_s");
            calls(Shape.NARROW, owner, List.of(BYTES), "narrow_i16x8_s narrow_i16x8_u");
            calls(Shape.NARROW, owner, List.of(SHORTS), "narrow_i32x4_s narrow_i32x4_u");
            widens(SHORTS, BYTES);
            widens(INTS, SHORTS);
            widens(LONGS, INTS);
        }

        private void widens(String wide, String narrow) {
            for (String name : List.of("extend", "extmul")) {
                for (String sign : List.of("s", "u")) {
                    String method = camelCase("%s_%s_%s_%s".formatted(wide, name, narrow, sign));
                    Instruction low = instruction("%s.%s_low_%s_%s".formatted(wide, name, narrow, sign));
                    Instruction high = instruction("%s.%s_high_%s_%s".formatted(wide, name, narrow, sign));
                    put(low, call(Shape.WIDEN_LOW, VectorWidths.class, method, low));
                    put(high, call(Shape.WIDEN_HIGH, VectorWidths.class, method, high));
                }
            }
        }

        private void loadsAndStores() {
            Instruction access = Instruction.I64_LOAD;
            accesses(Instruction.V128_LOAD8X8_S, access, Instruction.I16X8_EXTEND_LOW_I8X16_S);
            accesses(Instruction.V128_LOAD8X8_U, access, Instruction.I16X8_EXTEND_LOW_I8X16_U);
            accesses(Instruction.V128_LOAD16X4_S, access, Instruction.I32X4_EXTEND_LOW_I16X8_S);
            accesses(Instruction.V128_LOAD16X4_U, access, Instruction.I32X4_EXTEND_LOW_I16X8_U);
            accesses(Instruction.V128_LOAD32X2_S, access, Instruction.I64X2_EXTEND_LOW_I32X4_S);
            accesses(Instruction.V128_LOAD32X2_U, access, Instruction.I64X2_EXTEND_LOW_I32X4_U);
            accesses(Instruction.V128_LOAD8_SPLAT, Instruction.I32_LOAD8_U, Instruction.I8X16_SPLAT);
            accesses(Instruction.V128_LOAD16_SPLAT, Instruction.I32_LOAD16_U, Instruction.I16X8_SPLAT);
            accesses(Instruction.V128_LOAD32_SPLAT, Instruction.I32_LOAD, Instruction.I32X4_SPLAT);
            accesses(Instruction.V128_LOAD64_SPLAT, access, Instruction.I64X2_SPLAT);
            accesses(Instruction.V128_LOAD8_LANE, Instruction.I32_LOAD8_U, Instruction.I8X16_REPLACE_LANE);
            accesses(Instruction.V128_LOAD16_LANE, Instruction.I32_LOAD16_U, Instruction.I16X8_REPLACE_LANE);
            accesses(Instruction.V128_LOAD32_LANE, Instruction.I32_LOAD, Instruction.I32X4_REPLACE_LANE);
            accesses(Instruction.V128_LOAD64_LANE, access, Instruction.I64X2_REPLACE_LANE);
            accesses(Instruction.V128_STORE8_LANE, Instruction.I32_STORE8, Instruction.I8X16_EXTRACT_LANE_U);
            accesses(Instruction.V128_STORE16_LANE, Instruction.I32_STORE16, Instruction.I16X8_EXTRACT_LANE_U);
            accesses(Instruction.V128_STORE32_LANE, Instruction.I32_STORE, Instruction.I32X4_EXTRACT_LANE);
            accesses(Instruction.V128_STORE64_LANE, Instruction.I64_STORE, Instruction.I64X2_EXTRACT_LANE);
        }

        /// What may differ between processors is the same as the strict instruction here, wherever there is
        /// one.
        private void relaxed() {
            same(Instruction.I8X16_RELAXED_SWIZZLE, Instruction.I8X16_SWIZZLE);
            same(Instruction.I32X4_RELAXED_TRUNC_F32X4_S, Instruction.I32X4_TRUNC_SAT_F32X4_S);
            same(Instruction.I32X4_RELAXED_TRUNC_F32X4_U, Instruction.I32X4_TRUNC_SAT_F32X4_U);
            same(Instruction.I32X4_RELAXED_TRUNC_F64X2_S_ZERO, Instruction.I32X4_TRUNC_SAT_F64X2_S_ZERO);
            same(Instruction.I32X4_RELAXED_TRUNC_F64X2_U_ZERO, Instruction.I32X4_TRUNC_SAT_F64X2_U_ZERO);
            same(Instruction.I8X16_RELAXED_LANESELECT, Instruction.V128_BITSELECT);
            same(Instruction.I16X8_RELAXED_LANESELECT, Instruction.V128_BITSELECT);
            same(Instruction.I32X4_RELAXED_LANESELECT, Instruction.V128_BITSELECT);
            same(Instruction.I64X2_RELAXED_LANESELECT, Instruction.V128_BITSELECT);
            same(Instruction.F32X4_RELAXED_MIN, Instruction.F32X4_MIN);
            same(Instruction.F32X4_RELAXED_MAX, Instruction.F32X4_MAX);
            same(Instruction.F64X2_RELAXED_MIN, Instruction.F64X2_MIN);
            same(Instruction.F64X2_RELAXED_MAX, Instruction.F64X2_MAX);
            same(Instruction.I16X8_RELAXED_Q15MULR_S, Instruction.I16X8_Q15MULR_SAT_S);
        }

        private void operator(Opcode opcode, Instruction instruction) {
            put(instruction, new VectorOperation(Shape.HALVES, new Step.Operator(opcode), null));
        }

        private void calls(Shape shape, Class<?> owner, List<String> lanes, String names) {
            for (String lane : lanes) {
                for (String name : names.split(" ")) {
                    Instruction instruction = instruction(lane + "." + name);
                    put(instruction, call(shape, owner, camelCase(lane + "_" + name), instruction));
                }
            }
        }

        /// `instruction` is `access` and `then` together.
        private void accesses(Instruction instruction, Instruction access, Instruction then) {
            VectorOperation operation = known(then);
            Shape shape = switch (operation.shape()) {
                case WIDEN_LOW -> Shape.LOAD_WIDEN;
                case SPLAT -> Shape.LOAD_SPLAT;
                case REPLACE -> Shape.LOAD_LANE;
                case EXTRACT -> Shape.STORE_LANE;
                default -> throw new IllegalArgumentException(then + " does not go with memory");
            };
            put(instruction, new VectorOperation(shape, operation.step(), access));
        }

        private void same(Instruction relaxed, Instruction strict) {
            put(relaxed, known(strict));
        }

        private void put(Instruction instruction, VectorOperation operation) {
            if (table.put(instruction, operation) != null) {
                throw new IllegalStateException("two operations for " + instruction);
            }
        }

        private VectorOperation known(Instruction instruction) {
            return Objects.requireNonNull(table.get(instruction), instruction.text());
        }

        private Instruction instruction(String text) {
            return Objects.requireNonNull(byText.get(text), text);
        }

        private static VectorOperation call(Shape shape, Class<?> owner, String method, Instruction instruction) {
            ClassDesc descriptor = ClassDesc.of(owner.getName());
            var step = new Step.Call(descriptor, method, signature(shape, instruction));
            return new VectorOperation(shape, step, null);
        }

        /// What [Shape] says of the method's parameters and result.
        private static MethodTypeDesc signature(Shape shape, Instruction instruction) {
            List<ValueType.Number> operands = instruction.operands();
            ClassDesc last = scalar(operands.getLast());
            ClassDesc result = scalar(instruction.results().getFirst());
            return switch (shape) {
                case HALVES -> MethodTypeDesc.of(CD_long, Collections.nCopies(operands.size(), CD_long));
                case WIDEN_LOW, WIDEN_HIGH -> MethodTypeDesc.of(CD_long, Collections.nCopies(operands.size(), CD_int));
                case SHIFT -> MethodTypeDesc.of(CD_long, CD_long, CD_int);
                case SPLAT -> MethodTypeDesc.of(CD_long, last);
                case EXTRACT -> MethodTypeDesc.of(result, CD_long, CD_int);
                case REPLACE -> MethodTypeDesc.of(CD_long, CD_long, last, CD_int);
                case TEST -> MethodTypeDesc.of(CD_int, CD_long, CD_long);
                case NARROW, NARROW_ZERO -> MethodTypeDesc.of(CD_long, CD_long, CD_long);
                case SWIZZLE -> MethodTypeDesc.of(CD_long, CD_long, CD_long, CD_long);
                case LOAD_WIDEN, LOAD_SPLAT, LOAD_LANE, STORE_LANE ->
                    throw new IllegalArgumentException(instruction + " has the method of another instruction");
            };
        }

        /// The JVM's type of a scalar, or of half a vector.
        private static ClassDesc scalar(ValueType.Number type) {
            return switch (type) {
                case I32 -> CD_int;
                case I64, V128 -> CD_long;
                case F32 -> ConstantDescs.CD_float;
                case F64 -> ConstantDescs.CD_double;
            };
        }

        private static String camelCase(String text) {
            StringBuilder result = new StringBuilder(text.length());
            for (String word : text.split("_")) {
                result.append(result.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
            }
            return result.toString();
        }
    }
}
