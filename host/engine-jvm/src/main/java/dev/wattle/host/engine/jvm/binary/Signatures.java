package dev.wattle.host.engine.jvm.binary;

import dev.wattle.host.engine.jvm.binary.ValueType.Number;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The operands and results of plain instructions, packed into one int for each: the topmost operand in the lowest
/// four bits, two more above it, then the result, then a bit that says that the instruction is plain.
@SuppressWarnings("EnumOrdinal") // ordinals are array indices here and never leave the JVM
final class Signatures {
    private static final int BITS = 4;
    private static final int MASK = (1 << BITS) - 1;
    private static final int RESULT = 3 * BITS;
    private static final int PLAIN = 1 << 16;

    /// By opcode; 0 for whatever has operands of its own, an immediate, or a prefix.
    private static final int[] WITHOUT_IMMEDIATE = new int[256];

    private static final int[] BY_ORDINAL = new int[Instruction.values().length];

    static {
        for (Instruction instruction : Instruction.values()) {
            if (instruction.plain()) {
                BY_ORDINAL[instruction.ordinal()] = pack(instruction);
            }
        }
        for (int opcode = 0; opcode < WITHOUT_IMMEDIATE.length; opcode++) {
            @Nullable Instruction instruction = Instruction.plain(opcode);
            if (instruction != null && instruction.immediate() == Immediate.NONE) {
                WITHOUT_IMMEDIATE[opcode] = BY_ORDINAL[instruction.ordinal()];
            }
        }
    }

    private Signatures() {}

    /// Of an opcode that nothing follows, or 0.
    static int plain(int opcode) {
        return WITHOUT_IMMEDIATE[opcode];
    }

    /// Takes what the instruction takes and gives what it gives.
    static void apply(Instruction instruction, Operands operands) {
        apply(BY_ORDINAL[instruction.ordinal()], operands);
    }

    static void apply(int signature, Operands operands) {
        for (int taken = signature & (1 << RESULT) - 1; taken != 0; taken >>= BITS) {
            operands.pop(taken & MASK);
        }
        int result = signature >> RESULT & MASK;
        if (result != 0) {
            operands.push(result);
        }
    }

    private static int pack(Instruction instruction) {
        int packed = PLAIN;
        List<Number> operands = instruction.operands();
        for (int i = 0; i < operands.size(); i++) {
            packed |= TypeCode.of(operands.get(operands.size() - 1 - i)) << (i * BITS);
        }
        for (Number result : instruction.results()) {
            packed |= TypeCode.of(result) << RESULT;
        }
        return packed;
    }
}
