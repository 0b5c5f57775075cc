package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.jvm.binary.ValueType;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;

/// What a value is to the JVM. A vector is two [#LONG]s, low half first.
enum Kind {
    INT(0, TypeKind.INT, ConstantDescs.CD_int, 'i'),
    LONG(1, TypeKind.LONG, ConstantDescs.CD_long, 'l'),
    FLOAT(2, TypeKind.FLOAT, ConstantDescs.CD_float, 'f'),
    DOUBLE(3, TypeKind.DOUBLE, ConstantDescs.CD_double, 'd'),
    REFERENCE(4, TypeKind.REFERENCE, ConstantDescs.CD_Object, 'a');

    final int number;
    final TypeKind type;

    @SuppressWarnings("ImmutableEnumChecker") // a constant of the JDK, which says that it is immutable
    final ClassDesc descriptor;

    final char letter;

    Kind(int number, TypeKind type, ClassDesc descriptor, char letter) {
        this.number = number;
        this.type = type;
        this.descriptor = descriptor;
        this.letter = letter;
    }

    int slots() {
        return type.slotSize();
    }

    /// Of a type that is not a vector; of a vector, of its halves.
    static Kind of(ValueType type) {
        return type instanceof ValueType.Number number ? of(number) : REFERENCE;
    }

    private static Kind of(ValueType.Number type) {
        return switch (type) {
            case I32 -> INT;
            case I64, V128 -> LONG;
            case F32 -> FLOAT;
            case F64 -> DOUBLE;
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
