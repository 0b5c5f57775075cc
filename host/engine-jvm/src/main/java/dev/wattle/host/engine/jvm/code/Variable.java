package dev.wattle.host.engine.jvm.code;

import org.jspecify.annotations.Nullable;

/// A variable of the JVM code of a function: half a local, an operand's place, or something of our own.
final class Variable {
    final Kind kind;

    /// Its number within the function, which names its field where the function is cut.
    final int number;

    /// While bytecode is made: the JVM's local, and who allocated it.
    int slot = -1;

    @Nullable
    Emitter emitter;

    /// The place in an array of the frame, for locals that are too many to be variables; -1 for most.
    final int far;

    /// The topmost operand that stands for its value.
    @Nullable
    Operand pending;

    Variable(Kind kind, int number, int far) {
        this.kind = kind;
        this.number = number;
        this.far = far;
    }

    boolean isFar() {
        return far >= 0;
    }

    /// Its field in the frame of a function that is cut.
    String field() {
        return kind.letter + Integer.toString(number);
    }
}
