package dev.wattle.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// A planted miscompile: our engine gets a module in which one kind of instruction is another one, as if it had
/// compiled it wrongly; the others get the module as it is.
@SuppressWarnings("ImmutableEnumChecker") // The changes keep nothing.
enum Alteration {
    SHIFT_IS_UNSIGNED(swap("i32.shr_s", "i32.shr_u", "i64.shr_s", "i64.shr_u")),
    COMPARISON_IS_UNSIGNED(swap("i32.lt_s", "i32.lt_u", "i64.lt_s", "i64.lt_u")),
    DIVISION_IS_UNSIGNED(swap("i32.div_s", "i32.div_u", "i64.rem_s", "i64.rem_u")),
    ROTATES_THE_OTHER_WAY(swap("i32.rotl", "i32.rotr", "i64.rotl", "i64.rotr")),
    EXTENDS_FROM_THE_WRONG_BIT(swap("i32.extend8_s", "i32.extend16_s", "i64.load8_s", "i64.load8_u")),
    MINIMUM_IS_MAXIMUM(swap("f64.min", "f64.max", "f32.min", "f32.max")),
    CONVERSION_IS_UNSIGNED(
            swap("i32.trunc_sat_f64_s", "i32.trunc_sat_f64_u", "f32.convert_i64_s", "f32.convert_i64_u")),
    STORE_IS_ONE_BYTE_OFF(Alteration::shiftStore),
    SELECT_TAKES_THE_OTHER(Alteration::swapSelect),
    BRANCH_TABLE_HAS_THE_WRONG_DEFAULT(Alteration::breakBranchTable),
    STORE_IS_LOST(Alteration::loseStore),
    COPY_LOSES_A_BYTE(Alteration::shortenCopy),
    VECTOR_LANES_ARE_SWAPPED(
            swap("i16x8.extend_low_i8x16_s", "i16x8.extend_high_i8x16_s", "i32x4.min_s", "i32x4.min_u"));

    private final UnaryOperator<Expression> change;

    Alteration(UnaryOperator<Expression> change) {
        this.change = change;
    }

    Program apply(Program program) {
        return program.map(change);
    }

    /// Replaces the first of each pair by the second.
    private static UnaryOperator<Expression> swap(String... names) {
        Map<Integer, Integer> opcodes = Arrays.stream(pairs(names))
                .collect(Collectors.toMap(
                        pair -> Operator.named(pair[0]).opcode(),
                        pair -> Operator.named(pair[1]).opcode()));
        return expression -> {
            Integer other = opcodes.get(expression.opcode());
            return other == null ? expression : expression.withOpcode(other);
        };
    }

    private static String[][] pairs(String... names) {
        var pairs = new ArrayList<String[]>();
        for (int i = 0; i < names.length; i += 2) {
            pairs.add(new String[] {names[i], names[i + 1]});
        }
        return pairs.toArray(String[][]::new);
    }

    /// `i32.store` with a small offset writes at the next byte.
    private static Expression shiftStore(Expression expression) {
        byte[] immediates = expression.immediates();
        if (expression.opcode() != Operator.named("i32.store").opcode()
                || immediates.length != 2
                || immediates[1] == 0x7F) {
            return expression;
        }
        return expression.withImmediates(new byte[] {immediates[0], (byte) (immediates[1] + 1)});
    }

    private static Expression swapSelect(Expression expression) {
        if (expression.opcode() != Code.SELECT_TYPED) {
            return expression;
        }
        var operands = expression.operands();
        return expression.withOperands(List.of(operands.get(1), operands.get(0), operands.get(2)));
    }

    private static Expression breakBranchTable(Expression expression) {
        byte[] targets = expression.immediates();
        if (expression.opcode() != Code.BR_TABLE || targets.length < 3) {
            return expression;
        }
        byte[] others = targets.clone();
        others[others.length - 1] = targets[1];
        return expression.withImmediates(others);
    }

    private static Expression loseStore(Expression expression) {
        if (expression.opcode() != Operator.named("i64.store16").opcode()) {
            return expression;
        }
        var drop = Expression.of(Code.DROP, List.of(), expression.operands().toArray(Expression[]::new));
        return Expression.of(Code.DROP, List.of(), drop);
    }

    private static Expression shortenCopy(Expression expression) {
        if (expression.opcode() != Code.MEMORY_COPY) {
            return expression;
        }
        var operands = new ArrayList<>(expression.operands());
        operands.set(2, Code.apply("i32.and", operands.get(2), Code.i32(~1)));
        return expression.withOperands(operands);
    }
}
