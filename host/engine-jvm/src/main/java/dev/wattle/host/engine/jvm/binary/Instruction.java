package dev.wattle.host.engine.jvm.binary;

import dev.wattle.host.engine.jvm.binary.ValueType.Number;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Every instruction that the engine knows: opcode, name, what follows it, and, where its operands do not depend on
/// the module, their types; so that validator and code generator are driven by this table.
///
/// @spec core binary format, `instr`; index of instructions
public enum Instruction {
    // control
    UNREACHABLE(0x00, "unreachable"),
    NOP(0x01, "nop", "_"),
    BLOCK(0x02, "block", Immediate.BLOCK_TYPE),
    LOOP(0x03, "loop", Immediate.BLOCK_TYPE),
    IF(0x04, "if", Immediate.BLOCK_TYPE),
    ELSE(0x05, "else"),
    THROW(0x08, "throw", Immediate.TAG),
    THROW_REF(0x0A, "throw_ref"),
    END(0x0B, "end"),
    BR(0x0C, "br", Immediate.LABEL),
    BR_IF(0x0D, "br_if", Immediate.LABEL),
    BR_TABLE(0x0E, "br_table", Immediate.LABELS),
    RETURN(0x0F, "return"),
    CALL(0x10, "call", Immediate.FUNCTION),
    CALL_INDIRECT(0x11, "call_indirect", Immediate.TYPE_TABLE),
    RETURN_CALL(0x12, "return_call", Immediate.FUNCTION),
    RETURN_CALL_INDIRECT(0x13, "return_call_indirect", Immediate.TYPE_TABLE),
    CALL_REF(0x14, "call_ref", Immediate.TYPE),
    RETURN_CALL_REF(0x15, "return_call_ref", Immediate.TYPE),
    TRY_TABLE(0x1F, "try_table", Immediate.CATCHES),

    // operands
    DROP(0x1A, "drop"),
    SELECT(0x1B, "select"),
    SELECT_T(0x1C, "select", Immediate.TYPES),

    // locals, globals and tables
    LOCAL_GET(0x20, "local.get", Immediate.LOCAL),
    LOCAL_SET(0x21, "local.set", Immediate.LOCAL),
    LOCAL_TEE(0x22, "local.tee", Immediate.LOCAL),
    GLOBAL_GET(0x23, "global.get", Immediate.GLOBAL),
    GLOBAL_SET(0x24, "global.set", Immediate.GLOBAL),
    TABLE_GET(0x25, "table.get", Immediate.TABLE),
    TABLE_SET(0x26, "table.set", Immediate.TABLE),

    // memory
    I32_LOAD(0x28, "i32.load", Immediate.MEMORY_ARGUMENT, "i_i", 4),
    I64_LOAD(0x29, "i64.load", Immediate.MEMORY_ARGUMENT, "i_j", 8),
    F32_LOAD(0x2A, "f32.load", Immediate.MEMORY_ARGUMENT, "i_f", 4),
    F64_LOAD(0x2B, "f64.load", Immediate.MEMORY_ARGUMENT, "i_d", 8),
    I32_LOAD8_S(0x2C, "i32.load8_s", Immediate.MEMORY_ARGUMENT, "i_i", 1),
    I32_LOAD8_U(0x2D, "i32.load8_u", Immediate.MEMORY_ARGUMENT, "i_i", 1),
    I32_LOAD16_S(0x2E, "i32.load16_s", Immediate.MEMORY_ARGUMENT, "i_i", 2),
    I32_LOAD16_U(0x2F, "i32.load16_u", Immediate.MEMORY_ARGUMENT, "i_i", 2),
    I64_LOAD8_S(0x30, "i64.load8_s", Immediate.MEMORY_ARGUMENT, "i_j", 1),
    I64_LOAD8_U(0x31, "i64.load8_u", Immediate.MEMORY_ARGUMENT, "i_j", 1),
    I64_LOAD16_S(0x32, "i64.load16_s", Immediate.MEMORY_ARGUMENT, "i_j", 2),
    I64_LOAD16_U(0x33, "i64.load16_u", Immediate.MEMORY_ARGUMENT, "i_j", 2),
    I64_LOAD32_S(0x34, "i64.load32_s", Immediate.MEMORY_ARGUMENT, "i_j", 4),
    I64_LOAD32_U(0x35, "i64.load32_u", Immediate.MEMORY_ARGUMENT, "i_j", 4),
    I32_STORE(0x36, "i32.store", Immediate.MEMORY_ARGUMENT, "ii_", 4),
    I64_STORE(0x37, "i64.store", Immediate.MEMORY_ARGUMENT, "ij_", 8),
    F32_STORE(0x38, "f32.store", Immediate.MEMORY_ARGUMENT, "if_", 4),
    F64_STORE(0x39, "f64.store", Immediate.MEMORY_ARGUMENT, "id_", 8),
    I32_STORE8(0x3A, "i32.store8", Immediate.MEMORY_ARGUMENT, "ii_", 1),
    I32_STORE16(0x3B, "i32.store16", Immediate.MEMORY_ARGUMENT, "ii_", 2),
    I64_STORE8(0x3C, "i64.store8", Immediate.MEMORY_ARGUMENT, "ij_", 1),
    I64_STORE16(0x3D, "i64.store16", Immediate.MEMORY_ARGUMENT, "ij_", 2),
    I64_STORE32(0x3E, "i64.store32", Immediate.MEMORY_ARGUMENT, "ij_", 4),
    MEMORY_SIZE(0x3F, "memory.size", Immediate.MEMORY, "_i"),
    MEMORY_GROW(0x40, "memory.grow", Immediate.MEMORY, "i_i"),

    // constants
    I32_CONST(0x41, "i32.const", Immediate.I32, "_i"),
    I64_CONST(0x42, "i64.const", Immediate.I64, "_j"),
    F32_CONST(0x43, "f32.const", Immediate.F32, "_f"),
    F64_CONST(0x44, "f64.const", Immediate.F64, "_d"),

