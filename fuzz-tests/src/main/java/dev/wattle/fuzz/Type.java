package dev.wattle.fuzz;

import java.util.Arrays;
import java.util.List;

/// A value type that generated modules use.
enum Type {
    I32(0x7F, 'i'),
    I64(0x7E, 'l'),
    F32(0x7D, 'f'),
    F64(0x7C, 'd'),
    V128(0x7B, 'v'),
    FUNCREF(0x70, 'r'),
    EXTERNREF(0x6F, 'x'),
    EXNREF(0x69, 'e');

    /// Those that cross between a guest and every host.
    static final List<Type> NUMBERS = List.of(I32, I64, F32, F64);

    private final int code;
    private final char letter;

    Type(int code, char letter) {
        this.code = code;
        this.letter = letter;
    }

    /// Its byte in the binary format.
    int code() {
        return code;
    }

    /// How `operators.txt` and the line protocol name it.
    char letter() {
        return letter;
    }

    /// The type whose letter `operators.txt` uses.
    static Type of(int letter) {
        return Arrays.stream(values())
                .filter(type -> type.letter == letter)
                .findFirst()
                .orElseThrow();
    }

    boolean reference() {
        return this == FUNCREF || this == EXTERNREF || this == EXNREF;
    }
}
