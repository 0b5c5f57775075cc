package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.jvm.binary.ValueType;
import dev.wattle.host.engine.jvm.binary.WasmModule.Constant;
import dev.wattle.host.engine.jvm.binary.WasmModule.Constant.Step;
import dev.wattle.host.engine.jvm.runtime.GlobalCell;
import dev.wattle.host.engine.jvm.runtime.Instance;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Evaluates the constant expressions of tables and segments: offsets and references; and those of globals that are
/// not compiled, because there are too many or they are too long.
final class Constants {
    private Constants() {}

    /// An offset, when it is the same for all instances.
    static OptionalInt sameOffset(Constant constant) {
        for (Step step : constant.steps()) {
            if (step instanceof Step.GlobalValue) {
                return OptionalInt.empty();
            }
        }
        return OptionalInt.of(evaluate(constant, null));
    }

    /// An offset: an `i32`.
    static int offset(Constant constant, Instance instance) {
        return evaluate(constant, instance);
    }

    /// The initial value of a global.
    static GlobalCell cell(Constant constant, Instance instance) {
        var cell = new GlobalCell();
        switch (constant.steps().getLast()) {
            case Step.Number _, Step.Arithmetic _ -> cell.word = word(constant, instance);
            case Step.Vector(long low, long high) -> {
                cell.word = low;
                cell.high = high;
            }
            case Step.GlobalValue(int index) -> {
                GlobalCell other = instance.global(index);
                cell.word = other.word;
                cell.high = other.high;
                cell.reference = other.reference;
            }
            case Step.Null _, Step.Function _ -> cell.reference = reference(constant, instance);
        }
        return cell;
    }

    private static int evaluate(Constant constant, @Nullable Instance instance) {
        return (int) word(constant, instance);
    }

    /// A number; of 32 bits, in the low half.
    private static long word(Constant constant, @Nullable Instance instance) {
        // Numbers of one type only are on the way to a number, and the low half of a result depends on low halves.
        long[] stack = new long[constant.steps().size()];
        int depth = 0;
        for (Step step : constant.steps()) {
            switch (step) {
                case Step.Number number -> stack[depth++] = number.bits();
                case Step.GlobalValue global -> {
                    if (instance == null) {
                        throw new IllegalStateException("depends on an instance: " + constant);
                    }
                    stack[depth++] = instance.global(global.index()).word;
                }
                case Step.Arithmetic(ValueType.Number _, char operator) -> {
                    depth--;
                    stack[depth - 1] = apply(operator, stack[depth - 1], stack[depth]);
                }
                case Step.Vector _, Step.Null _, Step.Function _ ->
                    throw new IllegalStateException("not a number: " + constant);
            }
        }
        return stack[0];
    }

    private static long apply(char operator, long left, long right) {
        return switch (operator) {
            case '+' -> left + right;
            case '-' -> left - right;
            case '*' -> left * right;
            default -> throw new IllegalStateException("operator " + operator);
        };
    }

    /// The function that a reference means in all instances, as an image has it: its index plus one, 0 for null.
    /// Empty when it depends on the instance.
    static OptionalInt sameFunction(Constant constant) {
        if (constant.steps().size() != 1) {
            return OptionalInt.empty();
        }
        return switch (constant.steps().getFirst()) {
            case Step.Function function -> OptionalInt.of(function.index() + 1);
            case Step.Null _ -> OptionalInt.of(0);
            case Step.GlobalValue _, Step.Number _, Step.Vector _, Step.Arithmetic _ -> OptionalInt.empty();
        };
    }

    /// A reference.
    static @Nullable Object reference(Constant constant, Instance instance) {
        return switch (constant.steps().getLast()) {
            case Step.Function function -> instance.reference(function.index());
            case Step.Null _ -> null;
            case Step.GlobalValue global -> instance.global(global.index()).reference;
            case Step.Number _, Step.Vector _, Step.Arithmetic _ ->
                throw new IllegalStateException("not a reference: " + constant);
        };
    }
}
