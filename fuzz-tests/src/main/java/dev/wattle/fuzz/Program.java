package dev.wattle.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// A generated module as a tree. Tables, memories, tags and globals that are imported stand first in their lists.
record Program(
        List<Signature> types,
        List<Import> imports,
        List<Function> functions,
        List<Table> tables,
        List<Memory> memories,
        List<Integer> tags,
        List<Global> globals,
        List<Export> exports,
        List<Elements> elements,
        List<Data> data) {
    static final int FUNCTION_KIND = 0;
    static final int TABLE_KIND = 1;
    static final int MEMORY_KIND = 2;
    static final int GLOBAL_KIND = 3;
    static final int TAG_KIND = 4;

    private static final byte[] HEADER = {0, 'a', 's', 'm', 1, 0, 0, 0};
    private static final int TYPES = 1;
    private static final int IMPORTS = 2;
    private static final int FUNCTIONS = 3;
    private static final int TABLES = 4;
    private static final int MEMORIES = 5;
    private static final int GLOBALS = 6;
    private static final int EXPORTS = 7;
    private static final int ELEMENTS = 9;
    private static final int CODE = 10;
    private static final int DATA = 11;
    private static final int DATA_COUNT = 12;
    private static final int TAGS = 13;
    private static final int END = 0x0B;
    private static final int FUNCTION_TYPE = 0x60;

    /// A function type.
    record Signature(List<Type> parameters, List<Type> results) {
        Signature {
            parameters = List.copyOf(parameters);
            results = List.copyOf(results);
        }
    }

    /// An import: `kind` as in the binary format, and the type of a function, or its place in the list of its kind.
    record Import(String module, String name, int kind, int index) {}

    /// A function: `locals` without the parameters.
    record Function(int type, List<Type> locals, List<Expression> body) {
        Function {
            locals = List.copyOf(locals);
            body = List.copyOf(body);
        }
    }

    record Table(Type element, int minimum, int maximum) {}

    record Memory(int minimum, int maximum) {}

    record Global(Type type, boolean mutable, Expression initial) {}

    /// An export: `kind` as in the binary format.
    record Export(String name, int kind, int index) {}

    /// An element segment of functions; passive where `table` is negative, and null where an item is negative.
    record Elements(int table, Expression offset, List<Integer> items) {}

    /// A data segment; passive where `memory` is negative.
    @SuppressWarnings("ArrayRecordComponent") // Nobody changes it, and nobody compares it.
    record Data(int memory, Expression offset, byte[] bytes) {
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    Program withFunctions(List<Function> others) {
        return new Program(types, imports, others, tables, memories, tags, globals, exports, elements, data);
    }

    /// Replaces every expression of every function, the innermost first.
    Program map(UnaryOperator<Expression> change) {
        return withFunctions(functions.stream()
                .map(function ->
                        new Function(function.type(), function.locals(), Expression.mapAll(function.body(), change)))
                .toList());
    }

    /// How many instructions its functions have.
    int size() {
        return functions.stream()
                .flatMap(function -> function.body().stream())
                .mapToInt(Expression::size)
                .sum();
    }

    byte[] encode() {
        var out = new Bytes().raw(HEADER);
        section(
                out,
                TYPES,
                types,
                (bytes, type) ->
                        bytes.raw(FUNCTION_TYPE).types(type.parameters()).types(type.results()));
        section(out, IMPORTS, imports, this::wanted);
        section(out, FUNCTIONS, functions, (bytes, function) -> bytes.unsigned(function.type()));
        section(out, TABLES, own(tables, TABLE_KIND), Program::table);
        section(out, MEMORIES, own(memories, MEMORY_KIND), Program::memory);
        section(out, TAGS, own(tags, TAG_KIND), (bytes, type) -> bytes.raw(0).unsigned(type));
        section(
                out,
                GLOBALS,
                own(globals, GLOBAL_KIND),
                (bytes, global) -> constant(globalType(bytes, global), global.initial()));
        section(
                out,
                EXPORTS,
                exports,
                (bytes, export) -> bytes.name(export.name()).raw(export.kind()).unsigned(export.index()));
        section(out, ELEMENTS, elements, Program::elements);
        if (!data.isEmpty()) {
            section(out, DATA_COUNT, bytes -> bytes.unsigned(data.size()));
        }
        section(out, CODE, functions, Program::code);
        section(out, DATA, data, Program::data);
        return out.toArray();
    }

    /// How many imports of that kind there are.
    int imported(int kind) {
        return (int) imports.stream().filter(wanted -> wanted.kind() == kind).count();
    }

    private <T> List<T> own(List<T> all, int kind) {
        return all.subList(imported(kind), all.size());
    }

    private void wanted(Bytes bytes, Import wanted) {
        bytes.name(wanted.module()).name(wanted.name()).raw(wanted.kind());
        int index = wanted.index();
        switch (wanted.kind()) {
            case FUNCTION_KIND -> bytes.unsigned(index);
            case TABLE_KIND -> table(bytes, tables.get(index));
            case MEMORY_KIND -> memory(bytes, memories.get(index));
            case GLOBAL_KIND -> globalType(bytes, globals.get(index));
            case TAG_KIND -> bytes.raw(0).unsigned(tags.get(index));
            default -> throw new IllegalStateException("no kind: " + wanted);
        }
    }

    private static void table(Bytes bytes, Table table) {
        limits(bytes.raw(table.element().code()), table.minimum(), table.maximum());
    }

    private static void memory(Bytes bytes, Memory memory) {
        limits(bytes, memory.minimum(), memory.maximum());
    }

    private static Bytes globalType(Bytes bytes, Global global) {
        return bytes.raw(global.type().code(), global.mutable() ? 1 : 0);
    }

    private static <T> void section(
            Bytes out, int id, List<T> elements, java.util.function.BiConsumer<Bytes, T> write) {
        if (!elements.isEmpty()) {
            section(out, id, bytes -> bytes.vector(elements, write));
        }
    }

    private static void section(Bytes out, int id, Consumer<Bytes> content) {
        var bytes = new Bytes();
        content.accept(bytes);
        out.raw(id).sized(bytes.toArray());
    }

    private static void limits(Bytes bytes, int minimum, int maximum) {
        bytes.raw(1).unsigned(minimum).unsigned(maximum);
    }

    private static void constant(Bytes bytes, Expression initial) {
        initial.write(bytes);
        bytes.raw(END);
    }

    private static void elements(Bytes bytes, Elements segment) {
        boolean active = segment.table() >= 0;
        bytes.raw(active ? 6 : 5);
        if (active) {
            bytes.unsigned(segment.table());
            constant(bytes, segment.offset());
        }
        bytes.raw(Type.FUNCREF.code());
        bytes.vector(segment.items(), (out, item) -> constant(out, Code.functionOrNull(item)));
    }

    private static void data(Bytes bytes, Data segment) {
        if (segment.memory() < 0) {
            bytes.raw(1);
        } else if (segment.memory() == 0) {
            bytes.raw(0);
            constant(bytes, segment.offset());
        } else {
            bytes.raw(2).unsigned(segment.memory());
            constant(bytes, segment.offset());
        }
        bytes.sized(segment.bytes());
    }

    private static void code(Bytes bytes, Function function) {
        var code = new Bytes();
        var runs = new ArrayList<List<Type>>();
        for (Type local : function.locals()) {
            if (runs.isEmpty() || runs.getLast().getFirst() != local) {
                runs.add(new ArrayList<>());
            }
            runs.getLast().add(local);
        }
        code.vector(
                runs, (out, run) -> out.unsigned(run.size()).raw(run.getFirst().code()));
        function.body().forEach(part -> part.write(code));
        code.raw(END);
        bytes.sized(code.toArray());
    }
}
