package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.jvm.binary.ValueType;
import java.lang.classfile.Opcode;
import org.jspecify.annotations.Nullable;

/// A value on the Wasm stack while a body is translated.
final class Operand {
    /// Where the value is.
    enum Form {
        /// On the JVM's stack, put there by the nodes from `start`.
        STACK,
        /// What a comparison compares is on the JVM's stack; the comparison itself is `condition`.
        CONDITION,
        /// A constant: `bits`, and `high` of a vector.
        CONSTANT,
        /// The value of a local, until the local changes: `variable`, and `highVariable` of a vector.
        LOCAL,
        /// A variable that nothing else changes: likewise.
        TEMPORARY
    }

    final ValueType type;
    final Kind kind;
    final boolean vector;

    /// How many operands are below it.
    final int height;

    Form form;
    long bits;
    long high;

    @Nullable
    Variable variable;

    @Nullable
    Variable highVariable;

    /// The next operand below that stands for the same local.
    @Nullable
    Operand pendingBefore;

    /// Where the code begins that leaves it on the JVM's stack.
    @Nullable
    Node start;

    /// The JVM's branch that is taken when the condition holds.
    @Nullable
    Opcode condition;

    Operand(ValueType type, int height, Form form) {
        this.type = type;
        this.kind = Kind.of(type);
        this.vector = Kind.isVector(type);
        this.height = height;
        this.form = form;
    }

    boolean onStack() {
        return form == Form.STACK || form == Form.CONDITION;
    }

    boolean isLocal(int local, Variables variables) {
        return form == Form.LOCAL && variable == variables.local(local);
    }
}
