package dev.wattle.host.component.abi;

import dev.wattle.host.engine.CoreType;
import dev.wattle.wit.WitType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which core values a type becomes.
///
/// A list that grows beyond [#ENOUGH] is cut off there: nobody looks further, and a type may have millions of
/// leaves.
///
/// @spec CanonicalABI.md `flatten_type`
final class Flattening {
    /// One more than any limit on flat values: a list this long is spilled to memory.
    static final int ENOUGH = CanonicalAbi.MAX_FLAT_PARAMS + 1;

    static List<CoreType.Value> flattenTypes(List<WitType> types) {
        List<CoreType.Value> flat = new ArrayList<>();
        for (WitType type : types) {
            if (flat.size() >= ENOUGH) {
                break;
            }
            flat.addAll(flattenType(type));
        }
        return flat;
    }

    static List<CoreType.Value> flattenType(WitType type) {
        return switch (type) {
            case WitType.Primitive primitive -> flattenPrimitive(primitive);
            case WitType.ListType _, WitType.MapType _ -> List.of(CoreType.Value.I32, CoreType.Value.I32);
            case WitType.RecordType _, WitType.TupleType _ -> flattenTypes(Despecialize.fields(type));
            case WitType.FixedListType(var element, int length) ->
                flattenTypes(java.util.Collections.nCopies(Math.min(length, ENOUGH), element));
            case WitType.VariantType _, WitType.OptionType _, WitType.ResultType _ ->
                flattenVariant(Despecialize.cases(type));
            case WitType.EnumType _, WitType.FlagsType _ -> List.of(CoreType.Value.I32);
            case WitType.OwnType _,
                    WitType.BorrowType _,
                    WitType.StreamType _,
                    WitType.FutureType _,
                    WitType.ErrorContextType _ -> List.of(CoreType.Value.I32);
        };
    }

    private static List<CoreType.Value> flattenPrimitive(WitType.Primitive primitive) {
        return switch (primitive) {
            case BOOL, S8, U8, S16, U16, S32, U32, CHAR -> List.of(CoreType.Value.I32);
            case S64, U64 -> List.of(CoreType.Value.I64);
            case F32 -> List.of(CoreType.Value.F32);
            case F64 -> List.of(CoreType.Value.F64);
            case STRING -> List.of(CoreType.Value.I32, CoreType.Value.I32);
        };
    }

    private static List<CoreType.Value> flattenVariant(List<Optional<WitType>> cases) {
        List<CoreType.Value> flat = new ArrayList<>();
        flat.add(CoreType.Value.I32);
        for (Optional<WitType> payload : cases) {
            if (payload.isPresent()) {
                joinInto(flat, flattenType(payload.get()));
            }
        }
        return flat;
    }

    private static void joinInto(List<CoreType.Value> flat, List<CoreType.Value> payload) {
        for (int index = 0; index < payload.size(); index++) {
            if (index + 1 < flat.size()) {
                flat.set(index + 1, join(flat.get(index + 1), payload.get(index)));
            } else {
                flat.add(payload.get(index));
            }
        }
    }

    /// The core type that holds the bits of both.
    static CoreType.Value join(CoreType.Value a, CoreType.Value b) {
        if (a == b) {
            return a;
        }
        return is32Bits(a) && is32Bits(b) ? CoreType.Value.I32 : CoreType.Value.I64;
    }

    private static boolean is32Bits(CoreType.Value value) {
        return value == CoreType.Value.I32 || value == CoreType.Value.F32;
    }

    private Flattening() {}
}
