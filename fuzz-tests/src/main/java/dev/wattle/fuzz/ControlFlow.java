package dev.wattle.fuzz;

import dev.wattle.fuzz.Program.Signature;
import dev.wattle.testkit.Gen;
import java.util.ArrayList;
import java.util.List;

/// Makes blocks, branches and what leaves them.
final class ControlFlow {
    private static final int MAX_VALUES = 3;
    private static final int MAX_TARGETS = 6;
    private static final int CATCH = 0;
    private static final int CATCH_REF = 1;
    private static final int CATCH_ALL = 2;
    private static final int CATCH_ALL_REF = 3;

    private final FunctionGenerator function;
    private final Surroundings around;
    private final Gen gen;

    ControlFlow(FunctionGenerator function) {
        this.function = function;
        this.around = function.around;
        this.gen = function.gen;
    }

    /// Few types, often none.
    List<Type> someTypes() {
        var types = new ArrayList<Type>();
        for (int count = gen.intBetween(0, 2 * MAX_VALUES) - MAX_VALUES; count > 0; count--) {
            types.add(gen.oneOf(around.palette.values()));
        }
        return types;
    }

    private List<Type> parameters() {
        return around.palette.has(Feature.BLOCK_PARAMETERS) ? someTypes() : List.of();
    }

    /// A block, a loop, an `if` or a `try_table` with these results.
    Expression structured(List<Type> results) {
        if (function.nested() || !function.spend()) {
            return flat(results);
        }
        return switch (gen.intBetween(0, around.tags.isEmpty() ? 6 : 9)) {
            case 0, 1 -> block(results);
            case 2, 3 -> loop(results);
            case 4, 5, 6 -> choice(results);
            default -> handled(results);
        };
    }

    /// A block without anything interesting in it.
    private Expression flat(List<Type> results) {
        return inside(Code.BLOCK, List.of(), results, results, List.of());
    }

    private Expression block(List<Type> results) {
        return inside(Code.BLOCK, parameters(), results, results, List.of());
    }

    private Expression loop(List<Type> results) {
        var parameters = parameters();
        return inside(Code.LOOP, parameters, results, parameters, List.of(function.burnFuel()));
    }

    /// A structured instruction of one body, whose parameters go to locals first.
    private Expression inside(
            int opcode, List<Type> parameters, List<Type> results, List<Type> branch, List<Expression> head) {
        var operands = function.values.all(parameters);
        function.labels.add(branch);
        var body = new ArrayList<Expression>();
        for (Type parameter : parameters.reversed()) {
            body.add(Code.localSet(function.localOf(parameter)));
        }
        body.addAll(head);
        body.addAll(function.statements());
        if (opcode == Code.LOOP && gen.bool()) {
            body.add(backAgain(branch));
            dropAll(branch, body);
        }
        results.forEach(result -> body.add(function.values.of(result)));
        function.labels.removeLast();
        return new Expression(
                opcode, around.blockType(parameters, results).toArray(), operands, List.of(body), results);
    }

    private Expression backAgain(List<Type> branch) {
        var operands = new ArrayList<>(function.values.all(branch));
        operands.add(function.values.of(Type.I32));
        return new Expression(Code.BR_IF, new byte[] {0}, operands, List.of(), branch);
    }

    private static void dropAll(List<Type> types, List<Expression> out) {
        types.forEach(_ -> out.add(Expression.of(Code.DROP, List.of())));
    }

    private Expression choice(List<Type> results) {
        var condition = function.values.of(Type.I32);
        function.labels.add(results);
        var bodies = new ArrayList<List<Expression>>();
        bodies.add(function.body(results));
        if (!results.isEmpty() || gen.bool()) {
            bodies.add(function.body(results));
        }
        function.labels.removeLast();
        return new Expression(
                Code.IF, around.blockType(List.of(), results).toArray(), List.of(condition), bodies, results);
    }

    /// `br_if` that carries this value; else just the value.
    Expression branchIf(Type type) {
        var depths = depths(List.of(type));
        if (depths.isEmpty()) {
            return function.values.of(type);
        }
        return Expression.of(
                Code.BR_IF,
                new Bytes().unsigned(gen.oneOf(depths)),
                List.of(type),
                function.values.of(type),
                function.values.of(Type.I32));
    }

    /// The depths of the labels that take just these.
    List<Integer> depths(List<Type> types) {
        var found = new ArrayList<Integer>();
        for (int depth = 0; depth < function.labels.size(); depth++) {
            if (label(depth).equals(types)) {
                found.add(depth);
            }
        }
        return found;
    }

    private List<Type> label(int depth) {
        return function.labels.get(function.labels.size() - 1 - depth);
    }

    /// Something that leaves the block or the function, mostly under a condition.
    Expression leaving() {
        if (function.oneIn(20)) {
            return away();
        }
        var condition = function.values.of(Type.I32);
        function.labels.add(List.of());
        var body = away();
        function.labels.removeLast();
        return Code.ifThen(condition, body);
    }

