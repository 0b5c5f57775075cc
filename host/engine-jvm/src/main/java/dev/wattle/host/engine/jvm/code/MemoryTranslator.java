package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.jvm.binary.Instruction;
import dev.wattle.host.engine.jvm.binary.ValueType;
import java.lang.classfile.Opcode;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Objects;

/// Loads, stores, and what is done to memories as a whole.
///
/// The array is pushed under the address: that is right as long as no code between can have replaced it; where
/// it can, address and value wait in variables.
final class MemoryTranslator {
    private static final ClassDesc INT = ConstantDescs.CD_int;
    private static final ClassDesc HANDLE = ConstantDescs.CD_VarHandle;

    /// How the bytes of a memory are read and written.
    @SuppressWarnings("ImmutableEnumChecker") // members are made of the JDK's immutable descriptors
    enum Width {
        BYTE(ConstantDescs.CD_byte, ""),
        SHORT(ConstantDescs.CD_short, "SHORT"),
        INT(ConstantDescs.CD_int, "INT"),
        LONG(ConstantDescs.CD_long, "LONG"),
        FLOAT(ConstantDescs.CD_float, "FLOAT"),
        DOUBLE(ConstantDescs.CD_double, "DOUBLE");

        final Member handle;
        final Member get;
        final Member set;

        Width(ClassDesc type, String name) {
            handle = Member.constant(Runtime.MEMORY_ACCESS, name, HANDLE);
            get = Member.call(HANDLE, "get", MethodTypeDesc.of(type, Runtime.BYTES, MemoryTranslator.INT));
            set = Member.call(
                    HANDLE, "set", MethodTypeDesc.of(ConstantDescs.CD_void, Runtime.BYTES, MemoryTranslator.INT, type));
        }
    }

    private final Translation translation;
    private final NodeList code;
    private final OperandStack stack;
    final boolean cards;

    MemoryTranslator(Translation translation) {
        this.translation = translation;
        this.code = translation.code;
        this.stack = translation.stack;
        this.cards = translation.shape.options.cards();
    }

    /// Pushes the bytes of a memory.
    Node pushBytes(int memory) {
        return memory < translation.cachedMemories()
                ? code.memory(memory)
                : translation.selfField(translation.shape.memoryBytes(memory));
    }

    /// Turns the address on the JVM's stack, whose code begins at `start`, into an index of the array.
    private void index(long offset) {
        if (offset == 0) {
            return;
        }
        if (offset > Integer.MAX_VALUE) {
            code.plain(Opcode.POP);
            code.constant(-1);
            return;
        }
        code.plain(Opcode.DUP);
        code.constant((int) offset);
        code.plain(Opcode.IADD);
        code.plain(Opcode.SWAP);
        code.constant(Integer.SIZE - 1);
        code.plain(Opcode.ISHR);
        code.plain(Opcode.IOR);
    }

    /// Takes an address and pushes array (under `handle`, unless it is a byte's) and index.
    ///
    /// @return where the code begins
    Node address(int memory, long offset, Width width) {
        Node start = Objects.requireNonNull(stack.consume(1));
        if (start.moves == code.moves()) {
            code.before(start);
            Node first = pushHandle(width);
            Node array = pushBytes(memory);
            code.atEnd();
            index(offset);
            return first == null ? array : first;
        }
        Variable address = translation.variables.scratch(Kind.INT, 0);
        code.store(address);
        pushHandle(width);
        pushBytes(memory);
        code.load(address);
        index(offset);
        return start;
    }

    @org.jspecify.annotations.Nullable
    Node pushHandle(Width width) {
        return width == Width.BYTE ? null : code.member(width.handle);
    }

    void load(Instruction instruction) {
        int memory = translation.reader.index();
        Width width = loadWidth(instruction);
        Node start = address(memory, translation.reader.memoryOffset(), width);
        if (width == Width.BYTE) {
            code.plain(Opcode.BALOAD);
        } else {
            code.member(width.get);
        }
        widen(instruction);
        stack.push(instruction.results().getFirst(), start);
    }

    private static Width loadWidth(Instruction instruction) {
        return switch (instruction) {
            case I32_LOAD8_S, I32_LOAD8_U, I64_LOAD8_S, I64_LOAD8_U -> Width.BYTE;
            case I32_LOAD16_S, I32_LOAD16_U, I64_LOAD16_S, I64_LOAD16_U -> Width.SHORT;
            case I32_LOAD, I64_LOAD32_S, I64_LOAD32_U, F32_LOAD -> Width.INT;
            case I64_LOAD, F64_LOAD -> Width.LONG;
            default -> throw new IllegalArgumentException("not a load: " + instruction);
        };
    }

    private void widen(Instruction instruction) {
        switch (instruction) {
            case I32_LOAD8_U, I64_LOAD8_U -> mask(0xFF);
            case I32_LOAD16_U, I64_LOAD16_U -> mask(0xFFFF);
            case F32_LOAD -> code.member(Runtime.BITS_FLOAT);
            case F64_LOAD -> code.member(Runtime.BITS_DOUBLE);
            default -> {}
        }
        switch (instruction) {
            case I64_LOAD8_S, I64_LOAD8_U, I64_LOAD16_S, I64_LOAD16_U, I64_LOAD32_S -> code.plain(Opcode.I2L);
            case I64_LOAD32_U -> {
                code.plain(Opcode.I2L);
                code.constant(0xFFFF_FFFFL);
                code.plain(Opcode.LAND);
            }
            default -> {}
        }
    }

