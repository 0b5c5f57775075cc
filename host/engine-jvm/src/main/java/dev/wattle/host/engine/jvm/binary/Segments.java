package dev.wattle.host.engine.jvm.binary;

import dev.wattle.host.engine.jvm.binary.WasmModule.Constant;
import dev.wattle.host.engine.jvm.binary.WasmModule.Data;
import dev.wattle.host.engine.jvm.binary.WasmModule.Elements;
import dev.wattle.host.engine.jvm.binary.WasmModule.Mode;
import java.util.Arrays;
import java.util.Collections;

/// Reads element and data segments.
///
/// @spec core binary format, element section and data section
final class Segments {
    private static final int LAST_ELEMENT_KIND = 7;
    private static final int PASSIVE_OR_DECLARED = 1;
    private static final int EXPLICIT_INDEX = 2;
    private static final int EXPRESSIONS = 4;

    private static final Mode PASSIVE = new Mode.Passive();
    private static final Mode DECLARED = new Mode.Declared();

    private final ModuleContext context;
    private final ConstantReader constants;
    private int entries;

    Segments(ModuleContext context, ConstantReader constants) {
        this.context = context;
        this.constants = constants;
    }

    void elements(Input input) {
        int count = input.count("element segments", context.limits.elementSegments());
        for (int i = 0; i < count; i++) {
            element(input);
        }
    }

    private void element(Input input) {
        int at = input.position();
        int flags = input.u32();
        if (flags < 0 || flags > LAST_ELEMENT_KIND) {
            throw Input.malformed("malformed elements segment kind", at);
        }
        int table = -1;
        Mode mode;
        if ((flags & PASSIVE_OR_DECLARED) != 0) {
            mode = (flags & EXPLICIT_INDEX) != 0 ? DECLARED : PASSIVE;
        } else {
            table = (flags & EXPLICIT_INDEX) != 0 ? input.u32() : 0;
            if (table < 0 || table >= context.tables.size()) {
                throw Input.invalid("unknown table " + Integer.toUnsignedString(table), at);
            }
            mode = new Mode.Active(table, constants.read(input, TypeCode.I32));
        }
        int type = elementType(input, flags);
        if (table >= 0 && !TypeCode.matches(type, context.tableTypes.get(table))) {
            throw Input.invalid(
                    "type mismatch: elements of type %s for a table of %s"
                            .formatted(TypeCode.text(type), TypeCode.text(context.tableTypes.get(table))),
                    at);
        }
        Constant[] items = (flags & EXPRESSIONS) != 0 ? expressions(input, type) : functions(input);
        context.elementTypes.add(type);
        context.elements.add(new Elements(
                mode,
                (ValueType.Reference) context.types.model(type),
                Collections.unmodifiableList(Arrays.asList(items))));
    }

    private int elementType(Input input, int flags) {
        boolean explicit = (flags & (PASSIVE_OR_DECLARED | EXPLICIT_INDEX)) != 0;
        if ((flags & EXPRESSIONS) != 0) {
            return explicit ? context.types.readReference(input) : TypeCode.FUNCREF;
        }
        int at = input.position();
        if (explicit && input.u8() != 0) {
            throw Input.malformed("malformed element kind", at);
        }
        return TypeCode.NON_NULL_FUNCREF;
    }

    private Constant[] functions(Input input) {
        Constant[] items = items(input);
        for (int i = 0; i < items.length; i++) {
            items[i] = constants.function(input.index("function", context.functions.size()));
        }
        return items;
    }

    private Constant[] expressions(Input input, int type) {
        Constant[] items = items(input);
        for (int i = 0; i < items.length; i++) {
            items[i] = constants.read(input, type);
        }
        return items;
    }

    private Constant[] items(Input input) {
        int at = input.position();
        int count = input.count("entries of element segments", context.limits.tableEntries());
        if (count > context.limits.tableEntries() - entries) {
            throw Input.exceeds("entries of element segments", context.limits.tableEntries(), at);
        }
        entries += count;
        return new Constant[count];
    }

    void data(Input input) {
        int at = input.position();
        int count = input.count("data segments", context.limits.dataSegments());
        if (context.dataCount >= 0 && context.dataCount != count) {
            throw inconsistent(at);
        }
        for (int i = 0; i < count; i++) {
            data(input, input.position());
        }
    }

    private void data(Input input, int at) {
        int kind = input.u32();
        Mode mode = switch (kind) {
            case 0 -> activeData(input, 0, at);
            case 1 -> PASSIVE;
            case 2 -> activeData(input, input.u32(), at);
            default -> throw Input.malformed("malformed data segment kind", at);
        };
        int length = input.count("bytes of a data segment", Integer.MAX_VALUE);
        context.data.add(new Data(mode, input.position(), length));
        input.skip(length);
    }

    private Mode activeData(Input input, int memory, int at) {
        if (memory < 0 || memory >= context.memories.size()) {
            throw Input.invalid("unknown memory " + Integer.toUnsignedString(memory), at);
        }
        return new Mode.Active(memory, constants.read(input, TypeCode.I32));
    }

    /// Data count section and data section contradict each other.
    static RuntimeException inconsistent(int at) {
        return Input.malformed("data count and data section have inconsistent lengths", at);
    }
}
