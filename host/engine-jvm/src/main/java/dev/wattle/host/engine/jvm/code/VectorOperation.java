package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.jvm.binary.Instruction;
import java.lang.classfile.Opcode;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import org.jspecify.annotations.Nullable;

/// What a vector instruction becomes: a step, applied to the halves of its operands in the way of a shape.
///
/// @param access for the shapes that access memory: the scalar instruction that does it
record VectorOperation(Shape shape, Step step, @Nullable Instruction access) {

    /// How a step makes the result of the operands. In the signatures `J` is a half.
    enum Shape {
        /// `(J…)J`, once for the low halves and once for the high ones.
        HALVES,
        /// `(JI)J`, for each half with the same count.
        SHIFT,
        /// `(scalar)J`, both halves the same.
        SPLAT,
        /// `(JI)scalar`, of the half that has the lane, and the lane's number in it.
        EXTRACT,
        /// `(J scalar I)J`, of the half that has the lane; the other stays.
        REPLACE,
        /// `(JJ)I`, of the low and the high half.
        TEST,
        /// `(I…)J`, once for each 32 bits of the low halves.
        WIDEN_LOW,
        /// `(I…)J`, once for each 32 bits of the high halves.
        WIDEN_HIGH,
        /// `(JJ)J`: the first operand becomes the low half, the second the high half.
        NARROW,
        /// `(JJ)J`: the operand becomes the low half; the high half is 0.
        NARROW_ZERO,
        /// `(JJJ)J`: the first operand, and a half of the second.
        SWIZZLE,
        /// As [#WIDEN_LOW], of what is read from memory.
        LOAD_WIDEN,
        /// As [#SPLAT], of what is read from memory.
        LOAD_SPLAT,
        /// As [#REPLACE], with what is read from memory.
        LOAD_LANE,
        /// As [#EXTRACT], for what is written to memory.
        STORE_LANE
    }

    /// What is done with halves that are on the JVM's stack.
    sealed interface Step {
        /// Calls a static method.
        record Call(ClassDesc owner, String method, MethodTypeDesc type) implements Step {}

        /// Executes one of the JVM's instructions, which has no operands in the code.
        record Operator(Opcode opcode) implements Step {}
    }
}
