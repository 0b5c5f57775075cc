package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.LinkException;
import dev.wattle.host.engine.V128;
import dev.wattle.host.engine.jvm.binary.ValueType;
import dev.wattle.host.engine.jvm.runtime.Instance;
import dev.wattle.host.engine.jvm.runtime.Scratch;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The arguments of functions that have too many for a call of the JVM: they travel in the scratch area. As vectors
/// take four of the JVM's places there and one here, the host can call some of these functions, and not others.
final class EntryArguments {
    /// Of the JVM's 255, some are for the handles that a call goes through.
    private static final int MAX_SLOTS = 250;

    private static final MethodHandle STORE = find();

    private EntryArguments() {}

    /// Whether a handle of the contract can have these parameters.
    static boolean fit(List<ValueType> parameters) {
        int slots = 0;
        for (ValueType parameter : parameters) {
            boolean wide = parameter == ValueType.Number.I64 || parameter == ValueType.Number.F64;
            slots += wide ? 2 : 1;
        }
        return slots <= MAX_SLOTS;
    }

    /// To be thrown when an import is given, or wired to, a function of the host whose parameters do not fit.
    static LinkException tooMany(String name) {
        return new LinkException(name + " has too many parameters for a function of the host");
    }

    /// @param entry `(Instance) → R`, of code that takes its arguments from the scratch area
    /// @return `(Instance, parameters as the contract has them…) → R`
    /// @throws UnsupportedOperationException when they are too many
    static MethodHandle throughScratch(MethodHandle entry, List<ValueType> parameters) {
        if (!fit(parameters)) {
            throw new UnsupportedOperationException(
                    "a function of " + parameters.size() + " parameters cannot be called by the host");
        }
        List<Class<?>> types =
                parameters.stream().<Class<?>>map(EntryArguments::type).toList();
        MethodHandle store = MethodHandles.insertArguments(STORE, 0, (Object) parameters.toArray(ValueType[]::new))
                .asCollector(Object[].class, types.size())
                .asType(MethodType.methodType(void.class, Instance.class).appendParameterTypes(types));
        return MethodHandles.foldArguments(MethodHandles.dropArguments(entry, 1, types), store);
    }

    private static Class<?> type(ValueType type) {
        return switch (type) {
            case ValueType.Reference _ -> Object.class;
            case ValueType.Number number ->
                switch (number) {
                    case I32 -> int.class;
                    case I64 -> long.class;
                    case F32 -> float.class;
                    case F64 -> double.class;
                    case V128 -> V128.class;
                };
        };
    }

    static void store(ValueType[] types, Instance instance, @Nullable Object[] arguments) {
        Scratch scratch = instance.scratch;
        for (int i = 0; i < types.length; i++) {
            if (types[i] instanceof ValueType.Reference) {
                scratch.references[i] = arguments[i];
            } else {
                store(scratch.words, 2 * i, arguments[i]);
            }
        }
    }

    private static void store(long[] words, int at, @Nullable Object argument) {
        switch (argument) {
            case Integer value -> words[at] = value;
            case Long value -> words[at] = value;
            case Float value -> words[at] = Float.floatToRawIntBits(value);
            case Double value -> words[at] = Double.doubleToRawLongBits(value);
            case V128(long low, long high) -> {
                words[at] = low;
                words[at + 1] = high;
            }
            case null, default -> throw new IllegalArgumentException("not a number: " + argument);
        }
    }

    private static MethodHandle find() {
        try {
            return MethodHandles.lookup()
                    .findStatic(
                            EntryArguments.class,
                            "store",
                            MethodType.methodType(void.class, ValueType[].class, Instance.class, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("store", e);
        }
    }
}
