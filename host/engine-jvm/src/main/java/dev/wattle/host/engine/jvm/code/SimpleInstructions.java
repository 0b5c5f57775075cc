package dev.wattle.host.engine.jvm.code;

import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.NopInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// The JVM's instructions that consist of an opcode alone.
final class SimpleInstructions {
    private static final Map<Opcode, Instruction> ALL = new EnumMap<>(Opcode.class);

    static {
        for (Opcode opcode : Opcode.values()) {
            switch (opcode.kind()) {
                case OPERATOR -> ALL.put(opcode, OperatorInstruction.of(opcode));
                case CONVERT -> ALL.put(opcode, ConvertInstruction.of(opcode));
                case STACK -> ALL.put(opcode, StackInstruction.of(opcode));
                case ARRAY_LOAD -> ALL.put(opcode, ArrayLoadInstruction.of(opcode));
                case ARRAY_STORE -> ALL.put(opcode, ArrayStoreInstruction.of(opcode));
                case NOP -> ALL.put(opcode, NopInstruction.of());
                default -> {}
            }
        }
        ALL.put(Opcode.ACONST_NULL, ConstantInstruction.ofIntrinsic(Opcode.ACONST_NULL));
    }

    private SimpleInstructions() {}

    static Instruction of(Opcode opcode) {
        return Objects.requireNonNull(ALL.get(opcode), opcode::name);
    }
}