    private void mask(int bits) {
        code.constant(bits);
        code.plain(Opcode.IAND);
    }

    void store(Instruction instruction) {
        int memory = translation.reader.index();
        long offset = translation.reader.memoryOffset();
        Width width = storeWidth(instruction);
        Operand value = stack.top(0);
        Operand address = stack.top(1);
        if (cards || mustWait(address, value)) {
            stack.spillFrom(address);
            value = stack.popLazy();
            address(memory, offset, width);
            if (cards) {
                markCard(memory);
            }
            stack.load(value);
        } else {
            underValue(memory, offset, width);
        }
        narrow(instruction);
        if (width == Width.BYTE) {
            code.plain(Opcode.BASTORE);
        } else {
            code.member(width.set);
        }
    }

    /// Whether a memory may have moved since the address, or else the value, was computed.
    private boolean mustWait(Operand address, Operand value) {
        Node first = address.onStack() ? address.start : value.onStack() ? value.start : null;
        return first != null && first.moves != code.moves();
    }

    /// Handle and array come under the address, and the index is finished under the value.
    private void underValue(int memory, long offset, Width width) {
        Node valueStart = stack.consume(1);
        Node addressStart = stack.consumeBefore(Objects.requireNonNull(valueStart));
        code.before(addressStart);
        pushHandle(width);
        pushBytes(memory);
        code.before(valueStart);
        index(offset);
        code.atEnd();
    }

    /// With array and index on the JVM's stack: marks the card of the index.
    void markCard(int memory) {
        Variable index = translation.variables.scratch(Kind.INT, 1);
        code.plain(Opcode.DUP);
        code.store(index);
        translation.selfField(translation.shape.memoryCards(memory));
        code.load(index);
        code.constant(CARD_SHIFT);
        code.plain(Opcode.IUSHR);
        code.constant(1);
        code.plain(Opcode.BASTORE);
    }

    private static final int CARD_SHIFT = dev.wattle.host.engine.jvm.runtime.Memory.CARD_SHIFT;

    private static Width storeWidth(Instruction instruction) {
        return switch (instruction) {
            case I32_STORE8, I64_STORE8 -> Width.BYTE;
            case I32_STORE16, I64_STORE16 -> Width.SHORT;
            case I32_STORE, I64_STORE32, F32_STORE -> Width.INT;
            case I64_STORE, F64_STORE -> Width.LONG;
            default -> throw new IllegalArgumentException("not a store: " + instruction);
        };
    }

    private void narrow(Instruction instruction) {
        switch (instruction) {
            case I64_STORE8, I64_STORE32 -> code.plain(Opcode.L2I);
            case I32_STORE16 -> code.plain(Opcode.I2S);
            case I64_STORE16 -> {
                code.plain(Opcode.L2I);
                code.plain(Opcode.I2S);
            }
            case F32_STORE -> code.member(Runtime.FLOAT_BITS);
            case F64_STORE -> code.member(Runtime.DOUBLE_BITS);
            default -> {}
        }
    }

    void size(int memory) {
        Node start = translation.selfField(translation.shape.memory(memory));
        code.member(Member.call(Runtime.MEMORY, "pages", INT));
        stack.push(ValueType.Number.I32, start);
    }

    void grow(int memory) {
        Node start = Objects.requireNonNull(stack.consume(1));
        code.before(start);
        start = translation.selfField(translation.shape.memory(memory));
        code.atEnd();
        code.member(Member.call(Runtime.MEMORY, "grow", INT, INT));
        stack.push(ValueType.Number.I32, start);
        translation.afterMove();
    }

    /// `memory.fill`, `memory.copy`, `memory.init`: a method of the memory that is written.
    void bulk(Instruction instruction) {
        ModuleShape shape = translation.shape;
        boolean init = instruction == Instruction.MEMORY_INIT;
        int first = translation.reader.index();
        int second = translation.reader.secondIndex();
        Node start = Objects.requireNonNull(stack.consume(3));
        code.before(start);
        translation.selfField(shape.memory(init ? second : first));
        code.atEnd();
        switch (instruction) {
            case MEMORY_FILL -> code.member(Member.call(Runtime.MEMORY, "fill", VOID, INT, INT, INT));
            case MEMORY_COPY -> {
                translation.selfField(shape.memory(second));
                code.member(Member.call(Runtime.MEMORY, "copy", VOID, INT, INT, INT, Runtime.MEMORY));
            }
            case MEMORY_INIT -> {
                code.self();
                code.constant(first);
                code.member(Member.call(Runtime.MEMORY, "init", VOID, INT, INT, INT, Runtime.INSTANCE, INT));
            }
            default -> throw new IllegalArgumentException("not a bulk operation: " + instruction);
        }
    }

    void dropData(int segment) {
        code.self();
        code.constant(segment);
        code.member(Member.call(Runtime.INSTANCE, "dropData", VOID, INT));
    }

    private static final ClassDesc VOID = ConstantDescs.CD_void;
}
