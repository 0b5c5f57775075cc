package dev.wattle.fuzz;

import dev.wattle.fuzz.Program.Signature;
import dev.wattle.testkit.Gen;
import java.util.ArrayList;
import java.util.List;

/// Makes expressions of a wanted type.
final class Values {
    private static final int F32_NAN = 0x7FC00000;
    private static final long F64_NAN = 0x7FF8000000000000L;

    private final FunctionGenerator function;
    private final Gen gen;

    Values(FunctionGenerator function) {
        this.function = function;
        this.gen = function.gen;
    }

    Expression of(Type type) {
        if (!function.spend()) {
            return leaf(type);
        }
        if (type.reference()) {
            return reference(type);
        }
        return switch (gen.intBetween(0, 15)) {
            case 0, 1, 2 -> leaf(type);
            case 3, 4, 5, 6, 7 -> operator(type, function.oneIn(30));
            case 8, 9 -> new Memories(function).load(type);
            case 10 -> select(type);
            case 11 -> Code.localTee(function.localOf(type), of(type));
            case 12 -> new ControlFlow(function).structured(List.of(type));
            case 13 -> new ControlFlow(function).branchIf(type);
            case 14 -> callFor(type);
            default -> size(type);
        };
    }

    List<Expression> all(List<Type> types) {
        return types.stream().map(this::of).toList();
    }

    private Expression leaf(Type type) {
        var known = new ArrayList<Expression>();
        for (int i = 0; i < function.locals.size(); i++) {
            if (function.locals.get(i) == type && function.readable(i)) {
                known.add(Code.localGet(i, type));
            }
        }
        for (int i = 1; i < function.around.globals.size(); i++) {
            if (function.around.globals.get(i).type() == type) {
                known.add(Code.globalGet(i, type));
            }
        }
        if (type == Type.FUNCREF && !function.around.referenced.isEmpty() && gen.bool()) {
            return Code.functionOrNull(gen.oneOf(function.around.referenced));
        }
        return known.isEmpty() || function.oneIn(3) ? Constants.of(type, gen) : gen.oneOf(known);
    }

    private Expression reference(Type type) {
        return switch (gen.intBetween(0, 7)) {
            case 6, 7 -> new TypedReferences(function).value(type);
            case 0 ->
                Expression.of(
                        Code.SELECT_TYPED,
                        new Bytes().raw(1, type.code()),
                        List.of(type),
                        of(type),
                        of(type),
                        of(Type.I32));
            case 1 -> new ControlFlow(function).structured(List.of(type));
            case 2 -> new Tables(function).get(type);
            default -> leaf(type);
        };
    }

    private Expression operator(Type type, boolean trapping) {
        var palette = function.around.palette;
        var choices = (trapping ? palette.trapping() : palette.computing()).get(type);
        return choices == null ? operator(type, false) : apply(gen.oneOf(choices));
    }

    Expression apply(Operator operator) {
        var operands = Relaxed.tame(operator, all(operator.operands()));
        var made = new Expression(
                operator.opcode(), immediates(operator).toArray(), operands, List.of(), operator.results());
        return switch (operator.nan()) {
            case NEVER -> made;
            case SCALAR ->
                operator.results().getFirst() == Type.F32
                        ? quiet(made, Code.f32(F32_NAN), "f32.ne")
                        : quiet(made, Code.f64(F64_NAN), "f64.ne");
            case F32X4 -> quietLanes(made, ((long) F32_NAN << Integer.SIZE) | F32_NAN, "f32x4.ne");
            case F64X2 -> quietLanes(made, F64_NAN, "f64x2.ne");
        };
    }

    /// The lane, or the sixteen lanes of a shuffle.
    Bytes immediates(Operator operator) {
        var bytes = new Bytes();
        if (operator.shuffles()) {
            for (int i = 0; i < 16; i++) {
                bytes.raw(gen.intBetween(0, 31));
            }
        } else if (operator.lanes() > 0) {
            bytes.raw(gen.intBetween(0, operator.lanes() - 1));
        }
        return bytes;
    }

    /// Engines may differ in the sign and the payload of a NaN: each becomes the same one.
    private Expression quiet(Expression value, Expression nan, String differs) {
        Type type = value.results().getFirst();
        int kept = function.hiddenLocal(type);
        return Expression.of(
                Code.SELECT,
                List.of(type),
                nan,
                Code.localTee(kept, value),
                Code.apply(differs, Code.localGet(kept, type), Code.localGet(kept, type)));
    }

    private Expression quietLanes(Expression value, long nan, String differs) {
        int kept = function.hiddenLocal(Type.V128);
        return Code.apply(
                "v128.bitselect",
                Code.v128(nan, nan),
                Code.localTee(kept, value),
                Code.apply(differs, Code.localGet(kept, Type.V128), Code.localGet(kept, Type.V128)));
    }

    private Expression select(Type type) {
        if (function.around.palette.has(Feature.REFERENCES) && gen.bool()) {
            return Expression.of(
                    Code.SELECT_TYPED,
                    new Bytes().raw(1, type.code()),
                    List.of(type),
                    of(type),
                    of(type),
                    of(Type.I32));
        }
        return Expression.of(Code.SELECT, List.of(type), of(type), of(type), of(Type.I32));
    }

    private Expression callFor(Type type) {
        var candidates = new ArrayList<Integer>();
        for (int i = 0; i < function.around.functions.size(); i++) {
            if (function.around.signature(i).results().equals(List.of(type))) {
                candidates.add(i);
            }
        }
        return candidates.isEmpty() ? leaf(type) : call(gen.oneOf(candidates));
    }

    /// A call of that function: by its index, or through a table.
    Expression call(int callee) {
        Signature type = function.around.signature(callee);
        if (function.oneIn(3)) {
            var called = new TypedReferences(function).call(callee, Code.CALL_REF);
            if (called.isPresent()) {
                return called.get();
            }
        }
        if (function.around.tables.isEmpty() || gen.bool()) {
            return new Expression(
                    Code.CALL,
                    new Bytes().unsigned(callee).toArray(),
                    all(type.parameters()),
                    List.of(),
                    type.results());
        }
        return new Tables(function).callIndirect(function.around.functions.get(callee), Code.CALL_INDIRECT);
    }

    /// Some expression with several results.
    Expression several(List<Type> types) {
        return new ControlFlow(function).structured(types);
    }

    private Expression size(Type type) {
        if (type != Type.I32) {
            return operator(type, false);
        }
        return switch (gen.intBetween(0, 3)) {
            case 0 -> new Memories(function).size();
            case 1 -> new Memories(function).grow();
            case 2 -> new Tables(function).size();
            default ->
                function.around.palette.has(Feature.REFERENCES)
                        ? Expression.of(
                                Code.REF_IS_NULL, List.of(Type.I32), of(gen.bool() ? Type.FUNCREF : Type.EXTERNREF))
                        : leaf(type);
        };
    }
}
