package dev.wattle.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// An instruction with what it pops, as a tree: a tree can be made smaller, or altered, and stays a program.
///
/// @param opcode one byte; or a prefix byte, above the number of the instruction, where it has a prefix
/// @param immediates what follows the opcode
/// @param operands what runs before it; their results are what it pops
/// @param bodies of a structured instruction: one, or two for `if`
/// @param results what it pushes
@SuppressWarnings("ArrayRecordComponent") // Nobody changes it, and nobody compares it.
record Expression(
        int opcode, byte[] immediates, List<Expression> operands, List<List<Expression>> bodies, List<Type> results) {
    private static final int ELSE = 0x05;
    private static final int END = 0x0B;
    private static final int[] PREFIX_SHIFTS = {8, 12};
    private static final int[] PREFIXES = {0xFC, 0xFD};
    private static final byte[] NONE = {};

    Expression {
        operands = List.copyOf(operands);
        bodies = bodies.stream().map(List::copyOf).toList();
        results = List.copyOf(results);
    }

    static Expression of(int opcode, List<Type> results, Expression... operands) {
        return new Expression(opcode, NONE, List.of(operands), List.of(), results);
    }

    static Expression of(int opcode, Bytes immediates, List<Type> results, Expression... operands) {
        return new Expression(opcode, immediates.toArray(), List.of(operands), List.of(), results);
    }

    void write(Bytes out) {
        operands.forEach(operand -> operand.write(out));
        writeOpcode(out);
        out.raw(immediates);
        if (!bodies.isEmpty()) {
            for (int i = 0; i < bodies.size(); i++) {
                if (i > 0) {
                    out.raw(ELSE);
                }
                bodies.get(i).forEach(part -> part.write(out));
            }
            out.raw(END);
        }
    }

    private void writeOpcode(Bytes out) {
        for (int prefix : PREFIXES) {
            // 0xFD07 is number 0x07 after the prefix 0xFD, and 0xFD107 is number 0x107.
            for (int shift : PREFIX_SHIFTS) {
                if (opcode >> shift == prefix) {
                    out.raw(prefix).unsigned(opcode & ((1 << shift) - 1));
                    return;
                }
            }
        }
        out.raw(opcode);
    }

    Expression withOpcode(int other) {
        return new Expression(other, immediates, operands, bodies, results);
    }

    Expression withImmediates(byte[] other) {
        return new Expression(opcode, other, operands, bodies, results);
    }

    Expression withOperands(List<Expression> others) {
        return new Expression(opcode, immediates, others, bodies, results);
    }

    Expression withBodies(List<List<Expression>> others) {
        return new Expression(opcode, immediates, operands, others, results);
    }

    /// Replaces every expression, the innermost first. What burns fuel stays as it is, so that programs end.
    Expression map(UnaryOperator<Expression> change) {
        if (Fuel.burns(this)) {
            return this;
        }
        var inner = new Expression(
                opcode,
                immediates,
                mapAll(operands, change),
                bodies.stream().map(body -> mapAll(body, change)).toList(),
                results);
        return change.apply(inner);
    }

    static List<Expression> mapAll(List<Expression> expressions, UnaryOperator<Expression> change) {
        var changed = new ArrayList<Expression>(expressions.size());
        expressions.forEach(expression -> changed.add(expression.map(change)));
        return changed;
    }

    /// How many instructions there are.
    int size() {
        return 1
                + operands.stream().mapToInt(Expression::size).sum()
                + bodies.stream()
                        .flatMap(List::stream)
                        .mapToInt(Expression::size)
                        .sum();
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
