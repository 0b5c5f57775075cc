package dev.wattle.host.engine.jvm.binary;

import dev.wattle.host.engine.jvm.binary.WasmModule.Body;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A cursor over the instructions of a body of a valid module, for whoever generates code. Each [#next()] moves to an
/// instruction and reads what follows its opcode; [Immediate] tells which accessors then speak. Not thread-safe.
public final class BodyReader {
    private static final FunctionType EMPTY = new FunctionType(List.of(), List.of());
    private static final int[] NO_LABELS = {};

    /// In the alignment of a memory argument: a memory index follows.
    static final int HAS_MEMORY = 1 << 6;

    private final List<DefinedType> types;
    private final Input input;
    private int offset;
    private int ordinal = -1;
    private int index;
    private int secondIndex;
    private long memoryOffset;
    private int alignment;
    private int lane;
    private long bits;
    private long highBits;
    private int[] labels = NO_LABELS;
    private FunctionType blockType = EMPTY;
    private List<Catch> catches = List.of();
    private @Nullable ValueType valueType;
    private @Nullable HeapType heapType;

    /// A clause of a `try_table`.
    ///
    /// @param tag -1 when it catches every exception
    /// @param reference whether it also passes the exception itself, after the tag's values
    /// @param label how many labels out of the `try_table`, which itself is not counted
    public record Catch(int tag, boolean reference, int label) {
        public boolean all() {
            return tag < 0;
        }
    }

    public BodyReader(WasmModule module, Body body) {
        this.types = module.types();
        this.input = new Input(module.binary(), body.start(), body.end());
    }

    /// Whether an instruction follows; the last is the body's own `end`.
    public boolean hasNext() {
        return input.hasRemaining();
    }

    /// Moves to the next instruction.
    public Instruction next() {
        offset = input.position();
        ordinal++;
        int first = input.u8();
        Instruction instruction = Objects.requireNonNull(
                first == 0xFC || first == 0xFD ? Instruction.prefixed(first, input.u32()) : Instruction.plain(first),
                "an instruction of a valid module");
        read(instruction.immediate());
        return instruction;
    }

    /// Where the current instruction starts in the binary.
    public int offset() {
        return offset;
    }

    /// Where the next instruction starts.
    public int nextOffset() {
        return input.position();
    }

    /// The number of the current instruction in the body, from 0.
    public int ordinal() {
        return ordinal;
    }

    public int index() {
        return index;
    }

    public int secondIndex() {
        return secondIndex;
    }

    /// The constant that is added to an address, as an unsigned 32-bit number.
    public long memoryOffset() {
        return memoryOffset;
    }

    /// A hint: 2 to the power of this.
    public int alignment() {
        return alignment;
    }

    public int lane() {
        return lane;
    }

    public long bits() {
        return bits;
    }

    public long highBits() {
        return highBits;
    }

    /// Belongs to the caller.
    public int[] labels() {
        return labels;
    }

    public FunctionType blockType() {
        return blockType;
    }

    public List<Catch> catches() {
        return catches;
    }

    public ValueType valueType() {
        return Objects.requireNonNull(valueType, "no typed select was read");
    }

    public HeapType heapType() {
        return Objects.requireNonNull(heapType, "no heap type was read");
    }

    private void read(Immediate immediate) {
        switch (immediate) {
            case NONE -> {}
            case BLOCK_TYPE -> blockType = readBlockType();
            case CATCHES -> {
                blockType = readBlockType();
                catches = readCatches();
            }
            case LABELS -> labels = readLabels();
            case LABEL, FUNCTION, TYPE, TAG, LOCAL, GLOBAL, TABLE, ELEMENTS, MEMORY, DATA -> index = input.u32();
            case TYPE_TABLE, TABLE_TABLE, ELEMENTS_TABLE, MEMORY_MEMORY, DATA_MEMORY -> {
                index = input.u32();
                secondIndex = input.u32();
            }
            case TYPES -> {
                input.u32();
                valueType = TypeCode.model(TypeCode.read(input, types.size()), types);
            }
            case HEAP_TYPE -> heapType = TypeCode.modelHeap(TypeCode.readHeap(input, types.size()), types);
            default -> readNumbers(immediate);
        }
    }

    private void readNumbers(Immediate immediate) {
        switch (immediate) {
            case I32 -> bits = input.s32();
            case I64 -> bits = input.s64();
            case F32 -> bits = input.int32();
            case F64 -> bits = input.int64();
            case V128, SHUFFLE -> {
                bits = input.int64();
                highBits = input.int64();
            }
            case LANE -> lane = input.u8();
            case MEMORY_ARGUMENT -> readMemoryArgument();
            case MEMORY_LANE -> {
                readMemoryArgument();
                lane = input.u8();
            }
            default -> throw new IllegalStateException("unread: " + immediate);
        }
    }

    private void readMemoryArgument() {
        int flags = input.u32();
        alignment = flags & ~HAS_MEMORY;
        index = (flags & HAS_MEMORY) != 0 ? input.u32() : 0;
        memoryOffset = input.u64();
    }

    private FunctionType readBlockType() {
        int first = input.peek();
        if (first == 0x40) {
            input.skip(1);
            return EMPTY;
        }
        if (TypeCode.startsValueType(first)) {
            return new FunctionType(List.of(), List.of(TypeCode.model(TypeCode.read(input, types.size()), types)));
        }
        return types.get((int) input.s33()).function();
    }

    private int[] readLabels() {
        int[] all = new int[input.u32() + 1];
        for (int i = 0; i < all.length; i++) {
            all[i] = input.u32();
        }
        return all;
    }

    private List<Catch> readCatches() {
        int count = input.u32();
        List<Catch> clauses = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int kind = input.u8();
            int tag = kind < 2 ? input.u32() : -1;
            clauses.add(new Catch(tag, (kind & 1) != 0, input.u32()));
        }
        return Collections.unmodifiableList(clauses);
    }
}
