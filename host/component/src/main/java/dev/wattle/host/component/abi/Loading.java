package dev.wattle.host.component.abi;

import dev.wattle.host.engine.GuestMemory;
import dev.wattle.host.engine.Trap;
import dev.wattle.wit.ByteString;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Lifts values out of linear memory. Everything is copied: a later write by the guest is not seen.
///
/// Callers have checked that the value's own bytes are aligned and in memory.
///
/// @spec CanonicalABI.md `load`
final class Loading {
    private static final WitValue TRUE = new WitValue.Bool(true);
    private static final WitValue FALSE = new WitValue.Bool(false);
    private static final int SMALLEST = Byte.MIN_VALUE;
    private static final WitValue[] SMALL_INTEGERS = new WitValue[256 - SMALLEST];

    static {
        for (int index = 0; index < SMALL_INTEGERS.length; index++) {
            SMALL_INTEGERS[index] = new WitValue.Int(index + SMALLEST);
        }
    }

    static WitValue load(LiftLowerContext cx, long pointer, WitType type) {
        return switch (type) {
            case WitType.Primitive primitive -> loadPrimitive(cx, pointer, primitive);
            case WitType.ListType(var element) -> loadList(cx, pointer, element);
            case WitType.FixedListType(var element, int length) -> loadListFromValidRange(cx, pointer, length, element);
            case WitType.MapType map -> loadMap(cx, pointer, map);
            case WitType.RecordType _, WitType.TupleType _ -> loadRecord(cx, pointer, type);
            case WitType.VariantType _, WitType.EnumType _, WitType.OptionType _, WitType.ResultType _ ->
                loadVariant(cx, pointer, type);
            case WitType.FlagsType(var labels) ->
                unpackFlags(cx, loadInt(cx, pointer, Layout.flagsSize(labels.size())), labels);
            case WitType.OwnType own -> cx.liftOwn(cx.memory().readInt(pointer), own.resource());
            case WitType.BorrowType borrow -> cx.liftBorrow(cx.memory().readInt(pointer), borrow.resource());
            case WitType.StreamType stream -> cx.liftStream(cx.memory().readInt(pointer), stream);
            case WitType.FutureType future -> cx.liftFuture(cx.memory().readInt(pointer), future);
            case WitType.ErrorContextType _ -> cx.liftErrorContext(cx.memory().readInt(pointer));
        };
    }

    private static WitValue loadPrimitive(LiftLowerContext cx, long pointer, WitType.Primitive primitive) {
        GuestMemory memory = cx.memory();
        return switch (primitive) {
            case BOOL -> bool(memory.readByte(pointer));
            case U8 -> integer(cx, memory.readByte(pointer) & 0xFFL);
            case S8 -> integer(cx, memory.readByte(pointer));
            case U16 -> integer(cx, memory.readShort(pointer) & 0xFFFFL);
            case S16 -> integer(cx, memory.readShort(pointer));
            case U32 -> integer(cx, memory.readInt(pointer) & 0xFFFF_FFFFL);
            case S32 -> integer(cx, memory.readInt(pointer));
            case U64, S64 -> integer(cx, memory.readLong(pointer));
            case F32 -> f32(cx, memory.readInt(pointer));
            case F64 -> f64(cx, memory.readLong(pointer));
            case CHAR -> character(cx, memory.readInt(pointer));
            case STRING ->
                Strings.loadStringFromRange(
                        cx,
                        loadInt(cx, pointer, Layout.POINTER_SIZE),
                        loadInt(cx, pointer + Layout.POINTER_SIZE, Layout.POINTER_SIZE));
        };
    }

    /// An unsigned number of 1, 2 or 4 bytes.
    static long loadInt(LiftLowerContext cx, long pointer, int bytes) {
        return switch (bytes) {
            case Byte.BYTES -> cx.memory().readByte(pointer) & 0xFFL;
            case Short.BYTES -> cx.memory().readShort(pointer) & 0xFFFFL;
            default -> cx.memory().readInt(pointer) & 0xFFFF_FFFFL;
        };
    }

    static WitValue bool(long bits) {
        return bits != 0 ? TRUE : FALSE;
    }

    static WitValue integer(LiftLowerContext cx, long value) {
        if (value >= SMALLEST && value < SMALLEST + SMALL_INTEGERS.length) {
            return SMALL_INTEGERS[(int) value - SMALLEST];
        }
        cx.charge(LiftLowerContext.VALUE_COST);
        return new WitValue.Int(value);
    }

    /// NaN is made canonical.
    static WitValue f32(LiftLowerContext cx, int bits) {
        cx.charge(LiftLowerContext.VALUE_COST);
        float value = Float.intBitsToFloat(bits);
        return new WitValue.F32(Float.isNaN(value) ? Float.NaN : value);
    }

    /// NaN is made canonical.
    static WitValue f64(LiftLowerContext cx, long bits) {
        cx.charge(LiftLowerContext.VALUE_COST);
        double value = Double.longBitsToDouble(bits);
        return new WitValue.F64(Double.isNaN(value) ? Double.NaN : value);
    }

    /// @spec CanonicalABI.md `convert_i32_to_char`
    static WitValue character(LiftLowerContext cx, int codePoint) {
        int scalar = JavaValues.liftChar(codePoint);
        cx.charge(LiftLowerContext.VALUE_COST);
        return new WitValue.Char(scalar);
    }

