package dev.wattle.fuzz;

import dev.wattle.fuzz.Program.Signature;
import dev.wattle.testkit.Gen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes what needs references of a known type or that are not null: calls by reference, and branches on null.
final class TypedReferences {
    private static final int NULLABLE = 0x63;

    private final FunctionGenerator function;
    private final Surroundings around;
    private final Gen gen;

    TypedReferences(FunctionGenerator function) {
        this.function = function;
        this.around = function.around;
        this.gen = function.gen;
    }

    private boolean absent() {
        return !around.palette.has(Feature.TYPED_REFERENCES);
    }

    /// A call by reference of a function of the type of `callee`; nothing where none of them may be referred to.
    Optional<Expression> call(int callee, int opcode) {
        int type = around.functions.get(callee);
        List<Integer> candidates = around.referenced.stream()
                .filter(other -> around.functions.get(other) == type)
                .toList();
        if (absent() || candidates.isEmpty()) {
            return Optional.empty();
        }
        Signature signature = around.types.get(type);
        var operands = new ArrayList<>(function.values.all(signature.parameters()));
        operands.add(callable(type, candidates));
        return Optional.of(new Expression(
                opcode,
                new Bytes().unsigned(type).toArray(),
                operands,
                List.of(),
                opcode == Code.CALL_REF ? signature.results() : List.of()));
    }

    /// A reference of that type, seldom null. Its type is written as `funcref`, which is not all of it.
    private Expression callable(int type, List<Integer> candidates) {
        var made = Code.functionOrNull(gen.oneOf(candidates));
        return switch (gen.intBetween(0, 4)) {
            case 0 -> either(type, made, candidates);
            case 1 ->
                new Expression(
                        Code.IF,
                        new Bytes().raw(NULLABLE).signed(type).toArray(),
                        List.of(function.values.of(Type.I32)),
                        List.of(List.of(made), List.of(other(type, candidates))),
                        List.of(Type.FUNCREF));
            case 2 -> Expression.of(Code.REF_AS_NON_NULL, List.of(Type.FUNCREF), made);
            case 3 -> {
                var depths = new ControlFlow(function).depths(List.of());
                yield depths.isEmpty()
                        ? made
                        : Expression.of(
                                Code.BR_ON_NULL,
                                new Bytes().unsigned(gen.oneOf(depths)),
                                List.of(Type.FUNCREF),
                                either(type, made, candidates));
            }
            default -> made;
        };
    }

    /// That one, or another of its type.
    private Expression either(int type, Expression made, List<Integer> candidates) {
        return Expression.of(
                Code.SELECT_TYPED,
                new Bytes().raw(1, NULLABLE).signed(type),
                List.of(Type.FUNCREF),
                made,
                other(type, candidates),
                function.values.of(Type.I32));
    }

    private Expression other(int type, List<Integer> candidates) {
        return function.oneIn(4)
                ? Expression.of(Code.REF_NULL, new Bytes().signed(type), List.of(Type.FUNCREF))
                : Code.functionOrNull(gen.oneOf(candidates));
    }

    /// A value of a reference type, mostly by way of `br_on_non_null` or `ref.as_non_null`.
    Expression value(Type type) {
        if (absent() || !function.spend() || function.nested()) {
            return type == Type.FUNCREF || type == Type.EXTERNREF
                    ? new Tables(function).get(type)
                    : Constants.of(type, gen);
        }
        if (function.oneIn(20)) {
            return Expression.of(Code.REF_AS_NON_NULL, List.of(type), function.values.of(type));
        }
        function.labels.add(List.of(type));
        var body = List.of(
                Expression.of(Code.BR_ON_NON_NULL, new Bytes().unsigned(0), List.of(), function.values.of(type)),
                function.values.of(type));
        function.labels.removeLast();
        return new Expression(
                Code.BLOCK, new Bytes().raw(type.code()).toArray(), List.of(), List.of(body), List.of(type));
    }

    /// A branch to any label when a reference is null; else the values that the label takes, and the reference, are
    /// kept.
    void branch(List<Expression> out) {
        if (absent()) {
            return;
        }
        Type type = gen.oneOf(
                around.palette.values().stream().filter(Type::reference).toList());
        int depth = gen.intBetween(0, function.labels.size() - 1);
        List<Type> taken = function.labels.get(function.labels.size() - 1 - depth);
        var results = new ArrayList<>(taken);
        results.add(type);
        function.keep(
                new Expression(
                        Code.BR_ON_NULL,
                        new Bytes().unsigned(depth).toArray(),
                        function.values.all(results),
                        List.of(),
                        results),
                out);
    }
}
