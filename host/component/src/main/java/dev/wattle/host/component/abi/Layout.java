package dev.wattle.host.component.abi;

import dev.wattle.wit.WitType;
import java.util.List;
import java.util.Optional;

/// Where a type's parts lie in memory. Pointers have 32 bits.
///
/// Tuples, enums, options and results are laid out as the records and variants that they despecialize to.
///
/// @spec CanonicalABI.md `alignment`, `elem_size`
final class Layout {
    static final int POINTER_SIZE = 4;

    static int alignment(WitType type) {
        return switch (type) {
            case WitType.Primitive primitive -> alignmentPrimitive(primitive);
            case WitType.ListType _, WitType.MapType _ -> POINTER_SIZE;
            case WitType.FixedListType(var element, int _) -> alignment(element);
            case WitType.RecordType _, WitType.TupleType _ -> alignmentRecord(Despecialize.fields(type));
            case WitType.EnumType(var cases) -> discriminantSize(cases.size());
            case WitType.VariantType _, WitType.OptionType _, WitType.ResultType _ ->
                alignmentVariant(Despecialize.cases(type));
            case WitType.FlagsType(var labels) -> flagsSize(labels.size());
            case WitType.OwnType _,
                    WitType.BorrowType _,
                    WitType.StreamType _,
                    WitType.FutureType _,
                    WitType.ErrorContextType _ -> Integer.BYTES;
        };
    }

    private static int alignmentPrimitive(WitType.Primitive primitive) {
        return primitive == WitType.Primitive.STRING ? POINTER_SIZE : (int) elemSizePrimitive(primitive);
    }

    private static int alignmentRecord(List<WitType> fields) {
        int alignment = 1;
        for (WitType field : fields) {
            alignment = Math.max(alignment, alignment(field));
        }
        return alignment;
    }

    private static int alignmentVariant(List<Optional<WitType>> cases) {
        return Math.max(discriminantSize(cases.size()), maxCaseAlignment(cases));
    }

    static int maxCaseAlignment(List<Optional<WitType>> cases) {
        int alignment = 1;
        for (Optional<WitType> payload : cases) {
            if (payload.isPresent()) {
                alignment = Math.max(alignment, alignment(payload.get()));
            }
        }
        return alignment;
    }

    /// The bytes that hold the number of a case.
    static int discriminantSize(int cases) {
        if (cases <= 1 << Byte.SIZE) {
            return Byte.BYTES;
        }
        return cases <= 1 << Short.SIZE ? Short.BYTES : Integer.BYTES;
    }

    static int flagsSize(int labels) {
        if (labels <= Byte.SIZE) {
            return Byte.BYTES;
        }
        return labels <= Short.SIZE ? Short.BYTES : Integer.BYTES;
    }

    static long elemSize(WitType type) {
        return switch (type) {
            case WitType.Primitive primitive -> elemSizePrimitive(primitive);
            case WitType.ListType _, WitType.MapType _ -> 2 * POINTER_SIZE;
            case WitType.FixedListType(var element, int length) -> Math.multiplyExact(elemSize(element), (long) length);
            case WitType.RecordType _, WitType.TupleType _ -> elemSizeRecord(Despecialize.fields(type));
            case WitType.EnumType(var cases) -> discriminantSize(cases.size());
            case WitType.VariantType _, WitType.OptionType _, WitType.ResultType _ ->
                elemSizeVariant(Despecialize.cases(type));
            case WitType.FlagsType(var labels) -> flagsSize(labels.size());
            case WitType.OwnType _,
                    WitType.BorrowType _,
                    WitType.StreamType _,
                    WitType.FutureType _,
                    WitType.ErrorContextType _ -> Integer.BYTES;
        };
    }

    private static long elemSizePrimitive(WitType.Primitive primitive) {
        return switch (primitive) {
            case BOOL, S8, U8 -> Byte.BYTES;
            case S16, U16 -> Short.BYTES;
            case S32, U32, F32, CHAR -> Integer.BYTES;
            case S64, U64, F64 -> Long.BYTES;
            case STRING -> 2 * POINTER_SIZE;
        };
    }

    private static long elemSizeRecord(List<WitType> fields) {
        long size = 0;
        int recordAlignment = 1;
        for (WitType field : fields) {
            int alignment = alignment(field);
            recordAlignment = Math.max(recordAlignment, alignment);
            size = Math.addExact(alignTo(size, alignment), elemSize(field));
        }
        return alignTo(size, recordAlignment);
    }

    private static long elemSizeVariant(List<Optional<WitType>> cases) {
        long payloadSize = 0;
        for (Optional<WitType> payload : cases) {
            if (payload.isPresent()) {
                payloadSize = Math.max(payloadSize, elemSize(payload.get()));
            }
        }
        return alignTo(Math.addExact(payloadOffset(cases), payloadSize), alignmentVariant(cases));
    }

    /// How far a case's payload lies behind the variant's begin.
    static long payloadOffset(List<Optional<WitType>> cases) {
        return alignTo(discriminantSize(cases.size()), maxCaseAlignment(cases));
    }

    /// The next multiple of `alignment`, a power of two.
    static long alignTo(long pointer, int alignment) {
        return (pointer + alignment - 1) & -alignment;
    }

    private Layout() {}
}