    private static WitValue loadList(LiftLowerContext cx, long pointer, WitType element) {
        long begin = loadInt(cx, pointer, Layout.POINTER_SIZE);
        long length = loadInt(cx, pointer + Layout.POINTER_SIZE, Layout.POINTER_SIZE);
        return loadListFromRange(cx, begin, length, element);
    }

    /// @spec CanonicalABI.md `load_list_from_range`
    static WitValue loadListFromRange(LiftLowerContext cx, long pointer, long length, WitType element) {
        requireList(cx, pointer, length, Layout.elemSize(element), Layout.alignment(element));
        return loadListFromValidRange(cx, pointer, (int) length, element);
    }

    /// @spec CanonicalABI.md `load_list_from_valid_range`
    static WitValue loadListFromValidRange(LiftLowerContext cx, long pointer, int length, WitType element) {
        if (element == WitType.Primitive.U8) {
            return new WitValue.Bytes(ByteString.adopt(loadBytes(cx, pointer, length)));
        }
        long elemSize = Layout.elemSize(element);
        WitValue[] elements = makeList(cx, length);
        for (int index = 0; index < elements.length; index++) {
            elements[index] = load(cx, pointer + index * elemSize, element);
        }
        return new WitValue.ListValue(List.of(elements));
    }

    private static WitValue loadMap(LiftLowerContext cx, long pointer, WitType.MapType type) {
        return Despecialize.map(loadList(cx, pointer, Despecialize.entry(type)));
    }

    static byte[] loadBytesFromRange(LiftLowerContext cx, long pointer, long length) {
        requireList(cx, pointer, length, 1, 1);
        return loadBytes(cx, pointer, (int) length);
    }

    private static byte[] loadBytes(LiftLowerContext cx, long pointer, int length) {
        cx.charge(LiftLowerContext.VALUE_COST + length);
        return cx.memory().read(pointer, length);
    }

    /// Checks where a list lies, and counts what it takes: room for its elements.
    static WitValue[] beginList(LiftLowerContext cx, long pointer, long length, long elemSize, int alignment) {
        requireList(cx, pointer, length, elemSize, alignment);
        return makeList(cx, (int) length);
    }

    static WitValue[] makeList(LiftLowerContext cx, int length) {
        cx.charge(LiftLowerContext.VALUE_COST + length * LiftLowerContext.REFERENCE_COST);
        return new WitValue[length];
    }

    private static void requireList(LiftLowerContext cx, long pointer, long length, long elemSize, int alignment) {
        long byteLength = Math.multiplyExact(length, elemSize);
        if (byteLength > CanonicalAbi.MAX_LIST_BYTE_LENGTH) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "list exceeds maximum byte size");
        }
        cx.requireListLength(byteLength);
        LiftLowerContext.requireAligned(pointer, alignment);
        if (!cx.inBounds(pointer, byteLength)) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "list content out-of-bounds");
        }
    }

    private static WitValue loadRecord(LiftLowerContext cx, long pointer, WitType type) {
        List<WitType> fields = Despecialize.fields(type);
        chargeFields(cx, fields.size());
        List<WitValue> values = new ArrayList<>(fields.size());
        long at = pointer;
        for (WitType field : fields) {
            at = Layout.alignTo(at, Layout.alignment(field));
            values.add(load(cx, at, field));
            at += Layout.elemSize(field);
        }
        return Despecialize.record(type, values);
    }

    static void chargeFields(LiftLowerContext cx, int fields) {
        cx.charge(2 * LiftLowerContext.VALUE_COST + fields * LiftLowerContext.REFERENCE_COST);
    }

    private static WitValue loadVariant(LiftLowerContext cx, long pointer, WitType type) {
        int caseCount = Despecialize.caseCount(type);
        int caseIndex = caseIndex(loadInt(cx, pointer, Layout.discriminantSize(caseCount)), caseCount);
        cx.charge(2 * LiftLowerContext.VALUE_COST);
        if (type instanceof WitType.EnumType) {
            return Despecialize.variant(type, caseIndex, Optional.empty());
        }
        List<Optional<WitType>> cases = Despecialize.cases(type);
        Optional<WitValue> payload =
                cases.get(caseIndex).map(each -> load(cx, pointer + Layout.payloadOffset(cases), each));
        return Despecialize.variant(type, caseIndex, payload);
    }

    static int caseIndex(long discriminant, int caseCount) {
        if (discriminant >= caseCount) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "invalid variant discriminant");
        }
        return (int) discriminant;
    }

    /// Bits beyond the last label are ignored.
    ///
    /// @spec CanonicalABI.md `unpack_flags_from_int`
    static WitValue unpackFlags(LiftLowerContext cx, long bits, List<String> labels) {
        cx.charge((2L + Long.bitCount(bits)) * 2 * LiftLowerContext.VALUE_COST);
        TreeSet<String> set = new TreeSet<>();
        for (int index = 0; index < labels.size(); index++) {
            if ((bits >> index & 1) != 0) {
                set.add(labels.get(index));
            }
        }
        return new WitValue.FlagsValue(set);
    }

    private Loading() {}
}
