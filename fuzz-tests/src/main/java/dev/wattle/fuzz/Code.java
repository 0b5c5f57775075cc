package dev.wattle.fuzz;

import java.util.List;

/// Makes the instructions that have no line in `operators.txt`.
final class Code {
    static final int UNREACHABLE = 0x00;
    static final int NOP = 0x01;
    static final int BLOCK = 0x02;
    static final int LOOP = 0x03;
    static final int IF = 0x04;
    static final int THROW = 0x08;
    static final int THROW_REF = 0x0A;
    static final int BR = 0x0C;
    static final int BR_IF = 0x0D;
    static final int BR_TABLE = 0x0E;
    static final int RETURN = 0x0F;
    static final int CALL = 0x10;
    static final int CALL_INDIRECT = 0x11;
    static final int RETURN_CALL = 0x12;
    static final int RETURN_CALL_INDIRECT = 0x13;
    static final int CALL_REF = 0x14;
    static final int RETURN_CALL_REF = 0x15;
    static final int DROP = 0x1A;
    static final int SELECT = 0x1B;
    static final int SELECT_TYPED = 0x1C;
    static final int TRY_TABLE = 0x1F;
    static final int LOCAL_GET = 0x20;
    static final int LOCAL_SET = 0x21;
    static final int LOCAL_TEE = 0x22;
    static final int GLOBAL_GET = 0x23;
    static final int GLOBAL_SET = 0x24;
    static final int TABLE_GET = 0x25;
    static final int TABLE_SET = 0x26;
    static final int MEMORY_SIZE = 0x3F;
    static final int MEMORY_GROW = 0x40;
    static final int I32_CONST = 0x41;
    static final int I64_CONST = 0x42;
    static final int F32_CONST = 0x43;
    static final int F64_CONST = 0x44;
    static final int REF_NULL = 0xD0;
    static final int REF_IS_NULL = 0xD1;
    static final int REF_FUNC = 0xD2;
    static final int REF_AS_NON_NULL = 0xD4;
    static final int BR_ON_NULL = 0xD5;
    static final int BR_ON_NON_NULL = 0xD6;
    static final int MEMORY_INIT = 0xFC08;
    static final int DATA_DROP = 0xFC09;
    static final int MEMORY_COPY = 0xFC0A;
    static final int MEMORY_FILL = 0xFC0B;
    static final int TABLE_INIT = 0xFC0C;
    static final int ELEM_DROP = 0xFC0D;
    static final int TABLE_COPY = 0xFC0E;
    static final int TABLE_GROW = 0xFC0F;
    static final int TABLE_SIZE = 0xFC10;
    static final int TABLE_FILL = 0xFC11;
    static final int V128_CONST = 0xFD0C;

    private static final int VOID = 0x40;

    private static final List<Integer> ALL = List.of(
            UNREACHABLE,
            NOP,
            BLOCK,
            LOOP,
            IF,
            THROW,
            THROW_REF,
            BR,
            BR_IF,
            BR_TABLE,
            RETURN,
            CALL,
            CALL_INDIRECT,
            RETURN_CALL,
            RETURN_CALL_INDIRECT,
            CALL_REF,
            RETURN_CALL_REF,
            DROP,
            SELECT,
            SELECT_TYPED,
            TRY_TABLE,
            LOCAL_GET,
            LOCAL_SET,
            LOCAL_TEE,
            GLOBAL_GET,
            GLOBAL_SET,
            TABLE_GET,
            TABLE_SET,
            MEMORY_SIZE,
            MEMORY_GROW,
            I32_CONST,
            I64_CONST,
            F32_CONST,
            F64_CONST,
            REF_NULL,
            REF_IS_NULL,
            REF_FUNC,
            REF_AS_NON_NULL,
            BR_ON_NULL,
            BR_ON_NON_NULL,
            MEMORY_INIT,
            DATA_DROP,
            MEMORY_COPY,
            MEMORY_FILL,
            TABLE_INIT,
            ELEM_DROP,
            TABLE_COPY,
            TABLE_GROW,
            TABLE_SIZE,
            TABLE_FILL,
            V128_CONST);

    private Code() {}

    /// The instructions that are made here and are no operators.
    static List<Integer> all() {
        return ALL;
    }

    static Expression i32(int value) {
        return Expression.of(I32_CONST, new Bytes().signed(value), List.of(Type.I32));
    }

    static Expression i64(long value) {
        return Expression.of(I64_CONST, new Bytes().signed(value), List.of(Type.I64));
    }

    static Expression f32(int bits) {
        return Expression.of(F32_CONST, new Bytes().little(bits, Integer.BYTES), List.of(Type.F32));
    }

    static Expression f64(long bits) {
        return Expression.of(F64_CONST, new Bytes().little(bits, Long.BYTES), List.of(Type.F64));
    }

    static Expression v128(long low, long high) {
        return Expression.of(
                V128_CONST, new Bytes().little(low, Long.BYTES).little(high, Long.BYTES), List.of(Type.V128));
    }

    static Expression nullOf(Type type) {
        return Expression.of(REF_NULL, new Bytes().raw(type.code()), List.of(type));
    }

    /// The function of that index, or null for a negative one.
    static Expression functionOrNull(int index) {
        return index < 0
                ? nullOf(Type.FUNCREF)
                : Expression.of(REF_FUNC, new Bytes().unsigned(index), List.of(Type.FUNCREF));
    }

    /// Zero, or null.
    static Expression zero(Type type) {
        return switch (type) {
            case I32 -> i32(0);
            case I64 -> i64(0);
            case F32 -> f32(0);
            case F64 -> f64(0);
            case V128 -> v128(0, 0);
            case FUNCREF, EXTERNREF, EXNREF -> nullOf(type);
        };
    }

    static Expression localGet(int index, Type type) {
        return Expression.of(LOCAL_GET, new Bytes().unsigned(index), List.of(type));
    }

    static Expression localSet(int index, Expression... value) {
        return Expression.of(LOCAL_SET, new Bytes().unsigned(index), List.of(), value);
    }

    static Expression localTee(int index, Expression value) {
        return Expression.of(LOCAL_TEE, new Bytes().unsigned(index), value.results(), value);
    }

    static Expression globalGet(int index, Type type) {
        return Expression.of(GLOBAL_GET, new Bytes().unsigned(index), List.of(type));
    }

    static Expression globalSet(int index, Expression value) {
        return Expression.of(GLOBAL_SET, new Bytes().unsigned(index), List.of(), value);
    }

    static Expression apply(String operator, Expression... operands) {
        Operator found = Operator.named(operator);
        return Expression.of(found.opcode(), found.results(), operands);
    }

    /// Drops the one value that it leaves.
    static Expression drop(Expression value) {
        return Expression.of(DROP, List.of(), value);
    }

    static Expression ifThen(Expression condition, Expression... body) {
        return new Expression(
                IF, new Bytes().raw(VOID).toArray(), List.of(condition), List.of(List.of(body)), List.of());
    }

    static Expression returning(List<Expression> values) {
        return Expression.of(RETURN, List.of(), values.toArray(Expression[]::new));
    }
}
