package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.jvm.binary.Instruction;
import dev.wattle.host.engine.jvm.code.VectorOperation.Step;
import java.lang.classfile.Opcode;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/// Executes vector instructions as [VectorOperations] says, by calling the methods that generated code calls: shows
/// that each exists with its signature, and what it gives.
final class VectorCalls {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final Map<Step.Call, MethodHandle> HANDLES = new ConcurrentHashMap<>();

    private VectorCalls() {}

    /// The result of an instruction, as [VectorOracle] has it.
    static Object result(Instruction instruction, List<Object> operands, int lane) {
        VectorOperation operation = Objects.requireNonNull(VectorOperations.of(instruction), instruction.text());
        List<long[]> vectors = new ArrayList<>();
        for (Object operand : operands) {
            if (operand instanceof byte[] vector) {
                vectors.add(VectorOracle.unsigned(vector, 64));
            }
        }
        Step step = operation.step();
        long[] first = vectors.isEmpty() ? new long[2] : vectors.getFirst();
        long[] last = vectors.isEmpty() ? new long[2] : vectors.getLast();
        int perHalf = Math.max(1, instruction.lanes() / 2);
        long[] result = first.clone();
        switch (operation.shape()) {
            case HALVES -> result = twice(step, half -> halves(vectors, half));
            case SHIFT -> result = twice(step, half -> List.of(first[half], operands.get(1)));
            case SPLAT -> result = twice(step, _ -> operands);
            case EXTRACT -> {
                return apply(step, List.of(first[lane / perHalf], lane % perHalf));
            }
            case REPLACE -> {
                int half = lane / perHalf;
                result[half] = (long) apply(step, List.of(first[half], operands.get(1), lane % perHalf));
            }
            case TEST -> {
                return apply(step, List.of(first[0], first[1]));
            }
            case WIDEN_LOW -> result = twice(step, half -> quarters(vectors, half));
            case WIDEN_HIGH -> result = twice(step, half -> quarters(vectors, half + 2));
            case NARROW -> result = twice(step, half -> halvesOf(vectors.get(half)));
            case NARROW_ZERO -> result = new long[] {(long) apply(step, halvesOf(first)), 0};
            case SWIZZLE -> result = twice(step, half -> List.of(first[0], first[1], last[half]));
            case LOAD_WIDEN, LOAD_SPLAT, LOAD_LANE, STORE_LANE -> throw new AssertionError("needs memory");
        }
        return VectorOracle.vector(result, 64);
    }

    private interface Operands {
        List<Object> of(int half);
    }

    private static long[] twice(Step step, Operands operands) {
        return new long[] {(long) apply(step, operands.of(0)), (long) apply(step, operands.of(1))};
    }

    private static List<Object> halves(List<long[]> vectors, int half) {
        List<Object> values = new ArrayList<>();
        vectors.forEach(vector -> values.add(vector[half]));
        return values;
    }

    private static List<Object> quarters(List<long[]> vectors, int quarter) {
        List<Object> values = new ArrayList<>();
        vectors.forEach(vector -> values.add((int) (vector[quarter / 2] >>> (quarter % 2 * 32))));
        return values;
    }

    private static List<Object> halvesOf(long[] vector) {
        return List.of(vector[0], vector[1]);
    }

    private static Object apply(Step step, List<Object> operands) {
        return switch (step) {
            case Step.Operator(Opcode opcode) -> operator(opcode, (long) operands.get(0), (long) operands.get(1));
            case Step.Call call -> call(call, operands);
        };
    }

    private static Object call(Step.Call call, List<Object> operands) {
        try {
            return HANDLES.computeIfAbsent(call, VectorCalls::handle).invokeWithArguments(operands);
        } catch (Throwable failure) {
            throw new AssertionError("cannot call " + call, failure);
        }
    }

    private static MethodHandle handle(Step.Call call) {
        try {
            Class<?> owner = (Class<?>) call.owner().resolveConstantDesc(LOOKUP);
            MethodType type = call.type().resolveConstantDesc(LOOKUP);
            return MethodHandles.publicLookup().findStatic(owner, call.method(), type);
        } catch (ReflectiveOperationException failure) {
            throw new LinkageError("no method for " + call, failure);
        }
    }

    private static long operator(Opcode opcode, long a, long b) {
        return switch (opcode) {
            case LADD -> a + b;
            case LSUB -> a - b;
            case LMUL -> a * b;
            case LAND -> a & b;
            case LOR -> a | b;
            case LXOR -> a ^ b;
            default -> throw new AssertionError(opcode);
        };
    }
}
