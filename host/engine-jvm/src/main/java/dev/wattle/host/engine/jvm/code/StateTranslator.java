package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.jvm.binary.Instruction;
import dev.wattle.host.engine.jvm.binary.ValueType;
import java.lang.classfile.Opcode;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.List;
import java.util.Objects;

/// Locals, globals, tables and references.
final class StateTranslator {
    private static final ClassDesc INT = ConstantDescs.CD_int;
    private static final ClassDesc VOID = ConstantDescs.CD_void;
    private static final ClassDesc OBJECT = ConstantDescs.CD_Object;

    private final Translation translation;
    private final ModuleShape shape;
    private final NodeList code;
    private final OperandStack stack;

    StateTranslator(Translation translation) {
        this.translation = translation;
        this.shape = translation.shape;
        this.code = translation.code;
        this.stack = translation.stack;
    }

    // locals

    void setLocal(int local) {
        Variables variables = translation.variables;
        if (stack.top(0).isLocal(local, variables)) {
            stack.popLazy();
            return;
        }
        Operand value = stack.top(0);
        if (value.vector) {
            stack.popLazy();
            stack.localChanges(local, translation.blocks);
            stack.load(value);
            code.store(Objects.requireNonNull(variables.localHigh(local)));
        } else if (value.onStack()) {
            stack.consume(1);
            keepUnder(local, value);
        } else {
            stack.popLazy();
            stack.localChanges(local, translation.blocks);
            stack.load(value);
        }
        code.store(variables.local(local));
    }

    /// Operands that stand for the local take its value before that of the new value begins.
    private void keepUnder(int local, Operand value) {
        stack.localChanges(local, translation.blocks, Objects.requireNonNull(value.start));
    }

    void teeLocal(int local) {
        Operand value = stack.top(0);
        if (value.isLocal(local, translation.variables)) {
            return;
        }
        setLocal(local);
        stack.pushLocal(local);
    }

    // globals

    void getGlobal(int global) {
        ValueType type = shape.globalType(global);
        Kind kind = Kind.of(type);
        Node start;
        if (!shape.isCell(global)) {
            start = translation.selfField(shape.global(global));
            if (Kind.isVector(type)) {
                translation.selfField(shape.globalHigh(global));
                stack.storeVector();
                return;
            }
        } else if (kind == Kind.REFERENCE) {
            start = translation.cell(global);
            code.member(Runtime.CELL_REFERENCE);
        } else {
            start = translation.cell(global);
            code.member(Runtime.WORD);
            translation.fromWord(kind);
            if (Kind.isVector(type)) {
                translation.cell(global);
                code.member(Runtime.HIGH);
                stack.storeVector();
                return;
            }
        }
        stack.push(type, start);
    }

    void setGlobal(int global) {
        ValueType type = shape.globalType(global);
        Kind kind = Kind.of(type);
        if (Kind.isVector(type)) {
            setVector(global);
            return;
        }
        Node start = Objects.requireNonNull(stack.consume(1));
        code.before(start);
        if (!shape.isCell(global)) {
            code.self();
            code.atEnd();
            code.member(Runtime.put(shape.global(global)));
            return;
        }
        translation.cell(global);
        code.atEnd();
        translation.toWord(kind);
        code.member(Runtime.put(kind == Kind.REFERENCE ? Runtime.CELL_REFERENCE : Runtime.WORD));
    }

    private void setVector(int global) {
        Operand value = translation.takeVector();
        boolean cell = shape.isCell(global);
        for (boolean high : List.of(false, true)) {
            if (cell) {
                translation.cell(global);
            } else {
                code.self();
            }
            translation.loadHalf(value, high);
            if (cell) {
                code.member(Runtime.put(high ? Runtime.HIGH : Runtime.WORD));
            } else {
                code.member(Runtime.put(high ? shape.globalHigh(global) : shape.global(global)));
            }
        }
    }

    // tables

    void table(Instruction instruction) {
        int first = translation.reader.index();
        int second = translation.reader.secondIndex();
        switch (instruction) {
            case TABLE_GET -> tableMethod(first, 1, elementOf(first), "get", OBJECT, INT);
            case TABLE_SET -> tableMethod(first, 2, null, "set", VOID, INT, OBJECT);
            case TABLE_SIZE -> tableMethod(first, 0, ValueType.Number.I32, "size", INT);
            case TABLE_GROW -> tableMethod(first, 2, ValueType.Number.I32, "grow", INT, OBJECT, INT);
            case TABLE_FILL -> tableMethod(first, 3, null, "fill", VOID, INT, OBJECT, INT);
            case TABLE_COPY -> {
                receiver(first, 3);
                translation.table(second);
                code.member(Member.call(Runtime.TABLE, "copy", VOID, INT, INT, INT, Runtime.TABLE));
            }
            case TABLE_INIT -> {
                receiver(second, 3);
                code.self();
                code.constant(first);
                code.member(Member.call(Runtime.TABLE, "init", VOID, INT, INT, INT, Runtime.INSTANCE, INT));
            }
            case ELEM_DROP -> {
                code.self();
                code.constant(first);
                code.member(Member.call(Runtime.INSTANCE, "dropElements", VOID, INT));
            }
            default -> throw new IllegalArgumentException("not of tables: " + instruction);
        }
    }

    private ValueType elementOf(int table) {
        return shape.module.tables().get(table).element();
    }

    private Node receiver(int table, int operands) {
        Node start = stack.consume(operands);
        code.before(start);
        Node first = translation.table(table);
        code.atEnd();
        return first;
    }

    private void tableMethod(
            int table,
            int operands,
            @org.jspecify.annotations.Nullable ValueType pushed,
            String name,
            ClassDesc result,
            ClassDesc... parameters) {
        Node start = receiver(table, operands);
        code.member(Member.call(Runtime.TABLE, name, result, parameters));
        if (pushed != null) {
            stack.push(pushed, start);
        }
    }

    // references

    void isNull() {
        Node start = Objects.requireNonNull(stack.consume(1));
        stack.pushCondition(start, Opcode.IFNULL);
    }

    void function(int index) {
        Node start = code.self();
        code.constant(index);
        code.member(Runtime.REFERENCE);
        stack.push(ValueType.Reference.FUNCREF, start);
    }

    void nonNull() {
        ValueType type = stack.top(0).type;
        Node start = Objects.requireNonNull(stack.consume(1));
        code.member(Runtime.NON_NULL);
        stack.push(type, start);
    }
}
