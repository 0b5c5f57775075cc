package dev.wattle.host.engine.jvm.binary;

import dev.wattle.host.engine.jvm.binary.HeapType.Abstract;
import dev.wattle.host.engine.jvm.binary.ValueType.Number;
import dev.wattle.host.engine.jvm.binary.ValueType.Reference;
import java.util.List;
import java.util.Locale;

/// A value type as an int, so that validation allocates nothing for an instruction.
///
/// Numbers are 1 to 5, [#BOTTOM] fits wherever anything is wanted. A reference has bit 4, bit 5 when it may be null,
/// and its heap type above: an abstract one by its ordinal, [#HEAP_BOTTOM], or [#HEAP_DEFINED] plus a type index.
/// Types are equal when their ints are, once [TypeSection] has put the first index of equal types for all of them.
@SuppressWarnings("EnumOrdinal") // ordinals are array indices here and never leave the JVM
final class TypeCode {
    static final int BOTTOM = 0;
    static final int I32 = 1;
    static final int I64 = 2;
    static final int F32 = 3;
    static final int F64 = 4;
    static final int V128 = 5;

    static final int HEAP_BOTTOM = 6;
    static final int HEAP_DEFINED = 8;

    private static final int REFERENCE = 1 << 4;
    private static final int NULLABLE = 1 << 5;
    private static final int HEAP_SHIFT = 6;

    static final int NON_NULL_FUNCREF = reference(false, Abstract.FUNC.ordinal());
    static final int FUNCREF = reference(true, Abstract.FUNC.ordinal());
    static final int EXNREF = reference(true, Abstract.EXN.ordinal());
    static final int NON_NULL_EXNREF = reference(false, Abstract.EXN.ordinal());

    private static final Number[] NUMBERS = Number.values();
    private static final Abstract[] ABSTRACT = Abstract.values();

    /// By heap type and nullability, so that common references are one object.
    private static final Reference[] REFERENCES = references();

    private static final String GC = "garbage-collected types (gc) are";

    private TypeCode() {}

    static int of(Number type) {
        return type.ordinal() + 1;
    }

    static int reference(boolean nullable, int heap) {
        return REFERENCE | (nullable ? NULLABLE : 0) | heap << HEAP_SHIFT;
    }

    static boolean isReference(int code) {
        return (code & REFERENCE) != 0;
    }

    static boolean isNullable(int code) {
        return (code & NULLABLE) != 0;
    }

    static boolean isDefaultable(int code) {
        return !isReference(code) || isNullable(code);
    }

    static int nonNull(int code) {
        return code & ~NULLABLE;
    }

    static int nullable(int code) {
        return code | NULLABLE;
    }

    static int heap(int code) {
        return code >>> HEAP_SHIFT;
    }

    /// Whether a value of type `actual` may stand where `expected` is wanted.
    ///
    /// @spec core validation, matching
    static boolean matches(int actual, int expected) {
        if (actual == expected || actual == BOTTOM) {
            return true;
        }
        return isReference(actual)
                && isReference(expected)
                && (!isNullable(actual) || isNullable(expected))
                && heapMatches(heap(actual), heap(expected));
    }

    private static boolean heapMatches(int actual, int expected) {
        if (actual == expected || actual == HEAP_BOTTOM) {
            return true;
        }
        if (actual >= HEAP_DEFINED) {
            return expected == Abstract.FUNC.ordinal();
        }
        return switch (ABSTRACT[actual]) {
            case NOFUNC -> expected >= HEAP_DEFINED || expected == Abstract.FUNC.ordinal();
            case NOEXTERN -> expected == Abstract.EXTERN.ordinal();
            case NOEXN -> expected == Abstract.EXN.ordinal();
            case FUNC, EXTERN, EXN -> false;
        };
    }

    /// Reads a value type whose type indices are below `types`.
    ///
    /// @spec core binary format, `valtype`
    static int read(Input input, int types) {
        int at = input.position();
        int first = input.u8();
        return switch (first) {
            case 0x7F -> I32;
            case 0x7E -> I64;
            case 0x7D -> F32;
            case 0x7C -> F64;
            case 0x7B -> V128;
            case 0x64 -> reference(false, readHeap(input, types));
            case 0x63 -> reference(true, readHeap(input, types));
            default -> reference(true, abstractHeap(first, at, "malformed value type"));
        };
    }

    /// Reads a reference type.
    ///
    /// @spec core binary format, `reftype`
    static int readReference(Input input, int types) {
        int at = input.position();
        int code = read(input, types);
        if (!isReference(code)) {
            throw Input.malformed("malformed reference type", at);
        }
        return code;
    }

    /// Whether a byte can start a value type.
    static boolean startsValueType(int first) {
        return first > 0x40 && first < 0x80;
    }

    /// Reads a heap type.
    ///
    /// @spec core binary format, `heaptype`
    static int readHeap(Input input, int types) {
        int at = input.position();
        int first = input.peek();
        if (first >= 0x40 && first < 0x80) {
            input.skip(1);
            return abstractHeap(first, at, "malformed heap type");
        }
        long index = input.s33();
        if (index < 0) {
            throw Input.malformed("malformed heap type", at);
        }
        if (index >= types) {
            throw Input.invalid("unknown type " + index, at);
        }
        return HEAP_DEFINED + (int) index;
    }

    private static int abstractHeap(int first, int at, String rule) {
        return switch (first) {
            case 0x70 -> Abstract.FUNC.ordinal();
            case 0x73 -> Abstract.NOFUNC.ordinal();
            case 0x6F -> Abstract.EXTERN.ordinal();
            case 0x72 -> Abstract.NOEXTERN.ordinal();
            case 0x69 -> Abstract.EXN.ordinal();
            case 0x74 -> Abstract.NOEXN.ordinal();
            case 0x71, 0x6E, 0x6D, 0x6C, 0x6B, 0x6A -> throw Input.unsupported(GC, at);
            default -> throw Input.malformed(rule, at);
        };
    }

    /// The type that it stands for.
    static ValueType model(int code, List<DefinedType> types) {
        if (!isReference(code)) {
            return NUMBERS[code - 1];
        }
        int heap = heap(code);
        return heap < HEAP_DEFINED
                ? REFERENCES[heap * 2 + (isNullable(code) ? 1 : 0)]
                : new Reference(isNullable(code), modelHeap(heap, types));
    }

    static HeapType modelHeap(int heap, List<DefinedType> types) {
        return heap < HEAP_DEFINED ? ABSTRACT[heap] : new HeapType.Defined(types.get(heap - HEAP_DEFINED));
    }

    /// For messages, in the words of the text format.
    static String text(int code) {
        if (code == BOTTOM) {
            return "any value";
        }
        if (!isReference(code)) {
            return NUMBERS[code - 1].name().toLowerCase(Locale.ROOT);
        }
        return (isNullable(code) ? "(ref null " : "(ref ") + heapText(heap(code)) + ")";
    }

    private static String heapText(int heap) {
        if (heap == HEAP_BOTTOM) {
            return "bot";
        }
        return heap < HEAP_DEFINED
                ? ABSTRACT[heap].name().toLowerCase(Locale.ROOT)
                : Integer.toString(heap - HEAP_DEFINED);
    }

    private static Reference[] references() {
        Reference[] references = new Reference[2 * ABSTRACT.length];
        for (Abstract heap : ABSTRACT) {
            references[2 * heap.ordinal()] = new Reference(false, heap);
            references[2 * heap.ordinal() + 1] = new Reference(true, heap);
        }
        return references;
    }
}
