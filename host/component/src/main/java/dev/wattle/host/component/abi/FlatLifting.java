package dev.wattle.host.component.abi;

import dev.wattle.host.engine.CoreType;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Lifts values out of flat core values, and out of memory where those point to it.
///
/// @spec CanonicalABI.md `lift_flat`, `lift_flat_values`
final class FlatLifting {
    /// @param spilled do the values lie in memory, in a tuple that the only flat value points to?
    static List<WitValue> liftFlatValues(
            LiftLowerContext cx, boolean spilled, CoreValueIter values, List<WitType> types) {
        if (!spilled) {
            List<WitValue> lifted = new ArrayList<>(types.size());
            for (WitType type : types) {
                lifted.add(liftFlat(cx, values, type));
            }
            return lifted;
        }
        WitType tuple = new WitType.TupleType(types);
        long pointer = values.nextPointer();
        LiftLowerContext.requireAligned(pointer, Layout.alignment(tuple));
        cx.requireInBounds(pointer, Layout.elemSize(tuple));
        return ((WitValue.TupleValue) Loading.load(cx, pointer, tuple)).elements();
    }

    static WitValue liftFlat(LiftLowerContext cx, CoreValueIter values, WitType type) {
        return switch (type) {
            case WitType.Primitive primitive -> liftFlatPrimitive(cx, values, primitive);
            case WitType.ListType(var element) ->
                Loading.loadListFromRange(cx, values.nextPointer(), values.nextPointer(), element);
            case WitType.FixedListType(var element, int length) -> liftFlatFixedList(cx, values, element, length);
            case WitType.MapType map ->
                Despecialize.map(Loading.loadListFromRange(
                        cx, values.nextPointer(), values.nextPointer(), Despecialize.entry(map)));
            case WitType.RecordType _, WitType.TupleType _ -> liftFlatRecord(cx, values, type);
            case WitType.VariantType _, WitType.EnumType _, WitType.OptionType _, WitType.ResultType _ ->
                liftFlatVariant(cx, values, type);
            case WitType.FlagsType(var labels) -> Loading.unpackFlags(cx, values.next(CoreType.Value.I32), labels);
            case WitType.OwnType own -> cx.liftOwn((int) values.next(CoreType.Value.I32), own.resource());
            case WitType.BorrowType borrow -> cx.liftBorrow((int) values.next(CoreType.Value.I32), borrow.resource());
            case WitType.StreamType stream -> cx.liftStream((int) values.next(CoreType.Value.I32), stream);
            case WitType.FutureType future -> cx.liftFuture((int) values.next(CoreType.Value.I32), future);
            case WitType.ErrorContextType _ -> cx.liftErrorContext((int) values.next(CoreType.Value.I32));
        };
    }

    private static WitValue liftFlatPrimitive(LiftLowerContext cx, CoreValueIter values, WitType.Primitive primitive) {
        return switch (primitive) {
            case BOOL -> Loading.bool(values.next(CoreType.Value.I32));
            case U8 -> Loading.integer(cx, values.next(CoreType.Value.I32) & 0xFF);
            case U16 -> Loading.integer(cx, values.next(CoreType.Value.I32) & 0xFFFF);
            case U32 -> Loading.integer(cx, values.next(CoreType.Value.I32));
            case S8 -> Loading.integer(cx, (byte) values.next(CoreType.Value.I32));
            case S16 -> Loading.integer(cx, (short) values.next(CoreType.Value.I32));
            case S32 -> Loading.integer(cx, signExtend(values.next(CoreType.Value.I32)));
            case U64, S64 -> Loading.integer(cx, values.next(CoreType.Value.I64));
            case F32 -> Loading.f32(cx, (int) values.next(CoreType.Value.F32));
            case F64 -> Loading.f64(cx, values.next(CoreType.Value.F64));
            case CHAR -> Loading.character(cx, (int) values.next(CoreType.Value.I32));
            case STRING -> Strings.loadStringFromRange(cx, values.nextPointer(), values.nextPointer());
        };
    }

    private static long signExtend(long low32Bits) {
        return low32Bits << Integer.SIZE >> Integer.SIZE;
    }

    private static WitValue liftFlatRecord(LiftLowerContext cx, CoreValueIter values, WitType type) {
        List<WitType> fields = Despecialize.fields(type);
        Loading.chargeFields(cx, fields.size());
        List<WitValue> lifted = new ArrayList<>(fields.size());
        for (WitType field : fields) {
            lifted.add(liftFlat(cx, values, field));
        }
        return Despecialize.record(type, lifted);
    }

    private static WitValue liftFlatFixedList(LiftLowerContext cx, CoreValueIter values, WitType element, int length) {
        Loading.chargeFields(cx, length);
        List<WitValue> lifted = new ArrayList<>(length);
        for (int index = 0; index < length; index++) {
            lifted.add(liftFlat(cx, values, element));
        }
        return Despecialize.list(element, lifted);
    }

    private static WitValue liftFlatVariant(LiftLowerContext cx, CoreValueIter values, WitType type) {
        int end = values.position() + Flattening.flattenType(type).size();
        int caseIndex = Loading.caseIndex(values.next(CoreType.Value.I32), Despecialize.caseCount(type));
        cx.charge(2 * LiftLowerContext.VALUE_COST);
        Optional<WitValue> payload = Despecialize.cases(type).get(caseIndex).map(each -> liftFlat(cx, values, each));
        values.skipTo(end);
        return Despecialize.variant(type, caseIndex, payload);
    }

    private FlatLifting() {}
}
