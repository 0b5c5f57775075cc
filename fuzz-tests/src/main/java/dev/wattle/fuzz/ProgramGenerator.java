package dev.wattle.fuzz;

import dev.wattle.fuzz.Program.Export;
import dev.wattle.fuzz.Program.Signature;
import dev.wattle.testkit.Gen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Makes whole modules: tables, memories and globals, functions that call each other, and for each function an
/// exported entry that fills the tank first. The export [#STATE] tells the globals and tables afterwards.
final class ProgramGenerator {
    static final String STATE = "state";

    private static final int MAX_FUNCTIONS = 6;
    private static final int MAX_PARAMETERS = 5;
    private static final int MAX_GLOBALS = 6;
    private static final int MAX_SLOTS = 9;
    private static final int MAX_SEGMENT = 40;
    private static final int FUEL = 120;
    /// So much that a loop is compiled while it runs.
    private static final int MUCH_FUEL = 2_000;
    private static final String HOST = "host";
    private static final String FUEL_NAME = "fuel";

    private final Gen gen;
    private final Surroundings around;
    private final List<Program.Import> imports = new ArrayList<>();
    private final List<Program.Function> functions = new ArrayList<>();
    private final List<Export> exports = new ArrayList<>();
    private final int fuel;
    private int importedFunctions;

    private final Optional<Program> library;

    private ProgramGenerator(Gen gen, Palette palette, Optional<Program> library) {
        this.gen = gen;
        this.library = library;
        this.fuel = gen.intBetween(0, 5) == 0 ? MUCH_FUEL : FUEL;
        this.around = new Surroundings(palette);
    }

    /// A program of what `palette` has.
    static Program generate(Gen gen, Palette palette) {
        return generate(gen, palette, Optional.empty());
    }

    /// A program that imports some of what `library` exports.
    static Program generate(Gen gen, Palette palette, Optional<Program> library) {
        return new ProgramGenerator(gen, palette, library).program();
    }

    private Program program() {
        imports();
        var signatures = signatures();
        memories();
        tags();
        segments();
        globals();
        for (int type : signatures) {
            functions.add(new FunctionGenerator(gen.split(), around, around.types.get(type)).generate(type));
        }
        for (int i = 0; i < signatures.size(); i++) {
            entry(importedFunctions + i, "e" + i);
        }
        state();
        exports();
        return new Program(
                around.types,
                imports,
                functions,
                around.tables,
                around.memories,
                around.tags,
                around.globals,
                exports,
                around.elements,
                around.data);
    }

    private void imports() {
        if (gen.bool()) {
            function(HOST, Host.NOTE, around.type(List.of(Type.I32), List.of()));
            function(HOST, Host.MIX, around.type(List.of(Type.I32, Type.I64), List.of(Type.I64)));
        }
        library.ifPresent(this::imports);
    }

    private void function(String module, String name, int type) {
        imports.add(new Program.Import(module, name, Program.FUNCTION_KIND, type));
        around.functions.add(type);
        importedFunctions++;
    }

    /// Some of what the library exports for others; its fuel always, so that both burn the same.
    private void imports(Program from) {
        boolean one = !around.palette.has(Feature.MULTI_MEMORY);
        for (var export : from.exports()) {
            boolean taken = export.name().equals(FUEL_NAME) || gen.intBetween(0, 2) > 0;
            int index = export.index();
            switch (export.kind()) {
                case Program.FUNCTION_KIND -> {
                    if (taken && export.name().startsWith("f")) {
                        int own = index - from.imported(Program.FUNCTION_KIND);
                        Signature type =
                                from.types().get(from.functions().get(own).type());
                        function(Case.LIBRARY, export.name(), around.type(type.parameters(), type.results()));
                    }
                }
                case Program.TABLE_KIND -> take(taken, export, around.tables, from.tables());
                case Program.MEMORY_KIND ->
                    take(taken && !(one && !around.memories.isEmpty()), export, around.memories, from.memories());
                case Program.GLOBAL_KIND ->
                    take(taken && !export.name().startsWith("g"), export, around.globals, from.globals());
                case Program.TAG_KIND -> {
                    if (taken) {
                        Signature type = from.types().get(from.tags().get(index));
                        imports.add(
                                new Program.Import(Case.LIBRARY, export.name(), Program.TAG_KIND, around.tags.size()));
                        around.tags.add(around.type(type.parameters(), List.of()));
                    }
                }
                default -> throw new IllegalStateException("no kind: " + export);
            }
        }
    }

