package dev.wattle.fuzz;

import dev.wattle.testkit.Gen;
import java.util.ArrayList;
import java.util.List;

/// Changes a few instructions of a generated program, so that it is well-formed and mostly invalid by one rule
/// of validation.
final class TreeMutator {
    private static final int MAX_CHANGES = 2;

    private final Gen gen;
    private int next;

    TreeMutator(Gen gen) {
        this.gen = gen;
    }

    Program mutate(Program program) {
        Program changed = program;
        for (int i = gen.intBetween(1, MAX_CHANGES); i > 0; i--) {
            int chosen = gen.intBetween(0, Math.max(0, changed.size() - 1));
            next = 0;
            changed = changed.map(expression -> next++ == chosen ? change(expression) : expression);
        }
        return changed;
    }

    private Expression change(Expression expression) {
        return switch (gen.intBetween(0, 7)) {
            case 0, 1 -> expression.withOpcode(gen.oneOf(Operator.ALL).opcode());
            case 2 -> expression.withOpcode(gen.intBetween(0, 0xFF));
            case 3 -> expression.withImmediates(immediates(expression.immediates()));
            case 4 -> fewer(expression);
            case 5 -> more(expression);
            case 6 -> Constants.of(gen.oneOf(List.of(Type.values())), gen);
            default -> body(expression);
        };
    }

    private byte[] immediates(byte[] immediates) {
        if (immediates.length == 0) {
            return gen.bytes(1);
        }
        byte[] changed = immediates.clone();
        int at = gen.intBetween(0, changed.length - 1);
        changed[at] = (byte) (gen.bool() ? changed[at] + 1 : gen.intBetween(0, 0xFF));
        return changed;
    }

    private Expression fewer(Expression expression) {
        if (expression.operands().isEmpty()) {
            return expression;
        }
        var operands = new ArrayList<>(expression.operands());
        operands.remove(gen.intBetween(0, operands.size() - 1));
        return expression.withOperands(operands);
    }

    private Expression more(Expression expression) {
        var operands = new ArrayList<>(expression.operands());
        operands.add(gen.intBetween(0, operands.size()), Constants.of(gen.oneOf(List.of(Type.values())), gen));
        return expression.withOperands(operands);
    }

    private Expression body(Expression expression) {
        if (expression.bodies().isEmpty()) {
            return Expression.of(Code.UNREACHABLE, expression.results());
        }
        var bodies = new ArrayList<>(expression.bodies());
        int chosen = gen.intBetween(0, bodies.size() - 1);
        var body = new ArrayList<>(bodies.get(chosen));
        if (body.isEmpty() || gen.bool()) {
            body.add(gen.intBetween(0, body.size()), Expression.of(Code.UNREACHABLE, List.of()));
        } else {
            body.remove(gen.intBetween(0, body.size() - 1));
        }
        bodies.set(chosen, body);
        return expression.withBodies(bodies);
    }
}
