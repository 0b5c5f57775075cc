package dev.wattle.host.engine.jvm.binary;

import dev.wattle.host.engine.jvm.binary.WasmModule.Constant;
import dev.wattle.host.engine.jvm.binary.WasmModule.Custom;
import dev.wattle.host.engine.jvm.binary.WasmModule.Export;
import dev.wattle.host.engine.jvm.binary.WasmModule.ExternKind;
import dev.wattle.host.engine.jvm.binary.WasmModule.Import;
import dev.wattle.host.engine.jvm.binary.WasmModule.Table;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;

/// Reads the sections other than types, segments and code into a [ModuleContext].
///
/// @spec core binary format, sections
final class Sections {
    private static final ExternKind[] KINDS = ExternKind.values();

    /// In the table section: an initial value follows the type.
    private static final int TABLE_WITH_VALUE = 0x40;

    private static final int COMPACT = 0x7F;
    private static final int COMPACT_OF_ONE_TYPE = 0x7E;

    private final ModuleContext context;
    private final EntityTypes entities;
    private final ConstantReader constants;

    Sections(ModuleContext context, ConstantReader constants) {
        this.context = context;
        this.entities = new EntityTypes(context);
        this.constants = constants;
    }

    void imports(Input input) {
        int count = input.count("imports", context.limits.imports());
        String module = "";
        for (int i = 0; i < count; i++) {
            String next = input.name(context.limits.nameBytes());
            module = next.equals(module) ? module : next;
            String name = input.name(context.limits.nameBytes());
            refuseCompact(name, input);
            ExternKind kind = kind(input, "malformed import kind");
            context.imports.add(new Import(module, name, kind, context.size(kind)));
            context.countImport(kind);
            switch (kind) {
                case FUNCTION -> entities.function(input);
                case TABLE -> entities.table(input);
                case MEMORY -> entities.memory(input);
                case GLOBAL -> entities.addGlobal(entities.global(input), EntityTypes.NO_VALUE);
                case TAG -> entities.tag(input);
            }
        }
    }

    /// Imports that share a module name stand as an import without a name and of one of two more kinds.
    private static void refuseCompact(String name, Input input) {
        if (name.isEmpty() && (input.peek() == COMPACT || input.peek() == COMPACT_OF_ONE_TYPE)) {
            throw Input.unsupported("imports in groups (compact-imports) are", input.position());
        }
    }

    void functions(Input input) {
        int count = input.count("functions", context.limits.functions());
        for (int i = 0; i < count; i++) {
            entities.function(input);
        }
    }

    void tables(Input input) {
        int count = input.count("tables", context.limits.tables());
        for (int i = 0; i < count; i++) {
            table(input);
        }
    }

    private void table(Input input) {
        int at = input.position();
        boolean hasValue = input.peek() == TABLE_WITH_VALUE;
        if (hasValue) {
            input.skip(1);
            if (input.u8() != 0) {
                throw Input.malformed("malformed table", at);
            }
        }
        int element = entities.table(input);
        if (!hasValue && !TypeCode.isDefaultable(element)) {
            throw Input.invalid("type mismatch: a table of non-null references needs an initial value", at);
        }
        Table type = context.tables.removeLast();
        Constant initial = hasValue
                ? constants.read(input, element)
                : constants.nullReference(type.element().heap());
        context.tables.add(new Table(type.element(), type.minimum(), type.maximum(), initial));
    }

    void memories(Input input) {
        int count = input.count("memories", context.limits.memories());
        for (int i = 0; i < count; i++) {
            entities.memory(input);
        }
    }

    void tags(Input input) {
        int count = input.count("tags", context.limits.tags());
        for (int i = 0; i < count; i++) {
            entities.tag(input);
        }
    }

    void globals(Input input) {
        int count = input.count("globals", context.limits.globals());
        for (int i = 0; i < count; i++) {
            EntityTypes.GlobalType type = entities.global(input);
            entities.addGlobal(type, constants.read(input, type.code()));
        }
    }

    void exports(Input input) {
        int count = input.count("exports", context.limits.exports());
        Set<String> names = new HashSet<>();
        for (int i = 0; i < count; i++) {
            int at = input.position();
            String name = input.name(context.limits.nameBytes());
            if (!names.add(name)) {
                throw Input.invalid("duplicate export name \"" + name + "\"", at);
            }
            ExternKind kind = kind(input, "malformed export kind");
            int index = input.index(text(kind), context.size(kind));
            if (kind == ExternKind.FUNCTION) {
                context.referenced.set(index);
            }
            context.exports.add(new Export(name, kind, index));
        }
    }

    void start(Input input) {
        int at = input.position();
        int index = input.index("function", context.functions.size());
        if (context.parameters(index).length != 0 || context.results(index).length != 0) {
            throw Input.invalid("start function must take and give nothing", at);
        }
        context.start = OptionalInt.of(index);
    }

    void dataCount(Input input) {
        int at = input.position();
        int count = input.u32();
        if (count < 0 || count > context.limits.dataSegments()) {
            throw Input.exceeds("data segments", context.limits.dataSegments(), at);
        }
        context.dataCount = count;
    }

    void custom(Input input) {
        int at = input.position();
        String name = input.name(context.limits.nameBytes());
        if (context.customs.size() >= context.limits.customSections()) {
            throw Input.exceeds("custom sections", context.limits.customSections(), at);
        }
        context.customs.add(new Custom(name, input.position(), input.remaining()));
        input.skip(input.remaining());
    }

    private static ExternKind kind(Input input, String rule) {
        int at = input.position();
        int kind = input.u8();
        if (kind >= KINDS.length) {
            throw Input.malformed(rule, at);
        }
        return KINDS[kind];
    }

    private static String text(ExternKind kind) {
        return switch (kind) {
            case FUNCTION -> "function";
            case TABLE -> "table";
            case MEMORY -> "memory";
            case GLOBAL -> "global";
            case TAG -> "tag";
        };
    }
}