    // numbers
    I32_EQZ(0x45, "i32.eqz", "i_i"),
    I32_EQ(0x46, "i32.eq", "ii_i"),
    I32_NE(0x47, "i32.ne", "ii_i"),
    I32_LT_S(0x48, "i32.lt_s", "ii_i"),
    I32_LT_U(0x49, "i32.lt_u", "ii_i"),
    I32_GT_S(0x4A, "i32.gt_s", "ii_i"),
    I32_GT_U(0x4B, "i32.gt_u", "ii_i"),
    I32_LE_S(0x4C, "i32.le_s", "ii_i"),
    I32_LE_U(0x4D, "i32.le_u", "ii_i"),
    I32_GE_S(0x4E, "i32.ge_s", "ii_i"),
    I32_GE_U(0x4F, "i32.ge_u", "ii_i"),
    I64_EQZ(0x50, "i64.eqz", "j_i"),
    I64_EQ(0x51, "i64.eq", "jj_i"),
    I64_NE(0x52, "i64.ne", "jj_i"),
    I64_LT_S(0x53, "i64.lt_s", "jj_i"),
    I64_LT_U(0x54, "i64.lt_u", "jj_i"),
    I64_GT_S(0x55, "i64.gt_s", "jj_i"),
    I64_GT_U(0x56, "i64.gt_u", "jj_i"),
    I64_LE_S(0x57, "i64.le_s", "jj_i"),
    I64_LE_U(0x58, "i64.le_u", "jj_i"),
    I64_GE_S(0x59, "i64.ge_s", "jj_i"),
    I64_GE_U(0x5A, "i64.ge_u", "jj_i"),
    F32_EQ(0x5B, "f32.eq", "ff_i"),
    F32_NE(0x5C, "f32.ne", "ff_i"),
    F32_LT(0x5D, "f32.lt", "ff_i"),
    F32_GT(0x5E, "f32.gt", "ff_i"),
    F32_LE(0x5F, "f32.le", "ff_i"),
    F32_GE(0x60, "f32.ge", "ff_i"),
    F64_EQ(0x61, "f64.eq", "dd_i"),
    F64_NE(0x62, "f64.ne", "dd_i"),
    F64_LT(0x63, "f64.lt", "dd_i"),
    F64_GT(0x64, "f64.gt", "dd_i"),
    F64_LE(0x65, "f64.le", "dd_i"),
    F64_GE(0x66, "f64.ge", "dd_i"),
    I32_CLZ(0x67, "i32.clz", "i_i"),
    I32_CTZ(0x68, "i32.ctz", "i_i"),
    I32_POPCNT(0x69, "i32.popcnt", "i_i"),
    I32_ADD(0x6A, "i32.add", "ii_i"),
    I32_SUB(0x6B, "i32.sub", "ii_i"),
    I32_MUL(0x6C, "i32.mul", "ii_i"),
    I32_DIV_S(0x6D, "i32.div_s", "ii_i"),
    I32_DIV_U(0x6E, "i32.div_u", "ii_i"),
    I32_REM_S(0x6F, "i32.rem_s", "ii_i"),
    I32_REM_U(0x70, "i32.rem_u", "ii_i"),
    I32_AND(0x71, "i32.and", "ii_i"),
    I32_OR(0x72, "i32.or", "ii_i"),
    I32_XOR(0x73, "i32.xor", "ii_i"),
    I32_SHL(0x74, "i32.shl", "ii_i"),
    I32_SHR_S(0x75, "i32.shr_s", "ii_i"),
    I32_SHR_U(0x76, "i32.shr_u", "ii_i"),
    I32_ROTL(0x77, "i32.rotl", "ii_i"),
    I32_ROTR(0x78, "i32.rotr", "ii_i"),
    I64_CLZ(0x79, "i64.clz", "j_j"),
    I64_CTZ(0x7A, "i64.ctz", "j_j"),
    I64_POPCNT(0x7B, "i64.popcnt", "j_j"),
    I64_ADD(0x7C, "i64.add", "jj_j"),
    I64_SUB(0x7D, "i64.sub", "jj_j"),
    I64_MUL(0x7E, "i64.mul", "jj_j"),
    I64_DIV_S(0x7F, "i64.div_s", "jj_j"),
    I64_DIV_U(0x80, "i64.div_u", "jj_j"),
    I64_REM_S(0x81, "i64.rem_s", "jj_j"),
    I64_REM_U(0x82, "i64.rem_u", "jj_j"),
    I64_AND(0x83, "i64.and", "jj_j"),
    I64_OR(0x84, "i64.or", "jj_j"),
    I64_XOR(0x85, "i64.xor", "jj_j"),
    I64_SHL(0x86, "i64.shl", "jj_j"),
    I64_SHR_S(0x87, "i64.shr_s", "jj_j"),
    I64_SHR_U(0x88, "i64.shr_u", "jj_j"),
    I64_ROTL(0x89, "i64.rotl", "jj_j"),
    I64_ROTR(0x8A, "i64.rotr", "jj_j"),
    F32_ABS(0x8B, "f32.abs", "f_f"),
    F32_NEG(0x8C, "f32.neg", "f_f"),
    F32_CEIL(0x8D, "f32.ceil", "f_f"),
    F32_FLOOR(0x8E, "f32.floor", "f_f"),
    F32_TRUNC(0x8F, "f32.trunc", "f_f"),
    F32_NEAREST(0x90, "f32.nearest", "f_f"),
    F32_SQRT(0x91, "f32.sqrt", "f_f"),
    F32_ADD(0x92, "f32.add", "ff_f"),
    F32_SUB(0x93, "f32.sub", "ff_f"),
    F32_MUL(0x94, "f32.mul", "ff_f"),
    F32_DIV(0x95, "f32.div", "ff_f"),
    F32_MIN(0x96, "f32.min", "ff_f"),
    F32_MAX(0x97, "f32.max", "ff_f"),
    F32_COPYSIGN(0x98, "f32.copysign", "ff_f"),
    F64_ABS(0x99, "f64.abs", "d_d"),
    F64_NEG(0x9A, "f64.neg", "d_d"),
    F64_CEIL(0x9B, "f64.ceil", "d_d"),
    F64_FLOOR(0x9C, "f64.floor", "d_d"),
    F64_TRUNC(0x9D, "f64.trunc", "d_d"),
    F64_NEAREST(0x9E, "f64.nearest", "d_d"),
    F64_SQRT(0x9F, "f64.sqrt", "d_d"),
    F64_ADD(0xA0, "f64.add", "dd_d"),
    F64_SUB(0xA1, "f64.sub", "dd_d"),
    F64_MUL(0xA2, "f64.mul", "dd_d"),
    F64_DIV(0xA3, "f64.div", "dd_d"),
    F64_MIN(0xA4, "f64.min", "dd_d"),
    F64_MAX(0xA5, "f64.max", "dd_d"),
    F64_COPYSIGN(0xA6, "f64.copysign", "dd_d"),

