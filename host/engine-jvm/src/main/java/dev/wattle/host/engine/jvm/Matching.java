package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.jvm.binary.HeapType;
import dev.wattle.host.engine.jvm.binary.ValueType;
import java.util.OptionalLong;

/// Whether what is given may stand where something is wanted.
///
/// @spec core validation, matching
final class Matching {
    private Matching() {}

    /// Of value types: may a value of type `actual` be read as `wanted`?
    static boolean matches(ValueType actual, ValueType wanted) {
        return actual.equals(wanted)
                || (actual instanceof ValueType.Reference found
                        && wanted instanceof ValueType.Reference expected
                        && (expected.nullable() || !found.nullable())
                        && matches(found.heap(), expected.heap()));
    }

    private static boolean matches(HeapType actual, HeapType wanted) {
        if (actual.equals(wanted)) {
            return true;
        }
        return switch (actual) {
            case HeapType.Defined _ -> wanted == HeapType.Abstract.FUNC;
            case HeapType.Abstract heap ->
                switch (heap) {
                    case NOFUNC -> wanted == HeapType.Abstract.FUNC || wanted instanceof HeapType.Defined;
                    case NOEXTERN -> wanted == HeapType.Abstract.EXTERN;
                    case NOEXN -> wanted == HeapType.Abstract.EXN;
                    case FUNC, EXTERN, EXN -> false;
                };
        };
    }

    /// Of limits: is what is there within what is wanted?
    static boolean within(long minimum, OptionalLong maximum, long wantedMinimum, OptionalLong wantedMaximum) {
        boolean bounded =
                wantedMaximum.isEmpty() || (maximum.isPresent() && maximum.getAsLong() <= wantedMaximum.getAsLong());
        return minimum >= wantedMinimum && bounded;
    }
}