    private <T> void take(boolean taken, Export export, List<T> ours, List<T> theirs) {
        if (taken) {
            imports.add(new Program.Import(Case.LIBRARY, export.name(), export.kind(), ours.size()));
            ours.add(theirs.get(export.index()));
        }
    }

    private List<Integer> signatures() {
        int count = gen.intBetween(1, MAX_FUNCTIONS);
        for (int i = 0; i < count; i++) {
            boolean again = i > 0 && gen.intBetween(0, 2) == 0;
            around.functions.add(again ? around.functions.getLast() : around.type(types(MAX_PARAMETERS), types(3)));
        }
        return List.copyOf(around.functions.subList(importedFunctions, around.functions.size()));
    }

    private List<Type> types(int max) {
        return gen.list(max, some -> some.oneOf(around.palette.values()));
    }

    private void share(String name, int kind, int index) {
        if (gen.bool()) {
            exports.add(new Export(name, kind, index));
        }
    }

    private void memories() {
        int count = around.palette.has(Feature.MULTI_MEMORY) ? gen.intBetween(1, 3) : 1;
        while (around.memories.size() < count) {
            int minimum = gen.intBetween(0, 11) == 0 ? 0 : gen.intBetween(1, 2);
            around.memories.add(new Program.Memory(minimum, minimum + gen.intBetween(0, 2)));
        }
        int segments = gen.intBetween(0, 3);
        for (int i = 0; i < segments; i++) {
            int memory = gen.intBetween(-1, around.memories.size() - 1);
            byte[] bytes = gen.bytes(MAX_SEGMENT);
            boolean room = memory >= 0 && around.memories.get(memory).minimum() > 0;
            around.data.add(
                    room
                            ? new Program.Data(memory, constant(gen.intBetween(0, 100)), bytes)
                            : new Program.Data(-1, Code.i32(0), bytes));
        }
    }

    /// A constant, as an expression where that is allowed.
    private Expression constant(int value) {
        int part = Constants.anInt(gen);
        return around.palette.has(Feature.EXTENDED_CONSTANTS) && gen.bool()
                ? Code.apply("i32.add", Code.i32(part), Code.i32(value - part))
                : Code.i32(value);
    }

    private void tags() {
        if (around.palette.has(Feature.EXCEPTIONS)) {
            for (int i = gen.intBetween(1, 3); i > 0; i--) {
                around.tags.add(around.type(types(3), List.of()));
            }
        }
    }

    private void segments() {
        for (int i = 0; i < around.tables.size(); i++) {
            fill(i);
        }
        int count = gen.intBetween(1, around.palette.has(Feature.REFERENCES) ? 3 : 1);
        for (int i = 0; i < count; i++) {
            int minimum = gen.intBetween(i == 0 ? 1 : 0, MAX_SLOTS);
            Type element = i > 0 && gen.bool() ? Type.EXTERNREF : Type.FUNCREF;
            around.tables.add(new Program.Table(element, minimum, minimum + gen.intBetween(0, 5)));
            fill(around.tables.size() - 1);
        }
    }

    /// A segment for that table, where it holds functions.
    private void fill(int table) {
        int minimum = around.tables.get(table).minimum();
        if (around.tables.get(table).element() == Type.FUNCREF) {
            var items = gen.list(minimum, this::item);
            around.elements.add(new Program.Elements(
                    gen.intBetween(0, 4) == 0 ? -1 : table,
                    Code.i32(gen.intBetween(0, minimum - items.size())),
                    items));
        }
    }

    private int item(Gen some) {
        int function = some.intBetween(-1, around.functions.size() - 1);
        if (function >= 0 && !around.referenced.contains(function)) {
            around.referenced.add(function);
        }
        return function;
    }

    private void globals() {
        if (library.isEmpty()) {
            around.globals.add(new Program.Global(Type.I32, true, Code.i32(0)));
        }
        for (int i = gen.intBetween(1, MAX_GLOBALS); i > 0; i--) {
            Type type = gen.oneOf(around.palette.values());
            around.globals.add(new Program.Global(type, gen.intBetween(0, 4) > 0, Constants.of(type, gen)));
        }
    }

