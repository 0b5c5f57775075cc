package dev.wattle.host.component.binary;

import dev.wattle.wit.WitType.Primitive;
import java.util.List;

/// How many bytes a value of some type has as a list's element where pointers have 64 bits: validation bounds
/// it, whatever memory the type will be used with. Known from the sizes of the parts, without a walk through
/// the type.
///
/// @spec CanonicalABI.md "Element Size"
record ElementSize(long bytes, int alignment) {
    /// The largest that is valid: one less than 2²⁸.
    static final long MAX_BYTES = (1L << 28) - 1;

    /// A string, list or map: two pointers.
    static final ElementSize POINTERS = new ElementSize(2 * Long.BYTES, Long.BYTES);

    /// A handle of any kind.
    static final ElementSize HANDLE = new ElementSize(Integer.BYTES, Integer.BYTES);

    static ElementSize of(Primitive primitive) {
        return switch (primitive) {
            case BOOL, S8, U8 -> new ElementSize(1, 1);
            case S16, U16 -> new ElementSize(Short.BYTES, Short.BYTES);
            case S32, U32, F32, CHAR -> new ElementSize(Integer.BYTES, Integer.BYTES);
            case S64, U64, F64 -> new ElementSize(Long.BYTES, Long.BYTES);
            case STRING -> POINTERS;
        };
    }

    static ElementSize flags(int labels) {
        int bytes = labels <= Byte.SIZE ? 1 : labels <= Short.SIZE ? Short.BYTES : Integer.BYTES;
        return new ElementSize(bytes, bytes);
    }

    /// @param length unsigned, of 32 bits
    static ElementSize fixedList(ElementSize element, long length) {
        return new ElementSize(element.bytes * length, element.alignment);
    }

    static ElementSize record(List<ElementSize> fields) {
        long bytes = 0;
        int alignment = 1;
        for (ElementSize field : fields) {
            bytes = align(bytes, field.alignment) + field.bytes;
            alignment = Math.max(alignment, field.alignment);
        }
        return new ElementSize(align(bytes, alignment), alignment);
    }

    /// @param payloads of those cases that have one
    static ElementSize variant(int cases, List<ElementSize> payloads) {
        int discriminant = discriminant(cases);
        long payload = 0;
        int payloadAlignment = 1;
        for (ElementSize one : payloads) {
            payload = Math.max(payload, one.bytes);
            payloadAlignment = Math.max(payloadAlignment, one.alignment);
        }
        int alignment = Math.max(discriminant, payloadAlignment);
        return new ElementSize(align(align(discriminant, payloadAlignment) + payload, alignment), alignment);
    }

    private static int discriminant(int cases) {
        return cases <= 1 << Byte.SIZE ? 1 : cases <= 1 << Short.SIZE ? Short.BYTES : Integer.BYTES;
    }

    private static long align(long bytes, int alignment) {
        return (bytes + alignment - 1) / alignment * alignment;
    }
}