    // conversions
    I32_WRAP_I64(0xA7, "i32.wrap_i64", "j_i"),
    I32_TRUNC_F32_S(0xA8, "i32.trunc_f32_s", "f_i"),
    I32_TRUNC_F32_U(0xA9, "i32.trunc_f32_u", "f_i"),
    I32_TRUNC_F64_S(0xAA, "i32.trunc_f64_s", "d_i"),
    I32_TRUNC_F64_U(0xAB, "i32.trunc_f64_u", "d_i"),
    I64_EXTEND_I32_S(0xAC, "i64.extend_i32_s", "i_j"),
    I64_EXTEND_I32_U(0xAD, "i64.extend_i32_u", "i_j"),
    I64_TRUNC_F32_S(0xAE, "i64.trunc_f32_s", "f_j"),
    I64_TRUNC_F32_U(0xAF, "i64.trunc_f32_u", "f_j"),
    I64_TRUNC_F64_S(0xB0, "i64.trunc_f64_s", "d_j"),
    I64_TRUNC_F64_U(0xB1, "i64.trunc_f64_u", "d_j"),
    F32_CONVERT_I32_S(0xB2, "f32.convert_i32_s", "i_f"),
    F32_CONVERT_I32_U(0xB3, "f32.convert_i32_u", "i_f"),
    F32_CONVERT_I64_S(0xB4, "f32.convert_i64_s", "j_f"),
    F32_CONVERT_I64_U(0xB5, "f32.convert_i64_u", "j_f"),
    F32_DEMOTE_F64(0xB6, "f32.demote_f64", "d_f"),
    F64_CONVERT_I32_S(0xB7, "f64.convert_i32_s", "i_d"),
    F64_CONVERT_I32_U(0xB8, "f64.convert_i32_u", "i_d"),
    F64_CONVERT_I64_S(0xB9, "f64.convert_i64_s", "j_d"),
    F64_CONVERT_I64_U(0xBA, "f64.convert_i64_u", "j_d"),
    F64_PROMOTE_F32(0xBB, "f64.promote_f32", "f_d"),
    I32_REINTERPRET_F32(0xBC, "i32.reinterpret_f32", "f_i"),
    I64_REINTERPRET_F64(0xBD, "i64.reinterpret_f64", "d_j"),
    F32_REINTERPRET_I32(0xBE, "f32.reinterpret_i32", "i_f"),
    F64_REINTERPRET_I64(0xBF, "f64.reinterpret_i64", "j_d"),
    I32_EXTEND8_S(0xC0, "i32.extend8_s", "i_i"),
    I32_EXTEND16_S(0xC1, "i32.extend16_s", "i_i"),
    I64_EXTEND8_S(0xC2, "i64.extend8_s", "j_j"),
    I64_EXTEND16_S(0xC3, "i64.extend16_s", "j_j"),
    I64_EXTEND32_S(0xC4, "i64.extend32_s", "j_j"),

    // references
    REF_NULL(0xD0, "ref.null", Immediate.HEAP_TYPE),
    REF_IS_NULL(0xD1, "ref.is_null"),
    REF_FUNC(0xD2, "ref.func", Immediate.FUNCTION),
    REF_AS_NON_NULL(0xD4, "ref.as_non_null"),
    BR_ON_NULL(0xD5, "br_on_null", Immediate.LABEL),
    BR_ON_NON_NULL(0xD6, "br_on_non_null", Immediate.LABEL),

    // prefix FC: saturating conversions and bulk operations
    I32_TRUNC_SAT_F32_S(0xFC_000, "i32.trunc_sat_f32_s", "f_i"),
    I32_TRUNC_SAT_F32_U(0xFC_001, "i32.trunc_sat_f32_u", "f_i"),
    I32_TRUNC_SAT_F64_S(0xFC_002, "i32.trunc_sat_f64_s", "d_i"),
    I32_TRUNC_SAT_F64_U(0xFC_003, "i32.trunc_sat_f64_u", "d_i"),
    I64_TRUNC_SAT_F32_S(0xFC_004, "i64.trunc_sat_f32_s", "f_j"),
    I64_TRUNC_SAT_F32_U(0xFC_005, "i64.trunc_sat_f32_u", "f_j"),
    I64_TRUNC_SAT_F64_S(0xFC_006, "i64.trunc_sat_f64_s", "d_j"),
    I64_TRUNC_SAT_F64_U(0xFC_007, "i64.trunc_sat_f64_u", "d_j"),
    MEMORY_INIT(0xFC_008, "memory.init", Immediate.DATA_MEMORY, "iii_"),
    DATA_DROP(0xFC_009, "data.drop", Immediate.DATA, "_"),
    MEMORY_COPY(0xFC_00A, "memory.copy", Immediate.MEMORY_MEMORY, "iii_"),
    MEMORY_FILL(0xFC_00B, "memory.fill", Immediate.MEMORY, "iii_"),
    TABLE_INIT(0xFC_00C, "table.init", Immediate.ELEMENTS_TABLE, "iii_"),
    ELEM_DROP(0xFC_00D, "elem.drop", Immediate.ELEMENTS, "_"),
    TABLE_COPY(0xFC_00E, "table.copy", Immediate.TABLE_TABLE, "iii_"),
    TABLE_GROW(0xFC_00F, "table.grow", Immediate.TABLE),
    TABLE_SIZE(0xFC_010, "table.size", Immediate.TABLE, "_i"),
    TABLE_FILL(0xFC_011, "table.fill", Immediate.TABLE),

