package dev.wattle.fuzz;

import java.util.List;

/// What makes every program end: each function and each turn of a loop takes one from a global, and leaves the
/// function when nothing is left.
final class Fuel {
    static final int GLOBAL = 0;

    private Fuel() {}

    /// Takes one; leaves with zeros when there is none.
    static Expression burn(List<Type> results) {
        var spent = Code.globalSet(GLOBAL, Code.apply("i32.sub", Code.globalGet(GLOBAL, Type.I32), Code.i32(1)));
        var empty = Code.apply("i32.lt_s", spent, Code.globalGet(GLOBAL, Type.I32), Code.i32(0));
        return Code.ifThen(
                empty, Code.returning(results.stream().map(Code::zero).toList()));
    }

    /// Is this what [#burn] makes? Nothing else puts three expressions before a comparison.
    static boolean burns(Expression expression) {
        return expression.opcode() == Code.IF
                && expression.operands().size() == 1
                && expression.operands().getFirst().operands().size() == 3;
    }
}
