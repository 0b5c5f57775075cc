package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.V128;
import dev.wattle.host.engine.jvm.binary.ValueType;
import dev.wattle.host.engine.jvm.runtime.Instance;
import dev.wattle.host.engine.jvm.runtime.Scratch;
import dev.wattle.host.engine.jvm.runtime.Support;
import org.jspecify.annotations.Nullable;

/// What follows a call of generated code by the host: called through handles, found by name and type.
final class EntryResults {
    private EntryResults() {}

    // Makes the tail calls that are pending: the result is that of the last one.

    static void settled(Instance instance) {
        Support.drive(instance);
    }

    static int settled(int result, Instance instance) {
        Scratch scratch = instance.scratch;
        if (scratch.pending == null) {
            return result;
        }
        Support.drive(instance);
        return (int) scratch.words[0];
    }

    static long settled(long result, Instance instance) {
        Scratch scratch = instance.scratch;
        if (scratch.pending == null) {
            return result;
        }
        Support.drive(instance);
        return scratch.words[0];
    }

    static float settled(float result, Instance instance) {
        Scratch scratch = instance.scratch;
        if (scratch.pending == null) {
            return result;
        }
        Support.drive(instance);
        return Float.intBitsToFloat((int) scratch.words[0]);
    }

    static double settled(double result, Instance instance) {
        Scratch scratch = instance.scratch;
        if (scratch.pending == null) {
            return result;
        }
        Support.drive(instance);
        return Double.longBitsToDouble(scratch.words[0]);
    }

    static @Nullable Object settled(@Nullable Object result, Instance instance) {
        Scratch scratch = instance.scratch;
        if (scratch.pending == null) {
            return result;
        }
        Support.drive(instance);
        return scratch.references[0];
    }

    static V128 vector(long low, Instance instance) {
        return new V128(low, instance.scratch.words[1]);
    }

    /// @param first the first result, boxed; of a vector the low half
    static @Nullable Object[] results(ValueType[] types, @Nullable Object first, Instance instance) {
        Scratch scratch = instance.scratch;
        @Nullable Object[] results = new Object[types.length];
        results[0] = types[0] == ValueType.Number.V128 && first instanceof Long low
                ? new V128(low, scratch.words[1])
                : first;
        for (int i = 1; i < types.length; i++) {
            results[i] = result(types[i], i, scratch);
        }
        return results;
    }

    private static @Nullable Object result(ValueType type, int index, Scratch scratch) {
        return switch (type) {
            case ValueType.Reference _ -> scratch.references[index];
            case ValueType.Number number -> {
                long word = scratch.words[2 * index];
                yield switch (number) {
                    case I32 -> (int) word;
                    case I64 -> word;
                    case F32 -> Float.intBitsToFloat((int) word);
                    case F64 -> Double.longBitsToDouble(word);
                    case V128 -> new V128(word, scratch.words[2 * index + 1]);
                };
            }
        };
    }
}
