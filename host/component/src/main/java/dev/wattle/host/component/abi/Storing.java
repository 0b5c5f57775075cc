package dev.wattle.host.component.abi;

import dev.wattle.host.engine.GuestMemory;
import dev.wattle.wit.ByteString;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitValue;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/// Lowers values into linear memory. The values fit their types: that is checked where they come from.
///
/// @spec CanonicalABI.md `store`
final class Storing {
    static void store(LiftLowerContext cx, WitValue value, WitType type, long pointer) {
        switch (type) {
            case WitType.Primitive primitive -> storePrimitive(cx, value, primitive, pointer);
            case WitType.ListType(var element) -> {
                Strings.Range range = storeListIntoRange(cx, value, element);
                storeRange(cx, range, pointer);
            }
            case WitType.FixedListType(var element, int _) -> storeListIntoValidRange(cx, value, element, pointer);
            case WitType.MapType map ->
                storeRange(cx, storeListIntoRange(cx, Despecialize.entries(value), Despecialize.entry(map)), pointer);
            case WitType.RecordType _, WitType.TupleType _ -> storeRecord(cx, value, type, pointer);
            case WitType.VariantType _, WitType.EnumType _, WitType.OptionType _, WitType.ResultType _ ->
                storeVariant(cx, value, type, pointer);
            case WitType.FlagsType(var labels) ->
                storeInt(cx, packFlags(value, labels), pointer, Layout.flagsSize(labels.size()));
            case WitType.OwnType own -> cx.memory().writeInt(pointer, cx.lowerOwn(value, own.resource()));
            case WitType.BorrowType borrow -> cx.memory().writeInt(pointer, cx.lowerBorrow(value, borrow.resource()));
            case WitType.StreamType _ -> cx.memory().writeInt(pointer, cx.lowerStream(value));
            case WitType.FutureType _ -> cx.memory().writeInt(pointer, cx.lowerFuture(value));
            case WitType.ErrorContextType _ -> cx.memory().writeInt(pointer, cx.lowerErrorContext(value));
        }
    }

    private static void storePrimitive(LiftLowerContext cx, WitValue value, WitType.Primitive primitive, long pointer) {
        GuestMemory memory = cx.memory();
        switch (primitive) {
            case BOOL -> memory.writeByte(pointer, (byte) (((WitValue.Bool) value).value() ? 1 : 0));
            case U8, S8 -> memory.writeByte(pointer, (byte) ((WitValue.Int) value).value());
            case U16, S16 -> memory.writeShort(pointer, (short) ((WitValue.Int) value).value());
            case U32, S32 -> memory.writeInt(pointer, (int) ((WitValue.Int) value).value());
            case U64, S64 -> memory.writeLong(pointer, ((WitValue.Int) value).value());
            case F32 -> memory.writeInt(pointer, Float.floatToIntBits(((WitValue.F32) value).value()));
            case F64 -> memory.writeLong(pointer, Double.doubleToLongBits(((WitValue.F64) value).value()));
            case CHAR -> memory.writeInt(pointer, ((WitValue.Char) value).codePoint());
            case STRING ->
                storeRange(cx, StringLowering.storeStringIntoRange(cx, ((WitValue.Text) value).value()), pointer);
        }
    }

    private static void storeInt(LiftLowerContext cx, int value, long pointer, int bytes) {
        switch (bytes) {
            case Byte.BYTES -> cx.memory().writeByte(pointer, (byte) value);
            case Short.BYTES -> cx.memory().writeShort(pointer, (short) value);
            default -> cx.memory().writeInt(pointer, value);
        }
    }

    private static void storeRange(LiftLowerContext cx, Strings.Range range, long pointer) {
        cx.memory().writeInt(pointer, (int) range.pointer());
        cx.memory().writeInt(pointer + Layout.POINTER_SIZE, (int) range.taggedCodeUnits());
    }

    /// @spec CanonicalABI.md `store_list_into_range`
    static Strings.Range storeListIntoRange(LiftLowerContext cx, WitValue value, WitType element) {
        if (value instanceof WitValue.Bytes(var bytes)) {
            return new Strings.Range(storeBytes(cx, bytes), bytes.size());
        }
        int length = ((WitValue.ListValue) value).elements().size();
        long pointer = allocateList(cx, length, Layout.elemSize(element), Layout.alignment(element));
        storeListIntoValidRange(cx, value, element, pointer);
        return new Strings.Range(pointer, length);
    }

    /// @spec CanonicalABI.md `store_list_into_valid_range`
    static void storeListIntoValidRange(LiftLowerContext cx, WitValue value, WitType element, long pointer) {
        if (value instanceof WitValue.Bytes(var bytes)) {
            write(cx, bytes, pointer);
            return;
        }
        long elemSize = Layout.elemSize(element);
        long at = pointer;
        for (WitValue each : ((WitValue.ListValue) value).elements()) {
            store(cx, each, element, at);
            at += elemSize;
        }
    }

    static long storeBytes(LiftLowerContext cx, ByteString bytes) {
        long pointer = allocateList(cx, bytes.size(), 1, 1);
        write(cx, bytes, pointer);
        return pointer;
    }

    static void write(LiftLowerContext cx, ByteString bytes, long pointer) {
        bytes.show((array, offset, length) -> cx.memory().write(pointer, array, offset, length));
    }

    static long storeBytes(LiftLowerContext cx, byte[] bytes) {
        long pointer = allocateList(cx, bytes.length, 1, 1);
        cx.memory().write(pointer, bytes, 0, bytes.length);
        return pointer;
    }

    /// Has the guest make room for the elements of a list.
    static long allocateList(LiftLowerContext cx, int length, long elemSize, int alignment) {
        long byteLength = Math.multiplyExact(length, elemSize);
        cx.requireListLength(byteLength);
        return cx.allocate(alignment, byteLength);
    }

    private static void storeRecord(LiftLowerContext cx, WitValue value, WitType type, long pointer) {
        List<WitType> fields = Despecialize.fields(type);
        List<WitValue> values = Despecialize.fieldValues(value);
        long at = pointer;
        for (int index = 0; index < fields.size(); index++) {
            WitType field = fields.get(index);
            at = Layout.alignTo(at, Layout.alignment(field));
            store(cx, values.get(index), field, at);
            at += Layout.elemSize(field);
        }
    }

    private static void storeVariant(LiftLowerContext cx, WitValue value, WitType type, long pointer) {
        int caseIndex = Despecialize.caseIndex(type, value);
        storeInt(cx, caseIndex, pointer, Layout.discriminantSize(Despecialize.caseCount(type)));
        Optional<WitValue> payload = Despecialize.payload(value);
        if (payload.isPresent()) {
            List<Optional<WitType>> cases = Despecialize.cases(type);
            store(cx, payload.get(), cases.get(caseIndex).orElseThrow(), pointer + Layout.payloadOffset(cases));
        }
    }

    /// @spec CanonicalABI.md `pack_flags_into_int`
    static int packFlags(WitValue value, List<String> labels) {
        SortedSet<String> set = ((WitValue.FlagsValue) value).labels();
        int bits = 0;
        for (int index = 0; index < labels.size(); index++) {
            if (set.contains(labels.get(index))) {
                bits |= 1 << index;
            }
        }
        return bits;
    }

    private Storing() {}
}