    private Expression away() {
        return switch (gen.intBetween(0, 11)) {
            case 0 ->
                function.oneIn(6) ? Expression.of(Code.UNREACHABLE, List.of()) : Expression.of(Code.NOP, List.of());
            case 1 -> Code.returning(function.values.all(function.signature.results()));
            case 2, 3, 4 -> tailCall();
            case 5, 6 -> raise();
            case 7, 8, 9 -> branchTable();
            default -> {
                int depth = gen.intBetween(0, function.labels.size() - 1);
                yield new Expression(
                        Code.BR,
                        new Bytes().unsigned(depth).toArray(),
                        function.values.all(label(depth)),
                        List.of(),
                        List.of());
            }
        };
    }

    private Expression branchTable() {
        var types = label(gen.intBetween(0, function.labels.size() - 1));
        var depths = depths(types);
        var operands = new ArrayList<>(function.values.all(types));
        int count = gen.intBetween(0, MAX_TARGETS);
        operands.add(
                gen.bool()
                        ? function.values.of(Type.I32)
                        : Code.apply("i32.rem_u", function.values.of(Type.I32), Code.i32(count + 1)));
        var immediates = new Bytes().unsigned(count);
        for (int i = 0; i <= count; i++) {
            immediates.unsigned(gen.oneOf(depths));
        }
        return new Expression(Code.BR_TABLE, immediates.toArray(), operands, List.of(), List.of());
    }

    private Expression tailCall() {
        var fitting = new ArrayList<Integer>();
        for (int i = 0; i < around.functions.size(); i++) {
            if (around.signature(i).results().equals(function.signature.results())) {
                fitting.add(i);
            }
        }
        if (!around.palette.has(Feature.TAIL_CALLS) || fitting.isEmpty()) {
            return Code.returning(function.values.all(function.signature.results()));
        }
        int callee = gen.oneOf(fitting);
        Signature type = around.signature(callee);
        if (function.oneIn(3)) {
            var called = new TypedReferences(function).call(callee, Code.RETURN_CALL_REF);
            if (called.isPresent()) {
                return called.get();
            }
        }
        if (around.tables.isEmpty() || gen.bool()) {
            return new Expression(
                    Code.RETURN_CALL,
                    new Bytes().unsigned(callee).toArray(),
                    function.values.all(type.parameters()),
                    List.of(),
                    List.of());
        }
        return new Tables(function).callIndirect(around.functions.get(callee), Code.RETURN_CALL_INDIRECT);
    }

    private Expression raise() {
        if (around.tags.isEmpty()) {
            return Expression.of(Code.NOP, List.of());
        }
        if (around.palette.has(Feature.EXCEPTION_REFERENCES) && function.oneIn(3)) {
            return Expression.of(Code.THROW_REF, List.of(), function.values.of(Type.EXNREF));
        }
        int tag = gen.intBetween(0, around.tags.size() - 1);
        return new Expression(
                Code.THROW,
                new Bytes().unsigned(tag).toArray(),
                function.values.all(around.types.get(around.tags.get(tag)).parameters()),
                List.of(),
                List.of());
    }

    /// `block results (block caught (try_table results …) (br 1)) caught-to-locals values`.
    private Expression handled(List<Type> results) {
        int tag = gen.intBetween(0, around.tags.size() - 1);
        boolean references = around.palette.has(Feature.EXCEPTION_REFERENCES);
        int kind = references ? gen.intBetween(CATCH, CATCH_ALL_REF) : gen.bool() ? CATCH : CATCH_ALL;
        var caught = new ArrayList<Type>();
        if (kind == CATCH || kind == CATCH_REF) {
            caught.addAll(around.types.get(around.tags.get(tag)).parameters());
        }
        if (kind == CATCH_REF || kind == CATCH_ALL_REF) {
            caught.add(Type.EXNREF);
        }
        var clause = new Bytes().unsigned(1).raw(kind);
        if (kind == CATCH || kind == CATCH_REF) {
            clause.unsigned(tag);
        }
        clause.unsigned(0);

        function.labels.add(results);
        function.labels.add(caught);
        function.labels.add(results);
        var body = function.body(results);
        function.labels.removeLast();
        function.labels.removeLast();
        var guarded = new Expression(
                Code.TRY_TABLE,
                around.blockType(List.of(), results).raw(clause.toArray()).toArray(),
                List.of(),
                List.of(body),
                results);
        var past = new Expression(Code.BR, new byte[] {1}, List.of(guarded), List.of(), List.of());
        var handler = new Expression(
                Code.BLOCK, around.blockType(List.of(), caught).toArray(), List.of(), List.of(List.of(past)), caught);
        var whole = new ArrayList<Expression>();
        function.keep(handler, whole);
        whole.addAll(function.body(results));
        function.labels.removeLast();
        return new Expression(
                Code.BLOCK, around.blockType(List.of(), results).toArray(), List.of(), List.of(whole), results);
    }
}
