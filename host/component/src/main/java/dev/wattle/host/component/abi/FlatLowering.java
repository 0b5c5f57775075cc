package dev.wattle.host.component.abi;

import dev.wattle.wit.WitType;
import dev.wattle.wit.WitValue;
import java.util.List;
import java.util.Optional;

/// Lowers values to flat core values, and into memory where those point to it.
///
/// @spec CanonicalABI.md `lower_flat`, `lower_flat_values`
final class FlatLowering {
    /// The flat values; spilled values lie in memory that the guest made room for, and the only flat value
    /// points to it.
    static long[] lowerFlatValues(LiftLowerContext cx, boolean spilled, List<WitValue> values, List<WitType> types) {
        if (!spilled) {
            FlatValues flat = new FlatValues();
            for (int index = 0; index < types.size(); index++) {
                lowerFlat(cx, values.get(index), types.get(index), flat);
            }
            return flat.toArray();
        }
        WitType tuple = new WitType.TupleType(types);
        long pointer = cx.allocate(Layout.alignment(tuple), Layout.elemSize(tuple));
        Storing.store(cx, new WitValue.TupleValue(values), tuple, pointer);
        return new long[] {pointer};
    }

    /// Lowers values into the memory that the caller made room for.
    static void lowerSpilled(LiftLowerContext cx, List<WitValue> values, List<WitType> types, long outPointer) {
        WitType tuple = new WitType.TupleType(types);
        LiftLowerContext.requireAligned(outPointer, Layout.alignment(tuple));
        cx.requireInBounds(outPointer, Layout.elemSize(tuple));
        Storing.store(cx, new WitValue.TupleValue(values), tuple, outPointer);
    }

    static void lowerFlat(LiftLowerContext cx, WitValue value, WitType type, FlatValues flat) {
        switch (type) {
            case WitType.Primitive primitive -> lowerFlatPrimitive(cx, value, primitive, flat);
            case WitType.ListType(var element) -> addRange(flat, Storing.storeListIntoRange(cx, value, element));
            case WitType.FixedListType(var element, int _) -> {
                for (WitValue each : Despecialize.elements(value)) {
                    lowerFlat(cx, each, element, flat);
                }
            }
            case WitType.MapType map ->
                addRange(flat, Storing.storeListIntoRange(cx, Despecialize.entries(value), Despecialize.entry(map)));
            case WitType.RecordType _, WitType.TupleType _ -> lowerFlatRecord(cx, value, type, flat);
            case WitType.VariantType _, WitType.EnumType _, WitType.OptionType _, WitType.ResultType _ ->
                lowerFlatVariant(cx, value, type, flat);
            case WitType.FlagsType(var labels) -> flat.add32(Storing.packFlags(value, labels));
            case WitType.OwnType own -> flat.add32(cx.lowerOwn(value, own.resource()));
            case WitType.BorrowType borrow -> flat.add32(cx.lowerBorrow(value, borrow.resource()));
            case WitType.StreamType _ -> flat.add32(cx.lowerStream(value));
            case WitType.FutureType _ -> flat.add32(cx.lowerFuture(value));
            case WitType.ErrorContextType _ -> flat.add32(cx.lowerErrorContext(value));
        }
    }

    private static void lowerFlatPrimitive(
            LiftLowerContext cx, WitValue value, WitType.Primitive primitive, FlatValues flat) {
        switch (primitive) {
            case BOOL -> flat.add32(((WitValue.Bool) value).value() ? 1 : 0);
            case S8, U8, S16, U16, S32, U32 -> flat.add32(((WitValue.Int) value).value());
            case S64, U64 -> flat.add(((WitValue.Int) value).value());
            case F32 -> flat.add32(Float.floatToIntBits(((WitValue.F32) value).value()));
            case F64 -> flat.add(Double.doubleToLongBits(((WitValue.F64) value).value()));
            case CHAR -> flat.add32(((WitValue.Char) value).codePoint());
            case STRING -> addRange(flat, StringLowering.storeStringIntoRange(cx, ((WitValue.Text) value).value()));
        }
    }

    private static void addRange(FlatValues flat, Strings.Range range) {
        flat.add32(range.pointer());
        flat.add32(range.taggedCodeUnits());
    }

    private static void lowerFlatRecord(LiftLowerContext cx, WitValue value, WitType type, FlatValues flat) {
        List<WitType> fields = Despecialize.fields(type);
        List<WitValue> values = Despecialize.fieldValues(value);
        for (int index = 0; index < fields.size(); index++) {
            lowerFlat(cx, values.get(index), fields.get(index), flat);
        }
    }

    private static void lowerFlatVariant(LiftLowerContext cx, WitValue value, WitType type, FlatValues flat) {
        int end = flat.size() + Flattening.flattenType(type).size();
        int caseIndex = Despecialize.caseIndex(type, value);
        flat.add32(caseIndex);
        Optional<WitValue> payload = Despecialize.payload(value);
        if (payload.isPresent()) {
            WitType payloadType = Despecialize.cases(type).get(caseIndex).orElseThrow();
            lowerFlat(cx, payload.get(), payloadType, flat);
        }
        flat.padTo(end);
    }

    private FlatLowering() {}
}