    // prefix FD: vectors
    V128_LOAD(0xFD_000, "v128.load", Immediate.MEMORY_ARGUMENT, "i_v", 16),
    V128_LOAD8X8_S(0xFD_001, "v128.load8x8_s", Immediate.MEMORY_ARGUMENT, "i_v", 8),
    V128_LOAD8X8_U(0xFD_002, "v128.load8x8_u", Immediate.MEMORY_ARGUMENT, "i_v", 8),
    V128_LOAD16X4_S(0xFD_003, "v128.load16x4_s", Immediate.MEMORY_ARGUMENT, "i_v", 8),
    V128_LOAD16X4_U(0xFD_004, "v128.load16x4_u", Immediate.MEMORY_ARGUMENT, "i_v", 8),
    V128_LOAD32X2_S(0xFD_005, "v128.load32x2_s", Immediate.MEMORY_ARGUMENT, "i_v", 8),
    V128_LOAD32X2_U(0xFD_006, "v128.load32x2_u", Immediate.MEMORY_ARGUMENT, "i_v", 8),
    V128_LOAD8_SPLAT(0xFD_007, "v128.load8_splat", Immediate.MEMORY_ARGUMENT, "i_v", 1),
    V128_LOAD16_SPLAT(0xFD_008, "v128.load16_splat", Immediate.MEMORY_ARGUMENT, "i_v", 2),
    V128_LOAD32_SPLAT(0xFD_009, "v128.load32_splat", Immediate.MEMORY_ARGUMENT, "i_v", 4),
    V128_LOAD64_SPLAT(0xFD_00A, "v128.load64_splat", Immediate.MEMORY_ARGUMENT, "i_v", 8),
    V128_STORE(0xFD_00B, "v128.store", Immediate.MEMORY_ARGUMENT, "iv_", 16),
    V128_CONST(0xFD_00C, "v128.const", Immediate.V128, "_v"),
    I8X16_SHUFFLE(0xFD_00D, "i8x16.shuffle", Immediate.SHUFFLE, "vv_v", 32),
    I8X16_SWIZZLE(0xFD_00E, "i8x16.swizzle", "vv_v"),
    I8X16_SPLAT(0xFD_00F, "i8x16.splat", "i_v"),
    I16X8_SPLAT(0xFD_010, "i16x8.splat", "i_v"),
    I32X4_SPLAT(0xFD_011, "i32x4.splat", "i_v"),
    I64X2_SPLAT(0xFD_012, "i64x2.splat", "j_v"),
    F32X4_SPLAT(0xFD_013, "f32x4.splat", "f_v"),
    F64X2_SPLAT(0xFD_014, "f64x2.splat", "d_v"),
    I8X16_EXTRACT_LANE_S(0xFD_015, "i8x16.extract_lane_s", Immediate.LANE, "v_i", 16),
    I8X16_EXTRACT_LANE_U(0xFD_016, "i8x16.extract_lane_u", Immediate.LANE, "v_i", 16),
    I8X16_REPLACE_LANE(0xFD_017, "i8x16.replace_lane", Immediate.LANE, "vi_v", 16),
    I16X8_EXTRACT_LANE_S(0xFD_018, "i16x8.extract_lane_s", Immediate.LANE, "v_i", 8),
    I16X8_EXTRACT_LANE_U(0xFD_019, "i16x8.extract_lane_u", Immediate.LANE, "v_i", 8),
    I16X8_REPLACE_LANE(0xFD_01A, "i16x8.replace_lane", Immediate.LANE, "vi_v", 8),
    I32X4_EXTRACT_LANE(0xFD_01B, "i32x4.extract_lane", Immediate.LANE, "v_i", 4),
    I32X4_REPLACE_LANE(0xFD_01C, "i32x4.replace_lane", Immediate.LANE, "vi_v", 4),
    I64X2_EXTRACT_LANE(0xFD_01D, "i64x2.extract_lane", Immediate.LANE, "v_j", 2),
    I64X2_REPLACE_LANE(0xFD_01E, "i64x2.replace_lane", Immediate.LANE, "vj_v", 2),
    F32X4_EXTRACT_LANE(0xFD_01F, "f32x4.extract_lane", Immediate.LANE, "v_f", 4),
    F32X4_REPLACE_LANE(0xFD_020, "f32x4.replace_lane", Immediate.LANE, "vf_v", 4),
    F64X2_EXTRACT_LANE(0xFD_021, "f64x2.extract_lane", Immediate.LANE, "v_d", 2),
    F64X2_REPLACE_LANE(0xFD_022, "f64x2.replace_lane", Immediate.LANE, "vd_v", 2),
    I8X16_EQ(0xFD_023, "i8x16.eq", "vv_v"),
    I8X16_NE(0xFD_024, "i8x16.ne", "vv_v"),
    I8X16_LT_S(0xFD_025, "i8x16.lt_s", "vv_v"),
    I8X16_LT_U(0xFD_026, "i8x16.lt_u", "vv_v"),
    I8X16_GT_S(0xFD_027, "i8x16.gt_s", "vv_v"),
    I8X16_GT_U(0xFD_028, "i8x16.gt_u", "vv_v"),
    I8X16_LE_S(0xFD_029, "i8x16.le_s", "vv_v"),
    I8X16_LE_U(0xFD_02A, "i8x16.le_u", "vv_v"),
    I8X16_GE_S(0xFD_02B, "i8x16.ge_s", "vv_v"),
    I8X16_GE_U(0xFD_02C, "i8x16.ge_u", "vv_v"),
    I16X8_EQ(0xFD_02D, "i16x8.eq", "vv_v"),
    I16X8_NE(0xFD_02E, "i16x8.ne", "vv_v"),
    I16X8_LT_S(0xFD_02F, "i16x8.lt_s", "vv_v"),
    I16X8_LT_U(0xFD_030, "i16x8.lt_u", "vv_v"),
    I16X8_GT_S(0xFD_031, "i16x8.gt_s", "vv_v"),
    I16X8_GT_U(0xFD_032, "i16x8.gt_u", "vv_v"),
    I16X8_LE_S(0xFD_033, "i16x8.le_s", "vv_v"),
    I16X8_LE_U(0xFD_034, "i16x8.le_u", "vv_v"),
    I16X8_GE_S(0xFD_035, "i16x8.ge_s", "vv_v"),
    I16X8_GE_U(0xFD_036, "i16x8.ge_u", "vv_v"),
    I32X4_EQ(0xFD_037, "i32x4.eq", "vv_v"),
    I32X4_NE(0xFD_038, "i32x4.ne", "vv_v"),
    I32X4_LT_S(0xFD_039, "i32x4.lt_s", "vv_v"),
    I32X4_LT_U(0xFD_03A, "i32x4.lt_u", "vv_v"),
    I32X4_GT_S(0xFD_03B, "i32x4.gt_s", "vv_v"),
    I32X4_GT_U(0xFD_03C, "i32x4.gt_u", "vv_v"),
    I32X4_LE_S(0xFD_03D, "i32x4.le_s", "vv_v"),
    I32X4_LE_U(0xFD_03E, "i32x4.le_u", "vv_v"),
    I32X4_GE_S(0xFD_03F, "i32x4.ge_s", "vv_v"),
    I32X4_GE_U(0xFD_040, "i32x4.ge_u", "vv_v"),
    F32X4_EQ(0xFD_041, "f32x4.eq", "vv_v"),
    F32X4_NE(0xFD_042, "f32x4.ne", "vv_v"),
    F32X4_LT(0xFD_043, "f32x4.lt", "vv_v"),
    F32X4_GT(0xFD_044, "f32x4.gt", "vv_v"),
    F32X4_LE(0xFD_045, "f32x4.le", "vv_v"),
    F32X4_GE(0xFD_046, "f32x4.ge", "vv_v"),
    F64X2_EQ(0xFD_047, "f64x2.eq", "vv_v"),
    F64X2_NE(0xFD_048, "f64x2.ne", "vv_v"),
    F64X2_LT(0xFD_049, "f64x2.lt", "vv_v"),
    F64X2_GT(0xFD_04A, "f64x2.gt", "vv_v"),
    F64X2_LE(0xFD_04B, "f64x2.le", "vv_v"),
    F64X2_GE(0xFD_04C, "f64x2.ge", "vv_v"),
    V128_NOT(0xFD_04D, "v128.not", "v_v"),
    V128_AND(0xFD_04E, "v128.and", "vv_v"),
    V128_ANDNOT(0xFD_04F, "v128.andnot", "vv_v"),
    V128_OR(0xFD_050, "v128.or", "vv_v"),
    V128_XOR(0xFD_051, "v128.xor", "vv_v"),
    V128_BITSELECT(0xFD_052, "v128.bitselect", "vvv_v"),
    V128_ANY_TRUE(0xFD_053, "v128.any_true", "v_i"),
    V128_LOAD8_LANE(0xFD_054, "v128.load8_lane", Immediate.MEMORY_LANE, "iv_v", 1),
    V128_LOAD16_LANE(0xFD_055, "v128.load16_lane", Immediate.MEMORY_LANE, "iv_v", 2),
    V128_LOAD32_LANE(0xFD_056, "v128.load32_lane", Immediate.MEMORY_LANE, "iv_v", 4),
    V128_LOAD64_LANE(0xFD_057, "v128.load64_lane", Immediate.MEMORY_LANE, "iv_v", 8),
    V128_STORE8_LANE(0xFD_058, "v128.store8_lane", Immediate.MEMORY_LANE, "iv_", 1),
    V128_STORE16_LANE(0xFD_059, "v128.store16_lane", Immediate.MEMORY_LANE, "iv_", 2),
    V128_STORE32_LANE(0xFD_05A, "v128.store32_lane", Immediate.MEMORY_LANE, "iv_", 4),
    V128_STORE64_LANE(0xFD_05B, "v128.store64_lane", Immediate.MEMORY_LANE, "iv_", 8),
    V128_LOAD32_ZERO(0xFD_05C, "v128.load32_zero", Immediate.MEMORY_ARGUMENT, "i_v", 4),
    V128_LOAD64_ZERO(0xFD_05D, "v128.load64_zero", Immediate.MEMORY_ARGUMENT, "i_v", 8),
    F32X4_DEMOTE_F64X2_ZERO(0xFD_05E, "f32x4.demote_f64x2_zero", "v_v"),
    F64X2_PROMOTE_LOW_F32X4(0xFD_05F, "f64x2.promote_low_f32x4", "v_v"),
    I8X16_ABS(0xFD_060, "i8x16.abs", "v_v"),
    I8X16_NEG(0xFD_061, "i8x16.neg", "v_v"),
    I8X16_POPCNT(0xFD_062, "i8x16.popcnt", "v_v"),
    I8X16_ALL_TRUE(0xFD_063, "i8x16.all_true", "v_i"),
    I8X16_BITMASK(0xFD_064, "i8x16.bitmask", "v_i"),
    I8X16_NARROW_I16X8_S(0xFD_065, "i8x16.narrow_i16x8_s", "vv_v"),
    I8X16_NARROW_I16X8_U(0xFD_066, "i8x16.narrow_i16x8_u", "vv_v"),
    F32X4_CEIL(0xFD_067, "f32x4.ceil", "v_v"),
    F32X4_FLOOR(0xFD_068, "f32x4.floor", "v_v"),
    F32X4_TRUNC(0xFD_069, "f32x4.trunc", "v_v"),
    F32X4_NEAREST(0xFD_06A, "f32x4.nearest", "v_v"),
    I8X16_SHL(0xFD_06B, "i8x16.shl", "vi_v"),
    I8X16_SHR_S(0xFD_06C, "i8x16.shr_s", "vi_v"),
    I8X16_SHR_U(0xFD_06D, "i8x16.shr_u", "vi_v"),
    I8X16_ADD(0xFD_06E, "i8x16.add", "vv_v"),
    I8X16_ADD_SAT_S(0xFD_06F, "i8x16.add_sat_s", "vv_v"),
    I8X16_ADD_SAT_U(0xFD_070, "i8x16.add_sat_u", "vv_v"),
    I8X16_SUB(0xFD_071, "i8x16.sub", "vv_v"),
    I8X16_SUB_SAT_S(0xFD_072, "i8x16.sub_sat_s", "vv_v"),
    I8X16_SUB_SAT_U(0xFD_073, "i8x16.sub_sat_u", "vv_v"),
    F64X2_CEIL(0xFD_074, "f64x2.ceil", "v_v"),
    F64X2_FLOOR(0xFD_075, "f64x2.floor", "v_v"),
    I8X16_MIN_S(0xFD_076, "i8x16.min_s", "vv_v"),
    I8X16_MIN_U(0xFD_077, "i8x16.min_u", "vv_v"),
    I8X16_MAX_S(0xFD_078, "i8x16.max_s", "vv_v"),
    I8X16_MAX_U(0xFD_079, "i8x16.max_u", "vv_v"),
    F64X2_TRUNC(0xFD_07A, "f64x2.trunc", "v_v"),
    I8X16_AVGR_U(0xFD_07B, "i8x16.avgr_u", "vv_v"),
    I16X8_EXTADD_PAIRWISE_I8X16_S(0xFD_07C, "i16x8.extadd_pairwise_i8x16_s", "v_v"),
    I16X8_EXTADD_PAIRWISE_I8X16_U(0xFD_07D, "i16x8.extadd_pairwise_i8x16_u", "v_v"),
    I32X4_EXTADD_PAIRWISE_I16X8_S(0xFD_07E, "i32x4.extadd_pairwise_i16x8_s", "v_v"),
    I32X4_EXTADD_PAIRWISE_I16X8_U(0xFD_07F, "i32x4.extadd_pairwise_i16x8_u", "v_v"),
    I16X8_ABS(0xFD_080, "i16x8.abs", "v_v"),
    I16X8_NEG(0xFD_081, "i16x8.neg", "v_v"),
    I16X8_Q15MULR_SAT_S(0xFD_082, "i16x8.q15mulr_sat_s", "vv_v"),
    I16X8_ALL_TRUE(0xFD_083, "i16x8.all_true", "v_i"),
    I16X8_BITMASK(0xFD_084, "i16x8.bitmask", "v_i"),
    I16X8_NARROW_I32X4_S(0xFD_085, "i16x8.narrow_i32x4_s", "vv_v"),
    I16X8_NARROW_I32X4_U(0xFD_086, "i16x8.narrow_i32x4_u", "vv_v"),
    I16X8_EXTEND_LOW_I8X16_S(0xFD_087, "i16x8.extend_low_i8x16_s", "v_v"),
    I16X8_EXTEND_HIGH_I8X16_S(0xFD_088, "i16x8.extend_high_i8x16_s", "v_v"),
    I16X8_EXTEND_LOW_I8X16_U(0xFD_089, "i16x8.extend_low_i8x16_u", "v_v"),
    I16X8_EXTEND_HIGH_I8X16_U(0xFD_08A, "i16x8.extend_high_i8x16_u", "v_v"),
    I16X8_SHL(0xFD_08B, "i16x8.shl", "vi_v"),
    I16X8_SHR_S(0xFD_08C, "i16x8.shr_s", "vi_v"),
    I16X8_SHR_U(0xFD_08D, "i16x8.shr_u", "vi_v"),
    I16X8_ADD(0xFD_08E, "i16x8.add", "vv_v"),
    I16X8_ADD_SAT_S(0xFD_08F, "i16x8.add_sat_s", "vv_v"),
    I16X8_ADD_SAT_U(0xFD_090, "i16x8.add_sat_u", "vv_v"),
    I16X8_SUB(0xFD_091, "i16x8.sub", "vv_v"),
    I16X8_SUB_SAT_S(0xFD_092, "i16x8.sub_sat_s", "vv_v"),
    I16X8_SUB_SAT_U(0xFD_093, "i16x8.sub_sat_u", "vv_v"),
    F64X2_NEAREST(0xFD_094, "f64x2.nearest", "v_v"),
    I16X8_MUL(0xFD_095, "i16x8.mul", "vv_v"),
    I16X8_MIN_S(0xFD_096, "i16x8.min_s", "vv_v"),
    I16X8_MIN_U(0xFD_097, "i16x8.min_u", "vv_v"),
    I16X8_MAX_S(0xFD_098, "i16x8.max_s", "vv_v"),
    I16X8_MAX_U(0xFD_099, "i16x8.max_u", "vv_v"),
    I16X8_AVGR_U(0xFD_09B, "i16x8.avgr_u", "vv_v"),
    I16X8_EXTMUL_LOW_I8X16_S(0xFD_09C, "i16x8.extmul_low_i8x16_s", "vv_v"),
    I16X8_EXTMUL_HIGH_I8X16_S(0xFD_09D, "i16x8.extmul_high_i8x16_s", "vv_v"),
    I16X8_EXTMUL_LOW_I8X16_U(0xFD_09E, "i16x8.extmul_low_i8x16_u", "vv_v"),
    I16X8_EXTMUL_HIGH_I8X16_U(0xFD_09F, "i16x8.extmul_high_i8x16_u", "vv_v"),
    I32X4_ABS(0xFD_0A0, "i32x4.abs", "v_v"),
    I32X4_NEG(0xFD_0A1, "i32x4.neg", "v_v"),
    I32X4_ALL_TRUE(0xFD_0A3, "i32x4.all_true", "v_i"),
    I32X4_BITMASK(0xFD_0A4, "i32x4.bitmask", "v_i"),
    I32X4_EXTEND_LOW_I16X8_S(0xFD_0A7, "i32x4.extend_low_i16x8_s", "v_v"),
    I32X4_EXTEND_HIGH_I16X8_S(0xFD_0A8, "i32x4.extend_high_i16x8_s", "v_v"),
    I32X4_EXTEND_LOW_I16X8_U(0xFD_0A9, "i32x4.extend_low_i16x8_u", "v_v"),
    I32X4_EXTEND_HIGH_I16X8_U(0xFD_0AA, "i32x4.extend_high_i16x8_u", "v_v"),
    I32X4_SHL(0xFD_0AB, "i32x4.shl", "vi_v"),
    I32X4_SHR_S(0xFD_0AC, "i32x4.shr_s", "vi_v"),
    I32X4_SHR_U(0xFD_0AD, "i32x4.shr_u", "vi_v"),
    I32X4_ADD(0xFD_0AE, "i32x4.add", "vv_v"),
    I32X4_SUB(0xFD_0B1, "i32x4.sub", "vv_v"),
    I32X4_MUL(0xFD_0B5, "i32x4.mul", "vv_v"),
    I32X4_MIN_S(0xFD_0B6, "i32x4.min_s", "vv_v"),
    I32X4_MIN_U(0xFD_0B7, "i32x4.min_u", "vv_v"),
    I32X4_MAX_S(0xFD_0B8, "i32x4.max_s", "vv_v"),
    I32X4_MAX_U(0xFD_0B9, "i32x4.max_u", "vv_v"),
    I32X4_DOT_I16X8_S(0xFD_0BA, "i32x4.dot_i16x8_s", "vv_v"),
    I32X4_EXTMUL_LOW_I16X8_S(0xFD_0BC, "i32x4.extmul_low_i16x8_s", "vv_v"),
    I32X4_EXTMUL_HIGH_I16X8_S(0xFD_0BD, "i32x4.extmul_high_i16x8_s", "vv_v"),
    I32X4_EXTMUL_LOW_I16X8_U(0xFD_0BE, "i32x4.extmul_low_i16x8_u", "vv_v"),
    I32X4_EXTMUL_HIGH_I16X8_U(0xFD_0BF, "i32x4.extmul_high_i16x8_u", "vv_v"),
    I64X2_ABS(0xFD_0C0, "i64x2.abs", "v_v"),
    I64X2_NEG(0xFD_0C1, "i64x2.neg", "v_v"),
    I64X2_ALL_TRUE(0xFD_0C3, "i64x2.all_true", "v_i"),
    I64X2_BITMASK(0xFD_0C4, "i64x2.bitmask", "v_i"),
    I64X2_EXTEND_LOW_I32X4_S(0xFD_0C7, "i64x2.extend_low_i32x4_s", "v_v"),
    I64X2_EXTEND_HIGH_I32X4_S(0xFD_0C8, "i64x2.extend_high_i32x4_s", "v_v"),
    I64X2_EXTEND_LOW_I32X4_U(0xFD_0C9, "i64x2.extend_low_i32x4_u", "v_v"),
    I64X2_EXTEND_HIGH_I32X4_U(0xFD_0CA, "i64x2.extend_high_i32x4_u", "v_v"),
    I64X2_SHL(0xFD_0CB, "i64x2.shl", "vi_v"),
    I64X2_SHR_S(0xFD_0CC, "i64x2.shr_s", "vi_v"),
    I64X2_SHR_U(0xFD_0CD, "i64x2.shr_u", "vi_v"),
    I64X2_ADD(0xFD_0CE, "i64x2.add", "vv_v"),
    I64X2_SUB(0xFD_0D1, "i64x2.sub", "vv_v"),
    I64X2_MUL(0xFD_0D5, "i64x2.mul", "vv_v"),
    I64X2_EQ(0xFD_0D6, "i64x2.eq", "vv_v"),
    I64X2_NE(0xFD_0D7, "i64x2.ne", "vv_v"),
    I64X2_LT_S(0xFD_0D8, "i64x2.lt_s", "vv_v"),
    I64X2_GT_S(0xFD_0D9, "i64x2.gt_s", "vv_v"),
    I64X2_LE_S(0xFD_0DA, "i64x2.le_s", "vv_v"),
    I64X2_GE_S(0xFD_0DB, "i64x2.ge_s", "vv_v"),
    I64X2_EXTMUL_LOW_I32X4_S(0xFD_0DC, "i64x2.extmul_low_i32x4_s", "vv_v"),
    I64X2_EXTMUL_HIGH_I32X4_S(0xFD_0DD, "i64x2.extmul_high_i32x4_s", "vv_v"),
    I64X2_EXTMUL_LOW_I32X4_U(0xFD_0DE, "i64x2.extmul_low_i32x4_u", "vv_v"),
    I64X2_EXTMUL_HIGH_I32X4_U(0xFD_0DF, "i64x2.extmul_high_i32x4_u", "vv_v"),
    F32X4_ABS(0xFD_0E0, "f32x4.abs", "v_v"),
    F32X4_NEG(0xFD_0E1, "f32x4.neg", "v_v"),
    F32X4_SQRT(0xFD_0E3, "f32x4.sqrt", "v_v"),
    F32X4_ADD(0xFD_0E4, "f32x4.add", "vv_v"),
    F32X4_SUB(0xFD_0E5, "f32x4.sub", "vv_v"),
    F32X4_MUL(0xFD_0E6, "f32x4.mul", "vv_v"),
    F32X4_DIV(0xFD_0E7, "f32x4.div", "vv_v"),
    F32X4_MIN(0xFD_0E8, "f32x4.min", "vv_v"),
    F32X4_MAX(0xFD_0E9, "f32x4.max", "vv_v"),
    F32X4_PMIN(0xFD_0EA, "f32x4.pmin", "vv_v"),
    F32X4_PMAX(0xFD_0EB, "f32x4.pmax", "vv_v"),
    F64X2_ABS(0xFD_0EC, "f64x2.abs", "v_v"),
    F64X2_NEG(0xFD_0ED, "f64x2.neg", "v_v"),
    F64X2_SQRT(0xFD_0EF, "f64x2.sqrt", "v_v"),
    F64X2_ADD(0xFD_0F0, "f64x2.add", "vv_v"),
    F64X2_SUB(0xFD_0F1, "f64x2.sub", "vv_v"),
    F64X2_MUL(0xFD_0F2, "f64x2.mul", "vv_v"),
    F64X2_DIV(0xFD_0F3, "f64x2.div", "vv_v"),
    F64X2_MIN(0xFD_0F4, "f64x2.min", "vv_v"),
    F64X2_MAX(0xFD_0F5, "f64x2.max", "vv_v"),
    F64X2_PMIN(0xFD_0F6, "f64x2.pmin", "vv_v"),
    F64X2_PMAX(0xFD_0F7, "f64x2.pmax", "vv_v"),
    I32X4_TRUNC_SAT_F32X4_S(0xFD_0F8, "i32x4.trunc_sat_f32x4_s", "v_v"),
    I32X4_TRUNC_SAT_F32X4_U(0xFD_0F9, "i32x4.trunc_sat_f32x4_u", "v_v"),
    F32X4_CONVERT_I32X4_S(0xFD_0FA, "f32x4.convert_i32x4_s", "v_v"),
    F32X4_CONVERT_I32X4_U(0xFD_0FB, "f32x4.convert_i32x4_u", "v_v"),
    I32X4_TRUNC_SAT_F64X2_S_ZERO(0xFD_0FC, "i32x4.trunc_sat_f64x2_s_zero", "v_v"),
    I32X4_TRUNC_SAT_F64X2_U_ZERO(0xFD_0FD, "i32x4.trunc_sat_f64x2_u_zero", "v_v"),
    F64X2_CONVERT_LOW_I32X4_S(0xFD_0FE, "f64x2.convert_low_i32x4_s", "v_v"),
    F64X2_CONVERT_LOW_I32X4_U(0xFD_0FF, "f64x2.convert_low_i32x4_u", "v_v"),

