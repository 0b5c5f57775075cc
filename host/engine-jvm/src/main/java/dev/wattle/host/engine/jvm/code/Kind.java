package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.jvm.binary.ValueType;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;

/// What a value is to the JVM. A vector is two [#LONG]s, low half first.
enum Kind {
    INT(TypeKind.INT, ConstantDescs.CD_int, 'i'),
    LONG(TypeKind.LONG, ConstantDescs.CD_long, 'l'),
    FLOAT(TypeKind.FLOAT, ConstantDescs.CD_float, 'f'),
    DOUBLE(TypeKind.DOUBLE, ConstantDescs.CD_double, 'd'),
    REFERENCE(TypeKind.REFERENCE, ConstantDescs.CD_Object, 'a');

    final TypeKind type;
    final ClassDesc descriptor;
    final char letter;

    Kind(TypeKind type, ClassDesc descriptor, char letter) {
        this.type = type;
        this.descriptor = descriptor;
        this.letter = letter;
    }

    int slots() {
        return type.slotSize();
    }

    /// Of a type that is not a vector; of a vector, of its halves.
    static Kind of(ValueType type) {
        return switch (type) {
            case ValueType.Number.I32 -> INT;
            case ValueType.Number.I64, ValueType.Number.V128 -> LONG;
            case ValueType.Number.F32 -> FLOAT;
            case ValueType.Number.F64 -> DOUBLE;
            case ValueType.Reference _ -> REFERENCE;
        };
    }

    static boolean isVector(ValueType type) {
        return type == ValueType.Number.V128;
    }

    Opcode returnOpcode() {
        return switch (this) {
            case INT -> Opcode.IRETURN;
            case LONG -> Opcode.LRETURN;
            case FLOAT -> Opcode.FRETURN;
            case DOUBLE -> Opcode.DRETURN;
            case REFERENCE -> Opcode.ARETURN;
        };
    }
}
