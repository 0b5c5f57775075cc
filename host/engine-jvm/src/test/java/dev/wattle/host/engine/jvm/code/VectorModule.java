package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.V128;
import dev.wattle.host.engine.Wasm;
import dev.wattle.host.engine.jvm.binary.Instruction;
import dev.wattle.host.engine.jvm.binary.ValueType;
import java.util.ArrayList;
import java.util.List;

/// Modules whose functions execute one vector instruction each, on their parameters.
final class VectorModule {
    private static final int PREFIX = 0xFD;

    private VectorModule() {}

    static byte[] code(Instruction instruction, Object... immediates) {
        int number = instruction.opcode() & 0xFFF;
        List<Object> parts = new ArrayList<>(List.of(PREFIX));
        parts.addAll(number < 0x80 ? List.of(number) : List.of((number & 0x7F) | 0x80, number >> 7));
        parts.addAll(List.of(immediates));
        return Wasm.code(parts.toArray());
    }

    /// An instruction whose immediates are an alignment of 1 and that offset, and a lane where it has one.
    static byte[] access(Instruction instruction, int offset, int lane) {
        byte[] argument = Wasm.access(0, offset);
        Object[] bytes = new Object[argument.length - 1 + (instruction.lanes() > 0 ? 1 : 0)];
        for (int i = 1; i < argument.length; i++) {
            bytes[i - 1] = (int) argument[i];
        }
        if (instruction.lanes() > 0) {
            bytes[bytes.length - 1] = lane;
        }
        return code(instruction, bytes);
    }

    /// Adds a function that gives its parameters to the code.
    static void add(Wasm module, String name, Instruction instruction, byte[] code) {
        List<Object> body = new ArrayList<>();
        for (int i = 0; i < instruction.operands().size(); i++) {
            body.add(Wasm.localGet(i));
        }
        body.add(code);
        module.exported(name, types(instruction.operands()), types(instruction.results()), body.toArray());
    }

    static int[] types(List<ValueType.Number> types) {
        return types.stream().mapToInt(VectorModule::type).toArray();
    }

    private static int type(ValueType.Number type) {
        return switch (type) {
            case I32 -> Wasm.I32;
            case I64 -> Wasm.I64;
            case F32 -> Wasm.F32;
            case F64 -> Wasm.F64;
            case V128 -> Wasm.V128;
        };
    }

    /// A value of the oracle as the host gives it to a guest.
    static Object toGuest(Object value) {
        if (value instanceof byte[] vector) {
            long[] halves = VectorOracle.unsigned(vector, 64);
            return new V128(halves[0], halves[1]);
        }
        return value;
    }

    static Object fromGuest(Object value) {
        return value instanceof V128(long low, long high) ? VectorOracle.vector(new long[] {low, high}, 64) : value;
    }
}