    // prefix FD: relaxed vectors
    I8X16_RELAXED_SWIZZLE(0xFD_100, "i8x16.relaxed_swizzle", "vv_v"),
    I32X4_RELAXED_TRUNC_F32X4_S(0xFD_101, "i32x4.relaxed_trunc_f32x4_s", "v_v"),
    I32X4_RELAXED_TRUNC_F32X4_U(0xFD_102, "i32x4.relaxed_trunc_f32x4_u", "v_v"),
    I32X4_RELAXED_TRUNC_F64X2_S_ZERO(0xFD_103, "i32x4.relaxed_trunc_f64x2_s_zero", "v_v"),
    I32X4_RELAXED_TRUNC_F64X2_U_ZERO(0xFD_104, "i32x4.relaxed_trunc_f64x2_u_zero", "v_v"),
    F32X4_RELAXED_MADD(0xFD_105, "f32x4.relaxed_madd", "vvv_v"),
    F32X4_RELAXED_NMADD(0xFD_106, "f32x4.relaxed_nmadd", "vvv_v"),
    F64X2_RELAXED_MADD(0xFD_107, "f64x2.relaxed_madd", "vvv_v"),
    F64X2_RELAXED_NMADD(0xFD_108, "f64x2.relaxed_nmadd", "vvv_v"),
    I8X16_RELAXED_LANESELECT(0xFD_109, "i8x16.relaxed_laneselect", "vvv_v"),
    I16X8_RELAXED_LANESELECT(0xFD_10A, "i16x8.relaxed_laneselect", "vvv_v"),
    I32X4_RELAXED_LANESELECT(0xFD_10B, "i32x4.relaxed_laneselect", "vvv_v"),
    I64X2_RELAXED_LANESELECT(0xFD_10C, "i64x2.relaxed_laneselect", "vvv_v"),
    F32X4_RELAXED_MIN(0xFD_10D, "f32x4.relaxed_min", "vv_v"),
    F32X4_RELAXED_MAX(0xFD_10E, "f32x4.relaxed_max", "vv_v"),
    F64X2_RELAXED_MIN(0xFD_10F, "f64x2.relaxed_min", "vv_v"),
    F64X2_RELAXED_MAX(0xFD_110, "f64x2.relaxed_max", "vv_v"),
    I16X8_RELAXED_Q15MULR_S(0xFD_111, "i16x8.relaxed_q15mulr_s", "vv_v"),
    I16X8_RELAXED_DOT_I8X16_I7X16_S(0xFD_112, "i16x8.relaxed_dot_i8x16_i7x16_s", "vv_v"),
    I32X4_RELAXED_DOT_I8X16_I7X16_ADD_S(0xFD_113, "i32x4.relaxed_dot_i8x16_i7x16_add_s", "vvv_v");

