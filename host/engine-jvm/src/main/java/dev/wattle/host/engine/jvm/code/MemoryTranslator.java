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

    private static final ClassDesc VOID = ConstantDescs.CD_void;

    /// How the bytes of a memory are read and written: methods of `MemoryAccess`.
    @SuppressWarnings("ImmutableEnumChecker") // members are made of the JDK's immutable descriptors
    enum Width {
        BYTE("Byte", ConstantDescs.CD_byte, ConstantDescs.CD_int),
        SHORT("Short", ConstantDescs.CD_short, ConstantDescs.CD_int),
        INT("Int", ConstantDescs.CD_int, ConstantDescs.CD_int),
        LONG("Long", ConstantDescs.CD_long, ConstantDescs.CD_long);

        /// With array and index on the JVM's stack.
        final Member load;

        /// With array, address and offset.
        final Member loadAt;

        /// With array, index and value.
        final Member store;

        /// With array, address, value and offset.
        final Member storeAt;

        /// With array, address, value, offset and cards.
        final Member storeMarked;

        Width(String name, ClassDesc loaded, ClassDesc stored) {
            load = access("load" + name, loaded);
            loadAt = access("load" + name, loaded, MemoryTranslator.INT);
            store = access("store" + name, VOID, stored);
            storeAt = access("store" + name, VOID, stored, MemoryTranslator.INT);
            storeMarked = access("store" + name, VOID, stored, MemoryTranslator.INT, Runtime.BYTES);
        }

        private static Member access(String name, ClassDesc result, ClassDesc... further) {
            MethodTypeDesc type = MethodTypeDesc.of(result, Runtime.BYTES, MemoryTranslator.INT);
            return Member.callStatic(
                    Runtime.MEMORY_ACCESS, name, type.insertParameterTypes(type.parameterCount(), further));
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

    /// Turns the address on the JVM's stack into an index of the array.
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

    /// Takes an address and pushes array and index.
    ///
    /// @return where the code begins
    Node address(int memory, long offset) {
        Node start = arrayAndAddress(memory);
        index(offset);
        return start;
    }

    /// Takes an address and pushes array and address.
    private Node arrayAndAddress(int memory) {
        Node start = Objects.requireNonNull(stack.consume(1));
        if (start.moves == code.moves()) {
            code.before(start);
            Node array = pushBytes(memory);
            code.atEnd();
            return array;
        }
        Variable address = translation.variables.scratch(Kind.INT, 0);
        code.store(address);
        pushBytes(memory);
        code.load(address);
        return start;
    }

    void load(Instruction instruction) {
        int memory = translation.reader.index();
        long offset = translation.reader.memoryOffset();
        Width width = loadWidth(instruction);
        Node start = arrayAndAddress(memory);
        if (offset > 0 && offset <= Integer.MAX_VALUE) {
            code.constant((int) offset);
            code.member(width.loadAt);
        } else {
            index(offset);
            if (width == Width.BYTE) {
                code.plain(Opcode.BALOAD);
            } else {
                code.member(width.load);
            }
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
        if (mustWait(address, value)) {
            stack.spillFrom(address);
            value = stack.popLazy();
            arrayAndAddress(memory);
            if (offset > Integer.MAX_VALUE) {
                index(offset);
            }
            stack.load(value);
        } else {
            Node valueStart = stack.consume(1);
            Node addressStart = stack.consumeBefore(Objects.requireNonNull(valueStart));
            code.before(addressStart);
            pushBytes(memory);
            code.before(valueStart);
            if (offset > Integer.MAX_VALUE) {
                index(offset);
            }
            code.atEnd();
        }
        narrow(instruction);
        access(memory, offset > Integer.MAX_VALUE ? 0 : (int) offset, width);
    }

    /// With array, address and value on the JVM's stack.
    private void access(int memory, int offset, Width width) {
        if (cards) {
            code.constant(offset);
            translation.selfField(translation.shape.memoryCards(memory));
            code.member(width.storeMarked);
        } else if (offset != 0) {
            code.constant(offset);
            code.member(width.storeAt);
        } else if (width == Width.BYTE) {
            code.plain(Opcode.BASTORE);
        } else {
            code.member(width.store);
        }
    }

    /// Whether a memory may have moved since the address, or else the value, was computed.
    private boolean mustWait(Operand address, Operand value) {
        Node first = address.onStack() ? address.start : value.onStack() ? value.start : null;
        return first != null && first.moves != code.moves();
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
            case I64_STORE8, I64_STORE16, I64_STORE32 -> code.plain(Opcode.L2I);
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
}