    /// Fills the tank, calls with what numbers it was given, and turns the results into numbers.
    private void entry(int function, String name) {
        Signature signature = around.signature(function);
        var locals = new ArrayList<>(
                signature.parameters().stream().filter(Type.NUMBERS::contains).toList());
        var parameters = List.copyOf(locals);
        var arguments = new ArrayList<Expression>();
        int next = 0;
        for (Type type : signature.parameters()) {
            arguments.add(Type.NUMBERS.contains(type) ? Code.localGet(next++, type) : Constants.of(type, gen));
        }
        var body = new ArrayList<Expression>();
        body.add(Code.globalSet(Fuel.GLOBAL, Code.i32(fuel)));
        body.add(new Expression(
                Code.CALL, new Bytes().unsigned(function).toArray(), arguments, List.of(), signature.results()));
        int firstResult = locals.size();
        locals.addAll(signature.results());
        for (int i = signature.results().size() - 1; i >= 0; i--) {
            body.add(Code.localSet(firstResult + i));
        }
        var results = new ArrayList<Expression>();
        for (int i = 0; i < signature.results().size(); i++) {
            Type type = signature.results().get(i);
            int local = firstResult + i;
            results.addAll(numbers(type, () -> Code.localGet(local, type)));
        }
        body.addAll(results);
        export(name, parameters, results, locals.subList(parameters.size(), locals.size()), body);
    }

    private void export(
            String name, List<Type> parameters, List<Expression> results, List<Type> locals, List<Expression> body) {
        int type = around.type(
                parameters,
                results.stream().flatMap(result -> result.results().stream()).toList());
        exports.add(new Export(name, Program.FUNCTION_KIND, importedFunctions + functions.size()));
        functions.add(new Program.Function(type, locals, body));
    }

    /// What a host can compare of a value.
    private static List<Expression> numbers(Type type, java.util.function.Supplier<Expression> value) {
        return switch (type) {
            case I32, I64, F32, F64 -> List.of(value.get());
            case V128 -> List.of(lane(value.get(), 0), lane(value.get(), 1));
            case FUNCREF, EXTERNREF, EXNREF -> List.of(Expression.of(Code.REF_IS_NULL, List.of(Type.I32), value.get()));
        };
    }

    private static Expression lane(Expression vector, int lane) {
        return Expression.of(
                Operator.named("i64x2.extract_lane").opcode(), new Bytes().raw(lane), List.of(Type.I64), vector);
    }

    private void state() {
        var results = new ArrayList<Expression>();
        for (int i = 0; i < around.globals.size(); i++) {
            int global = i;
            Type type = around.globals.get(i).type();
            results.addAll(numbers(type, () -> Code.globalGet(global, type)));
        }
        for (int i = 0; i < around.tables.size() && around.palette.has(Feature.REFERENCES); i++) {
            results.addAll(slots(i));
        }
        export(STATE, List.of(), results, List.of(), results);
    }

    private List<Expression> slots(int table) {
        var immediate = new Bytes().unsigned(table);
        Type element = around.tables.get(table).element();
        var slots = new ArrayList<Expression>();
        slots.add(Expression.of(Code.TABLE_SIZE, immediate, List.of(Type.I32)));
        for (int i = 0; i < around.tables.get(table).minimum(); i++) {
            var entry = Expression.of(Code.TABLE_GET, immediate, List.of(element), Code.i32(i));
            slots.add(Expression.of(Code.REF_IS_NULL, List.of(Type.I32), entry));
        }
        return slots;
    }

    private void exports() {
        exports.add(new Export(FUEL_NAME, Program.GLOBAL_KIND, Fuel.GLOBAL));
        for (int i = 1; i < around.globals.size(); i++) {
            share("h" + i, Program.GLOBAL_KIND, i);
        }
        for (int i = 0; i < around.tables.size(); i++) {
            share("t" + i, Program.TABLE_KIND, i);
        }
        for (int i = 0; i < around.tags.size(); i++) {
            share("x" + i, Program.TAG_KIND, i);
        }
        for (int i = importedFunctions; i < around.functions.size(); i++) {
            share("f" + i, Program.FUNCTION_KIND, i);
        }
        IntStream.range(0, around.memories.size())
                .forEach(i -> exports.add(new Export("m" + i, Program.MEMORY_KIND, i)));
        for (int i = 0; i < around.globals.size(); i++) {
            if (Type.NUMBERS.contains(around.globals.get(i).type()) && gen.bool()) {
                exports.add(new Export("g" + i, Program.GLOBAL_KIND, i));
            }
        }
    }
}