    private static final int PREFIX_SHIFT = 12;
    private static final int PREFIX_FC = 0xFC;
    private static final int PREFIX_FD = 0xFD;

    /// By opcode, one table for each prefix; what is not there is an illegal opcode or a feature that is refused.
    private static final @Nullable Instruction[] PLAIN = table(0, 256);

    private static final @Nullable Instruction[] MISCELLANEOUS = table(PREFIX_FC, 18);
    private static final @Nullable Instruction[] VECTOR = table(PREFIX_FD, 0x114);

    private final int opcode;
    private final String text;
    private final Immediate immediate;

    @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody can change
    private final @Nullable List<Number> operands;

    @SuppressWarnings("ImmutableEnumChecker") // likewise
    private final @Nullable List<Number> results;

    private final int size;

    Instruction(int opcode, String text) {
        this(opcode, text, Immediate.NONE, null, 0);
    }

    Instruction(int opcode, String text, Immediate immediate) {
        this(opcode, text, immediate, null, 0);
    }

    Instruction(int opcode, String text, String signature) {
        this(opcode, text, Immediate.NONE, signature, 0);
    }

    Instruction(int opcode, String text, Immediate immediate, String signature) {
        this(opcode, text, immediate, signature, 0);
    }

    Instruction(int opcode, String text, Immediate immediate, @Nullable String signature, int size) {
        this.opcode = opcode;
        this.text = text;
        this.immediate = immediate;
        this.size = size;
        if (signature == null) {
            operands = null;
            results = null;
        } else {
            int middle = signature.indexOf('_');
            operands = numbers(signature.substring(0, middle));
            results = numbers(signature.substring(middle + 1));
        }
    }

