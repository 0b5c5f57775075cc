package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.jvm.binary.ValueType;
import dev.wattle.host.engine.jvm.binary.WasmModule.Constant;
import dev.wattle.host.engine.jvm.binary.WasmModule.Constant.Step;
import dev.wattle.host.engine.jvm.runtime.Instance;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Evaluates the constant expressions of tables and segments: offsets and references. Those of globals are compiled.
final class Constants {
    private Constants() {}

    /// An offset, when it is the same for all instances.
    static OptionalInt sameOffset(Constant constant) {
        boolean depends = constant.steps().stream().anyMatch(Step.GlobalValue.class::isInstance);
        return depends ? OptionalInt.empty() : OptionalInt.of(evaluate(constant, null));
    }

    /// An offset: an `i32`.
    static int offset(Constant constant, Instance instance) {
        return evaluate(constant, instance);
    }

    private static int evaluate(Constant constant, @Nullable Instance instance) {
        // Only i32 can be on the way to an i32: no conversion is a constant instruction.
        int[] stack = new int[constant.steps().size()];
        int depth = 0;
        for (Step step : constant.steps()) {
            switch (step) {
                case Step.Number number -> stack[depth++] = (int) number.bits();
                case Step.GlobalValue global -> {
                    if (instance == null) {
                        throw new IllegalStateException("depends on an instance: " + constant);
                    }
                    stack[depth++] = (int) instance.global(global.index()).word;
                }
                case Step.Arithmetic(ValueType.Number _, char operator) -> {
                    depth--;
                    stack[depth - 1] = apply(operator, stack[depth - 1], stack[depth]);
                }
                case Step.Vector _, Step.Null _, Step.Function _ ->
                    throw new IllegalStateException("not a valid offset: " + constant);
            }
        }
        return stack[0];
    }

    private static int apply(char operator, int left, int right) {
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
