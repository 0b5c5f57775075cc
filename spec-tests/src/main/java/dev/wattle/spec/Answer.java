package dev.wattle.spec;

import dev.wattle.wit.WitType;
import dev.wattle.wit.WitType.Primitive;
import dev.wattle.wit.WitValue;

/// What a component's function answered, and of which type it is.
record Answer(WitType type, WitValue value) {
    /// As [Pattern] wants it: a float alone may be compared with one of a core module.
    static Object of(WitType type, WitValue value) {
        return switch (value) {
            case WitValue.F32(float number) when type == Primitive.F32 -> number;
            case WitValue.F64(double number) when type == Primitive.F64 -> number;
            default -> new Answer(type, value);
        };
    }

    boolean is(Literal literal) {
        return literal.as(type).equals(value);
    }
}