    /// The byte, or `prefix << 12 | number` after a prefix: `0xFC_00A` is `memory.copy`.
    public int opcode() {
        return opcode;
    }

    /// Its name in the text format, such as `i32.add`.
    public String text() {
        return text;
    }

    public Immediate immediate() {
        return immediate;
    }

    /// Whether its operands and results are the same wherever it stands, and numbers or vectors only.
    public boolean plain() {
        return operands != null;
    }

    /// What a [#plain()] instruction takes, the deepest operand first.
    public List<Number> operands() {
        return known(operands);
    }

    /// What a [#plain()] instruction gives: one, or nothing.
    public List<Number> results() {
        return known(results);
    }

    /// How many bytes of memory it reads or writes; 0 when it does not access memory at an address of its own.
    public int accessBytes() {
        return immediate == Immediate.MEMORY_ARGUMENT || immediate == Immediate.MEMORY_LANE ? size : 0;
    }

    /// Its lane immediates are below this; 0 when it has none.
    public int lanes() {
        return switch (immediate) {
            case LANE, SHUFFLE -> size;
            case MEMORY_LANE -> 16 / size;
            default -> 0;
        };
    }

    /// The instruction of a byte that is not a prefix, or null.
    static @Nullable Instruction plain(int opcode) {
        return PLAIN[opcode];
    }

