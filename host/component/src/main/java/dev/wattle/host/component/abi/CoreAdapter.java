package dev.wattle.host.component.abi;

import dev.wattle.host.engine.CoreType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Turns calls with exact core types into calls with flat values as bits in longs, and back. One for each core
/// type, shared by all instances: binding one to a function is cheap, making one is not.
final class CoreAdapter {
    /// Guests bring types of their own: more than these are made anew each time instead of kept for good.
    /// Programs share some hundred.
    private static final int MAX_KEPT = 4096;

    private static final Map<CoreType.Function, CoreAdapter> KEPT = new ConcurrentHashMap<>();
    private static final MethodHandle CALL;
    private static final MethodHandle INT_TO_BITS;
    private static final MethodHandle BITS_TO_INT;
    private static final MethodHandle FLOAT_TO_BITS;
    private static final MethodHandle BITS_TO_FLOAT;
    private static final MethodHandle DOUBLE_TO_BITS;
    private static final MethodHandle BITS_TO_DOUBLE;
    private static final MethodHandle IGNORE_BITS = MethodHandles.empty(MethodType.methodType(void.class, long.class));

    static {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        try {
            CALL = lookup.findVirtual(FlatFunction.class, "call", MethodType.methodType(long.class, long[].class));
            INT_TO_BITS = find(lookup, "intToBits", long.class, int.class);
            BITS_TO_INT = find(lookup, "bitsToInt", int.class, long.class);
            FLOAT_TO_BITS = find(lookup, "floatToBits", long.class, float.class);
            BITS_TO_FLOAT = find(lookup, "bitsToFloat", float.class, long.class);
            DOUBLE_TO_BITS = find(lookup, "doubleToBits", long.class, double.class);
            BITS_TO_DOUBLE = find(lookup, "bitsToDouble", double.class, long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /// A core function over flat values. One with no result answers anything.
    @FunctionalInterface
    interface FlatFunction {
        long call(long[] values);
    }

    /// `(MethodHandle, long[]) -> long`
    private final MethodHandle spread;
    /// `(FlatFunction, exact types…) -> exact type`
    private final MethodHandle collect;

    private CoreAdapter(CoreType.Function type) {
        this.spread = spread(type);
        this.collect = collect(type);
    }

    static CoreAdapter of(CoreType.Function type) {
        CoreAdapter kept = KEPT.get(type);
        if (kept != null) {
            return kept;
        }
        CoreAdapter made = new CoreAdapter(type);
        if (KEPT.size() < MAX_KEPT) {
            KEPT.putIfAbsent(type, made);
        }
        return made;
    }

    /// The function as a core function's handle.
    MethodHandle bind(FlatFunction function) {
        return collect.bindTo(function);
    }

    /// Calls a core function. The result's bits; 0 when there is none.
    long invoke(MethodHandle callee, long[] values) {
        try {
            return (long) spread.invokeExact(callee, values);
        } catch (Throwable e) {
            throw Unchecked.rethrow(e);
        }
    }

    private static MethodHandle spread(CoreType.Function type) {
        List<CoreType.Value> parameters = type.parameters();
        MethodHandle handle = MethodHandles.exactInvoker(methodType(type));
        for (int index = 0; index < parameters.size(); index++) {
            handle = switch (parameters.get(index)) {
                case I32 -> MethodHandles.filterArguments(handle, index + 1, BITS_TO_INT);
                case F32 -> MethodHandles.filterArguments(handle, index + 1, BITS_TO_FLOAT);
                case F64 -> MethodHandles.filterArguments(handle, index + 1, BITS_TO_DOUBLE);
                default -> handle;
            };
        }
        MethodHandle filter = type.results().isEmpty()
                ? MethodHandles.constant(long.class, 0L)
                : switch (type.results().getFirst()) {
                    case I32 -> INT_TO_BITS;
                    case F32 -> FLOAT_TO_BITS;
                    case F64 -> DOUBLE_TO_BITS;
                    default -> MethodHandles.identity(long.class);
                };
        return MethodHandles.filterReturnValue(handle, filter).asSpreader(1, long[].class, parameters.size());
    }

    private static MethodHandle collect(CoreType.Function type) {
        List<CoreType.Value> parameters = type.parameters();
        MethodHandle handle = CALL.asCollector(1, long[].class, parameters.size());
        for (int index = 0; index < parameters.size(); index++) {
            handle = switch (parameters.get(index)) {
                case I32 -> MethodHandles.filterArguments(handle, index + 1, INT_TO_BITS);
                case F32 -> MethodHandles.filterArguments(handle, index + 1, FLOAT_TO_BITS);
                case F64 -> MethodHandles.filterArguments(handle, index + 1, DOUBLE_TO_BITS);
                default -> handle;
            };
        }
        MethodHandle filter = type.results().isEmpty()
                ? IGNORE_BITS
                : switch (type.results().getFirst()) {
                    case I32 -> BITS_TO_INT;
                    case F32 -> BITS_TO_FLOAT;
                    case F64 -> BITS_TO_DOUBLE;
                    default -> MethodHandles.identity(long.class);
                };
        return MethodHandles.filterReturnValue(handle, filter);
    }

    /// The exact Java type of a core function.
    static MethodType methodType(CoreType.Function type) {
        Class<?> result =
                type.results().isEmpty() ? void.class : javaType(type.results().getFirst());
        return MethodType.methodType(
                result, type.parameters().stream().map(CoreAdapter::javaType).toList());
    }

    private static Class<?> javaType(CoreType.Value value) {
        return switch (value) {
            case I32 -> int.class;
            case I64 -> long.class;
            case F32 -> float.class;
            case F64 -> double.class;
            case V128, FUNCREF, EXTERNREF, EXNREF, OTHERREF ->
                throw new IllegalArgumentException("never flat: " + value);
        };
    }

    private static MethodHandle find(MethodHandles.Lookup lookup, String name, Class<?> result, Class<?> parameter)
            throws ReflectiveOperationException {
        return lookup.findStatic(CoreAdapter.class, name, MethodType.methodType(result, parameter));
    }

    static long intToBits(int value) {
        return Integer.toUnsignedLong(value);
    }

    static int bitsToInt(long bits) {
        return (int) bits;
    }

    static long floatToBits(float value) {
        return Integer.toUnsignedLong(Float.floatToRawIntBits(value));
    }

    static float bitsToFloat(long bits) {
        return Float.intBitsToFloat((int) bits);
    }

    static long doubleToBits(double value) {
        return Double.doubleToRawLongBits(value);
    }

    static double bitsToDouble(long bits) {
        return Double.longBitsToDouble(bits);
    }
}
