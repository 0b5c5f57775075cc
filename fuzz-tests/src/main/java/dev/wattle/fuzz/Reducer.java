package dev.wattle.fuzz;

import dev.wattle.fuzz.Case.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// Makes a program smaller while it still shows the same difference: fewer calls, and expressions replaced by
/// one of their operands, by zero, or by nothing; from the outside to the inside.
final class Reducer {
    private final BiPredicate<Program, List<Call>> shows;
    private final long end;
    private Program program;
    private List<Call> calls;

    /// @param shows does a program with these calls show the difference?
    Reducer(Program program, List<Call> calls, BiPredicate<Program, List<Call>> shows, Duration time) {
        this.program = program;
        this.calls = calls;
        this.shows = shows;
        this.end = System.nanoTime() + time.toNanos();
    }

    Program program() {
        return program;
    }

    List<Call> calls() {
        return calls;
    }

    Reducer reduce() {
        int before;
        do {
            before = program.size() + calls.size();
            dropCalls();
            for (int function = 0; function < program.functions().size(); function++) {
                shrink(function);
            }
        } while (program.size() + calls.size() < before && System.nanoTime() < end);
        return this;
    }

    private void dropCalls() {
        for (int i = calls.size() - 1; i >= 0; i--) {
            var fewer = new ArrayList<>(calls);
            fewer.remove(i);
            tryOut(program, fewer);
        }
    }

    private void shrink(int function) {
        for (int node = 0; node < sizeOf(program.functions().get(function)) && System.nanoTime() < end; node++) {
            Expression found = new Visit(node, List.of(), false)
                    .in(program.functions().get(function))
                    .found();
            if (found == null) {
                continue;
            }
            for (Optional<Expression> smaller : smallerThan(found)) {
                if (replace(function, node, smaller)) {
                    node--;
                    break;
                }
            }
        }
    }

    private static List<Optional<Expression>> smallerThan(Expression found) {
        if (Fuel.burns(found)) {
            return List.of();
        }
        var candidates = new ArrayList<Optional<Expression>>();
        candidates.add(Optional.empty());
        if (found.results().size() == 1 && found.size() > 1) {
            candidates.add(Optional.of(Code.zero(found.results().getFirst())));
        }
        found.operands().stream()
                .filter(operand -> operand.results().equals(found.results()))
                .forEach(operand -> candidates.add(Optional.of(operand)));
        if (found.bodies().size() == 1 && found.bodies().getFirst().size() == 1) {
            candidates.add(Optional.of(found.bodies().getFirst().getFirst()));
        }
        return candidates;
    }

    private boolean replace(int function, int node, Optional<Expression> smaller) {
        var functions = new ArrayList<>(program.functions());
        Visit visit = new Visit(node, smaller.stream().toList(), true);
        functions.set(function, visit.in(functions.get(function)).changed());
        return tryOut(program.withFunctions(functions), calls);
    }

    private boolean tryOut(Program candidate, List<Call> fewer) {
        if (System.nanoTime() >= end || !shows.test(candidate, fewer)) {
            return false;
        }
        program = candidate;
        calls = fewer;
        return true;
    }

    private static int sizeOf(Program.Function function) {
        return function.body().stream().mapToInt(Expression::size).sum();
    }

    /// Finds the expression of a number, counted from the outside, and puts another one into its place.
    private static final class Visit {
        private final int wanted;
        private final List<Expression> replacement;
        private final boolean replacing;
        private int next;
        private @Nullable Expression found;
        private Program.@Nullable Function changed;

        Visit(int wanted, List<Expression> replacement, boolean replacing) {
            this.wanted = wanted;
            this.replacement = replacement;
            this.replacing = replacing;
        }

        Visit in(Program.Function function) {
            changed = new Program.Function(function.type(), function.locals(), all(function.body()));
            return this;
        }

        @Nullable
        Expression found() {
            return found;
        }

        Program.Function changed() {
            return java.util.Objects.requireNonNull(changed);
        }

        private List<Expression> all(List<Expression> expressions) {
            var out = new ArrayList<Expression>(expressions.size());
            for (Expression expression : expressions) {
                if (next++ == wanted) {
                    found = expression;
                    next += expression.size() - 1;
                    out.addAll(replacing ? replacement : List.of(expression));
                } else if (next + expression.size() - 1 <= wanted || next > wanted + 1 || Fuel.burns(expression)) {
                    next += expression.size() - 1;
                    out.add(expression);
                } else {
                    out.add(expression
                            .withOperands(all(expression.operands()))
                            .withBodies(
                                    expression.bodies().stream().map(this::all).toList()));
                }
            }
            return out;
        }
    }
}