    /// The instruction of a number after a prefix, or null.
    static @Nullable Instruction prefixed(int prefix, int number) {
        @Nullable Instruction[] table = prefix == PREFIX_FC ? MISCELLANEOUS : VECTOR;
        return number >= 0 && number < table.length ? table[number] : null;
    }

    private List<Number> known(@Nullable List<Number> types) {
        if (types == null) {
            throw new IllegalStateException(text + " has operands that depend on the module");
        }
        return types;
    }

    private static List<Number> numbers(String letters) {
        List<Number> types = new ArrayList<>(letters.length());
        for (int i = 0; i < letters.length(); i++) {
            types.add(
                    switch (letters.charAt(i)) {
                        case 'i' -> Number.I32;
                        case 'j' -> Number.I64;
                        case 'f' -> Number.F32;
                        case 'd' -> Number.F64;
                        case 'v' -> Number.V128;
                        default -> throw new IllegalArgumentException("no such type in " + letters);
                    });
        }
        return List.copyOf(types);
    }

    private static @Nullable Instruction[] table(int prefix, int length) {
        @Nullable Instruction[] table = new Instruction[length];
        for (Instruction instruction : values()) {
            if (instruction.opcode >> PREFIX_SHIFT == prefix) {
                table[instruction.opcode & ((1 << PREFIX_SHIFT) - 1)] = instruction;
            }
        }
        return table;
    }

    @Override
    public String toString() {
        return text;
    }
}
