package dev.wattle.host.engine.jvm.binary;

import org.jspecify.annotations.Nullable;

/// Reads opcodes: tells an instruction, a feature that is refused by name, and an illegal opcode apart.
final class Opcodes {
    private static final int GC = 0xFB;
    private static final int MISCELLANEOUS = 0xFC;
    private static final int VECTOR = 0xFD;
    private static final int ATOMIC = 0xFE;
    private static final int REF_EQ = 0xD3;

    private static final int LAST_GC = 30;
    private static final int LAST_ATOMIC = 0x4E;
    private static final int FIRST_WIDE = 0x13;
    private static final int LAST_WIDE = 0x16;

    private Opcodes() {}

    static Instruction read(Input input) {
        int at = input.position();
        return rest(input.u8(), input, at);
    }

    /// The instruction whose first byte was read.
    static Instruction rest(int first, Input input, int at) {
        if (first < GC) {
            Instruction instruction = Instruction.plain(first);
            if (instruction == null) {
                throw refused(first, at);
            }
            return instruction;
        }
        int number = first <= ATOMIC ? input.u32() : 0;
        @Nullable
        Instruction instruction =
                first == MISCELLANEOUS || first == VECTOR ? Instruction.prefixed(first, number) : null;
        if (instruction == null) {
            throw refused(first, number, at);
        }
        return instruction;
    }

    private static RuntimeException refused(int opcode, int at) {
        return switch (opcode) {
            case 0x06, 0x07, 0x09, 0x18, 0x19 -> Input.unsupported("legacy exceptions (try, catch) are", at);
            case REF_EQ -> Input.unsupported("garbage-collected types (gc) are", at);
            default -> Input.malformed("illegal opcode %02x".formatted(opcode), at);
        };
    }

    private static RuntimeException refused(int prefix, int number, int at) {
        if (prefix == GC && number >= 0 && number <= LAST_GC) {
            return Input.unsupported("garbage-collected types (gc) are", at);
        }
        if (prefix == ATOMIC && number >= 0 && number <= LAST_ATOMIC) {
            return Input.unsupported("atomic instructions (threads) are", at);
        }
        if (prefix == MISCELLANEOUS && number >= FIRST_WIDE && number <= LAST_WIDE) {
            return Input.unsupported("128-bit additions and multiplications (wide-arithmetic) are", at);
        }
        return Input.malformed("illegal opcode %02x %02x".formatted(prefix, number), at);
    }
}
