package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.jvm.binary.Instruction;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The part of [VectorOracle] for vector instructions that access memory.
final class VectorMemoryOracle {
    private VectorMemoryOracle() {}

    /// Whether the access is within a memory of that size.
    static boolean inBounds(Instruction instruction, long address, int memorySize) {
        return address + instruction.accessBytes() <= memorySize;
    }

    /// What the instruction leaves on the stack, null for a store, which changes `memory`. The access is in bounds.
    static byte @Nullable [] result(
            Instruction instruction, byte[] memory, int address, List<Object> operands, int lane) {
        int size = instruction.accessBytes();
        String text = instruction.text();
        byte[] read = Arrays.copyOfRange(memory, address, address + size);
        byte[] result = new byte[16];
        if (text.contains("store")) {
            System.arraycopy((byte[]) operands.getLast(), lane * size, memory, address, size);
            return null;
        }
        if (text.endsWith("_lane")) {
            result = ((byte[]) operands.getLast()).clone();
            System.arraycopy(read, 0, result, lane * size, size);
        } else if (text.endsWith("_splat")) {
            for (int i = 0; i < result.length; i++) {
                result[i] = read[i % size];
            }
        } else if (text.contains("x")) {
            return widened(text, Arrays.copyOf(read, 16));
        } else {
            System.arraycopy(read, 0, result, 0, size);
        }
        return result;
    }

    /// Of `v128.load16x4_s` and the like: lanes of as many bits as the text says.
    private static byte[] widened(String text, byte[] read) {
        int width = Integer.parseInt(text.substring("v128.load".length(), text.indexOf('x')));
        long[] lanes = text.endsWith("_s") ? VectorOracle.signed(read, width) : VectorOracle.unsigned(read, width);
        return VectorOracle.vector(Arrays.copyOf(lanes, lanes.length / 2), width * 2);
    }
}
