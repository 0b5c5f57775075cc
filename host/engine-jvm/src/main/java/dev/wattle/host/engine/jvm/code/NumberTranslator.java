package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.jvm.binary.Instruction;
import dev.wattle.host.engine.jvm.binary.ValueType;
import java.lang.classfile.Opcode;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Instructions on numbers: each is a few instructions of the JVM, a method of the JDK, or one of
/// `runtime.Numeric`; comparisons wait for the branch that follows.
final class NumberTranslator {
    /// What becomes of an instruction: JVM instructions and methods in turn.
    private static final Map<Instruction, List<Object>> PLAIN = new EnumMap<>(Instruction.class);

    /// A comparison: what is done to the operands, and the branch that is taken when it holds.
    private record Comparison(List<Object> steps, Opcode holds) {}

    private static final Map<Instruction, Comparison> COMPARISONS = new EnumMap<>(Instruction.class);

    static {
        NumberTable.fill(NumberTranslator::plain, NumberTranslator::comparison);
    }

    private static void plain(Instruction instruction, Object... steps) {
        PLAIN.put(instruction, List.of(steps));
    }

    private static void comparison(Instruction instruction, Opcode holds, Object... steps) {
        COMPARISONS.put(instruction, new Comparison(List.of(steps), holds));
    }

    private final NodeList code;
    private final OperandStack stack;

    NumberTranslator(Translation translation) {
        this.code = translation.code;
        this.stack = translation.stack;
    }

    /// @return whether the instruction is one of these
    boolean translate(Instruction instruction) {
        List<Object> steps = PLAIN.get(instruction);
        if (steps != null) {
            Node start =
                    Objects.requireNonNull(stack.consume(instruction.operands().size()));
            emit(steps);
            stack.push(instruction.results().getFirst(), start);
            return true;
        }
        Comparison comparison = COMPARISONS.get(instruction);
        if (comparison != null) {
            compare(instruction, comparison);
            return true;
        }
        return false;
    }

    private void compare(Instruction instruction, Comparison comparison) {
        Operand top = stack.top(0);
        if (instruction == Instruction.I32_EQZ && top.form == Operand.Form.CONDITION) {
            top.condition = ControlTranslator.inverse(Objects.requireNonNull(top.condition));
            return;
        }
        Node start = Objects.requireNonNull(stack.consume(instruction.operands().size()));
        emit(comparison.steps);
        stack.pushCondition(start, comparison.holds);
    }

    private void emit(List<Object> steps) {
        for (Object step : steps) {
            switch (step) {
                case Opcode opcode -> code.plain(opcode);
                case Member member -> code.member(member);
                case Integer number -> code.constant((int) number);
                case Long number -> code.constant((long) number);
                default -> throw new IllegalStateException("not a step: " + step);
            }
        }
    }

    /// A method of a class that takes what the instruction takes.
    static Member method(ClassDesc owner, String name, Instruction instruction) {
        ClassDesc[] parameters = instruction.operands().stream()
                .map(type -> Kind.of(type).descriptor)
                .toArray(ClassDesc[]::new);
        ValueType result = instruction.results().getFirst();
        return Member.callStatic(owner, name, MethodTypeDesc.of(Kind.of(result).descriptor, parameters));
    }

    static Member method(ClassDesc owner, String name, ClassDesc result, ClassDesc... parameters) {
        return Member.callStatic(owner, name, MethodTypeDesc.of(result, parameters));
    }

    static final ClassDesc INT = ConstantDescs.CD_int;
}
