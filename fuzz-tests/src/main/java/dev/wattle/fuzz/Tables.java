package dev.wattle.fuzz;

import dev.wattle.fuzz.Program.Signature;
import dev.wattle.testkit.Gen;
import java.util.ArrayList;
import java.util.List;

/// Makes what touches tables.
final class Tables {
    private final FunctionGenerator function;
    private final Surroundings around;
    private final Gen gen;

    Tables(FunctionGenerator function) {
        this.function = function;
        this.around = function.around;
        this.gen = function.gen;
    }

    /// A call through a table of functions: mostly to a slot that is there.
    Expression callIndirect(int type, int opcode) {
        Signature signature = around.types.get(type);
        int table = ofType(Type.FUNCREF);
        var operands = new ArrayList<>(function.values.all(signature.parameters()));
        operands.add(slot(table, type));
        return new Expression(
                opcode,
                new Bytes().unsigned(type).unsigned(table).toArray(),
                operands,
                List.of(),
                opcode == Code.CALL_INDIRECT ? signature.results() : List.of());
    }

    /// An index: mostly one where a function of that type was at the beginning.
    private Expression slot(int table, int type) {
        var fitting = new ArrayList<Integer>();
        for (var segment : around.elements) {
            if (segment.table() == table && segment.offset().immediates().length == 1) {
                int first = segment.offset().immediates()[0];
                for (int i = 0; i < segment.items().size(); i++) {
                    int item = segment.items().get(i);
                    if (item >= 0 && around.functions.get(item) == type) {
                        fitting.add(first + i);
                    }
                }
            }
        }
        return fitting.isEmpty() || function.oneIn(30) ? index(table) : Code.i32(gen.oneOf(fitting));
    }

    private Expression index(int table) {
        int size = around.tables.get(table).minimum();
        return switch (gen.intBetween(0, 49)) {
            case 0 -> function.values.of(Type.I32);
            case 1 -> Code.i32(size);
            default -> size == 0 ? Code.i32(0) : Code.apply("i32.rem_u", function.values.of(Type.I32), Code.i32(size));
        };
    }

    private Expression length() {
        return function.oneIn(60)
                ? function.values.of(Type.I32)
                : Code.apply("i32.and", function.values.of(Type.I32), Code.i32(3));
    }

    Expression get(Type type) {
        int table = ofType(type);
        if (table < 0 || !around.palette.has(Feature.REFERENCES)) {
            return Code.nullOf(type);
        }
        return Expression.of(Code.TABLE_GET, new Bytes().unsigned(table), List.of(type), index(table));
    }

    Expression size() {
        return around.palette.has(Feature.REFERENCES) && !around.tables.isEmpty()
                ? Expression.of(Code.TABLE_SIZE, new Bytes().unsigned(any()), List.of(Type.I32))
                : Code.i32(0);
    }

    void change(List<Expression> out) {
        if (!around.palette.has(Feature.REFERENCES) || around.tables.isEmpty()) {
            return;
        }
        int table = any();
        Type element = around.tables.get(table).element();
        var immediate = new Bytes().unsigned(table);
        switch (gen.intBetween(0, 5)) {
            case 0 ->
                out.add(Code.drop(Expression.of(
                        Code.TABLE_GROW, immediate, List.of(Type.I32), function.values.of(element), length())));
            case 1 ->
                out.add(Expression.of(
                        Code.TABLE_FILL, immediate, List.of(), index(table), function.values.of(element), length()));
            case 2 -> copy(table, element, out);
            case 3 -> initialize(table, element, out);
            default ->
                out.add(Expression.of(Code.TABLE_SET, immediate, List.of(), index(table), function.values.of(element)));
        }
    }

    private void copy(int table, Type element, List<Expression> out) {
        int source = any();
        if (around.tables.get(source).element() == element) {
            out.add(Expression.of(
                    Code.TABLE_COPY,
                    new Bytes().unsigned(table).unsigned(source),
                    List.of(),
                    index(table),
                    index(source),
                    length()));
        }
    }

    private void initialize(int table, Type element, List<Expression> out) {
        if (element != Type.FUNCREF || around.elements.isEmpty()) {
            return;
        }
        int segment = gen.intBetween(0, around.elements.size() - 1);
        if (function.oneIn(4)) {
            out.add(Expression.of(Code.ELEM_DROP, new Bytes().unsigned(segment), List.of()));
            return;
        }
        int size = around.elements.get(segment).items().size();
        int from = gen.intBetween(0, size);
        out.add(Expression.of(
                Code.TABLE_INIT,
                new Bytes().unsigned(segment).unsigned(table),
                List.of(),
                index(table),
                Code.i32(from),
                function.oneIn(8) ? length() : Code.i32(gen.intBetween(0, size - from))));
    }

    private int any() {
        return gen.intBetween(0, around.tables.size() - 1);
    }

    private int ofType(Type type) {
        var candidates = new ArrayList<Integer>();
        for (int i = 0; i < around.tables.size(); i++) {
            if (around.tables.get(i).element() == type) {
                candidates.add(i);
            }
        }
        return candidates.isEmpty() ? -1 : gen.oneOf(candidates);
    }
}
