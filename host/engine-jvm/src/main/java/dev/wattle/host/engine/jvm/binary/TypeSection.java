package dev.wattle.host.engine.jvm.binary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The types of a module: read group by group, each told apart from others by its structure.
///
/// Two indices of equal types share one [DefinedType], and [TypeCode]s mention only the first of them.
///
/// @spec core binary format, type section; validation, recursive types
final class TypeSection {
    private static final int FUNCTION = 0x60;
    private static final int STRUCT = 0x5F;
    private static final int ARRAY = 0x5E;
    private static final int SUB = 0x50;
    private static final int SUB_FINAL = 0x4F;
    private static final int RECURSIVE = 0x4E;

    private static final int[] NONE = {};

    private final ModuleLimits limits;
    private final List<DefinedType> types = new ArrayList<>();
    private final List<int[]> parameters = new ArrayList<>();
    private final List<int[]> results = new ArrayList<>();
    private final IntList first = new IntList();
    private final Map<String, Integer> known = new HashMap<>();
    private long values;

    TypeSection(ModuleLimits limits) {
        this.limits = limits;
    }

    int size() {
        return types.size();
    }

    List<DefinedType> types() {
        return types;
    }

    int[] parameters(int type) {
        return parameters.get(type);
    }

    int[] results(int type) {
        return results.get(type);
    }

    /// The reference, never null, to a function of this type.
    int reference(int type) {
        return TypeCode.reference(false, TypeCode.HEAP_DEFINED + first.get(type));
    }

    /// Reads a value type in which equal types are equal numbers.
    int readValueType(Input input) {
        return unique(TypeCode.read(input, types.size()));
    }

    /// Reads a reference type likewise.
    int readReference(Input input) {
        return unique(TypeCode.readReference(input, types.size()));
    }

    /// Reads a heap type likewise.
    int readHeap(Input input) {
        int heap = TypeCode.readHeap(input, types.size());
        return heap < TypeCode.HEAP_DEFINED ? heap : TypeCode.HEAP_DEFINED + first.get(heap - TypeCode.HEAP_DEFINED);
    }

    /// Reads a type index.
    int readIndex(Input input) {
        int at = input.position();
        int index = input.u32();
        if (index < 0 || index >= types.size()) {
            throw Input.invalid("unknown type " + Integer.toUnsignedString(index), at);
        }
        return index;
    }

    ValueType model(int code) {
        return TypeCode.model(code, types);
    }

    /// Reads the section.
    void read(Input input) {
        int count = input.count("types", limits.types());
        for (int i = 0; i < count; i++) {
            if (input.peek() == RECURSIVE) {
                input.skip(1);
                group(input, input.count("types of a recursion group", limits.types()));
            } else {
                group(input, 1);
            }
        }
    }

    private void group(Input input, int size) {
        int start = types.size();
        if (size > limits.types() - start) {
            throw Input.exceeds("types", limits.types(), input.position());
        }
        int[][] takes = new int[size][];
        int[][] gives = new int[size][];
        for (int i = 0; i < size; i++) {
            functionHead(input);
            takes[i] = valueTypes(input, start + size, "parameters", limits.parameters());
            gives[i] = valueTypes(input, start + size, "results", limits.results());
        }
        String[] ids = TypeIds.of(takes, gives, start, this::id);
        boolean isNew = true;
        for (int i = 0; i < size; i++) {
            isNew &= declare(ids[i], start + i);
        }
        for (int i = 0; i < size; i++) {
            int same = first.get(start + i);
            if (isNew) {
                parameters.add(unique(takes[i]));
                results.add(unique(gives[i]));
                types.get(same).define(function(takes[i], gives[i]));
            } else {
                parameters.add(parameters.get(same));
                results.add(results.get(same));
            }
        }
    }

    private String id(int type) {
        return types.get(type).id();
    }

    private boolean declare(String id, int index) {
        Integer same = known.putIfAbsent(id, index);
        first.add(same == null ? index : same);
        types.add(same == null ? new DefinedType(id) : types.get(same));
        return same == null;
    }

    private FunctionType function(int[] takes, int[] gives) {
        return new FunctionType(models(takes), models(gives));
    }

    private List<ValueType> models(int[] codes) {
        ValueType[] models = new ValueType[codes.length];
        for (int i = 0; i < codes.length; i++) {
            models[i] = model(codes[i]);
        }
        return Arrays.asList(models);
    }

    /// What stands before the parameters; anything but a function type without relations is of the GC proposal.
    private static void functionHead(Input input) {
        int at = input.position();
        int form = input.u8();
        if (form == SUB_FINAL && input.u32() == 0) {
            form = input.u8();
        }
        switch (form) {
            case FUNCTION -> {}
            case SUB, SUB_FINAL -> throw Input.unsupported("subtypes (gc) are", at);
            case STRUCT -> throw Input.unsupported("struct types (gc) are", at);
            case ARRAY -> throw Input.unsupported("array types (gc) are", at);
            default -> throw Input.malformed("malformed definition type", at);
        }
    }

    private int[] valueTypes(Input input, int visible, String what, int limit) {
        int count = input.count(what, limit);
        values += count;
        if (values > limits.signatureValues()) {
            throw Input.exceeds("parameters and results of all types", limits.signatureValues(), input.position());
        }
        int[] codes = count == 0 ? NONE : new int[count];
        for (int i = 0; i < count; i++) {
            codes[i] = TypeCode.read(input, visible);
        }
        return codes;
    }

    private int[] unique(int[] codes) {
        for (int i = 0; i < codes.length; i++) {
            codes[i] = unique(codes[i]);
        }
        return codes;
    }

    private int unique(int code) {
        if (!TypeCode.isReference(code) || TypeCode.heap(code) < TypeCode.HEAP_DEFINED) {
            return code;
        }
        int heap = TypeCode.HEAP_DEFINED + first.get(TypeCode.heap(code) - TypeCode.HEAP_DEFINED);
        return TypeCode.reference(TypeCode.isNullable(code), heap);
    }
}
