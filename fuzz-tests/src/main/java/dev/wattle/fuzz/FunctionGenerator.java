package dev.wattle.fuzz;

import dev.wattle.fuzz.Program.Signature;
import dev.wattle.testkit.Gen;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Makes one function: statements, and the values at its end. [Values] makes what has a result.
final class FunctionGenerator {
    private static final int MAX_LOCALS = 8;
    private static final int MAX_STATEMENTS = 7;
    private static final int MAX_KEPT = 40;
    private static final int MAX_NESTING = 5;
    private static final int MAX_BUDGET = 220;

    final Gen gen;
    final Surroundings around;
    final Signature signature;
    final List<Type> locals = new ArrayList<>();
    /// What a branch to it takes; the innermost is the last.
    final List<List<Type>> labels = new ArrayList<>();
    final Values values;
    private final ControlFlow control;
    private final BitSet hidden = new BitSet();
    private int budget;

    FunctionGenerator(Gen gen, Surroundings around, Signature signature) {
        this.gen = gen;
        this.around = around;
        this.signature = signature;
        this.values = new Values(this);
        this.control = new ControlFlow(this);
        this.budget = gen.intBetween(1, MAX_BUDGET);
        locals.addAll(signature.parameters());
    }

    Program.Function generate(int type) {
        for (int count = gen.intBetween(0, MAX_LOCALS); count > 0; count--) {
            locals.add(gen.oneOf(around.palette.values()));
        }
        labels.add(signature.results());
        var body = new ArrayList<Expression>();
        body.add(burnFuel());
        body.addAll(statements());
        signature.results().forEach(result -> body.add(values.of(result)));
        keepLocals(body);
        labels.removeLast();
        return new Program.Function(type, locals.subList(signature.parameters().size(), locals.size()), body);
    }

    /// After the results are there, and where there is room for them.
    private void keepLocals(List<Expression> body) {
        if (around.memories.getFirst().minimum() == 0) {
            return;
        }
        for (int local = 0; local < Math.min(locals.size(), MAX_KEPT); local++) {
            if (readable(local) && !locals.get(local).reference() && gen.bool()) {
                body.add(new Memories(this).keep(local, locals.get(local)));
            }
        }
    }

    /// Leaves the function with zeros when all fuel is used up.
    Expression burnFuel() {
        return Fuel.burn(signature.results());
    }

    /// Takes from what may still be generated.
    boolean spend() {
        return --budget > 0;
    }

    boolean nested() {
        return labels.size() > MAX_NESTING;
    }

    /// A local for a value that may be a NaN of any form: nothing else reads it.
    int hiddenLocal(Type type) {
        int local = newLocal(type);
        hidden.set(local);
        return local;
    }

    /// May this local be read?
    boolean readable(int local) {
        return !hidden.get(local);
    }

    int newLocal(Type type) {
        locals.add(type);
        return locals.size() - 1;
    }

    /// One in `n` times.
    boolean oneIn(int n) {
        return gen.intBetween(1, n) == 1;
    }

    List<Expression> statements() {
        var list = new ArrayList<Expression>();
        for (int count = gen.intBetween(0, MAX_STATEMENTS); count > 0 && spend(); count--) {
            statement(list);
        }
        return list;
    }

    /// Statements, then values of these types.
    List<Expression> body(List<Type> results) {
        var list = new ArrayList<>(statements());
        results.forEach(result -> list.add(values.of(result)));
        return list;
    }

    private void statement(List<Expression> out) {
        switch (gen.intBetween(0, 16)) {
            case 0, 1, 2 -> setLocal(out);
            case 3, 4 -> setGlobal(out);
            case 5, 6, 7 -> out.add(new Memories(this).store());
            case 8 -> out.add(new Memories(this).bulk());
            case 9 -> new Tables(this).change(out);
            case 10, 11 -> call(out);
            case 12 -> keep(values.several(control.someTypes()), out);
            case 13 -> out.add(control.leaving());
            case 14 -> new TypedReferences(this).branch(out);
            default -> keep(control.structured(control.someTypes()), out);
        }
    }

    private void setLocal(List<Expression> out) {
        if (locals.isEmpty()) {
            newLocal(gen.oneOf(around.palette.values()));
        }
        int local = gen.intBetween(0, locals.size() - 1);
        out.add(Code.localSet(local, values.of(locals.get(local))));
    }

    private void setGlobal(List<Expression> out) {
        int global = gen.intBetween(1, around.globals.size() - 1);
        if (around.globals.get(global).mutable()) {
            out.add(Code.globalSet(global, values.of(around.globals.get(global).type())));
        }
    }

    private void call(List<Expression> out) {
        keep(values.call(gen.intBetween(0, around.functions.size() - 1)), out);
    }

    /// Puts the results into locals, or drops them.
    void keep(Expression expression, List<Expression> out) {
        out.add(expression);
        for (Type type : expression.results().reversed()) {
            if (oneIn(4)) {
                out.add(Expression.of(Code.DROP, List.of()));
            } else {
                out.add(Code.localSet(localOf(type)));
            }
        }
    }

    /// A local of that type: one that is there, or a new one.
    int localOf(Type type) {
        var candidates = new ArrayList<Integer>();
        for (int i = 0; i < locals.size(); i++) {
            if (locals.get(i) == type && readable(i)) {
                candidates.add(i);
            }
        }
        return candidates.isEmpty() || oneIn(8) ? newLocal(type) : gen.oneOf(candidates);
    }
}
