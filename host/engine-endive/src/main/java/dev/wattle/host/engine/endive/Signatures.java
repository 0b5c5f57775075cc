package dev.wattle.host.engine.endive;

import dev.wattle.host.engine.CoreType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Converts between typed calls and Endive's `long[]`, by method handles that are made once for each Java type
/// of a function.
@SuppressWarnings("UnusedMethod") // Found by their names.
final class Signatures {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final MethodType ARRAYS = MethodType.methodType(long[].class, long[].class);
    private static final MethodHandle CALL = find(GuestCall.class, "call", ARRAYS);
    private static final MethodHandle MANY_FROM_LONGS =
            findStatic("manyFromLongs", MethodType.methodType(Object[].class, Class[].class, long[].class));
    private static final MethodHandle MANY_TO_LONGS =
            findStatic("manyToLongs", MethodType.methodType(long[].class, Class[].class, Object[].class));

    private final Map<CallType, MethodHandle> outgoing = new ConcurrentHashMap<>();
    private final Map<CallType, MethodHandle> incoming = new ConcurrentHashMap<>();

    /// A function type as Java sees it; the results by class, since a handle returns several as `Object[]`.
    private record CallType(MethodType type, List<Class<?>> results) {
        static CallType of(CoreType.Function type) {
            return new CallType(
                    CoreTypes.methodType(type),
                    type.results().stream().<Class<?>>map(CoreTypes::javaType).toList());
        }

        Class<?>[] resultArray() {
            return results.toArray(Class<?>[]::new);
        }
    }

    /// From typed arguments to a guest: `(GuestCall, parameters…) → result`.
    MethodHandle outgoing(CoreType.Function type) {
        return outgoing.computeIfAbsent(CallType.of(type), Signatures::makeOutgoing);
    }

    /// From a guest to a typed handle: `(MethodHandle, long[]) → long[]`.
    MethodHandle incoming(CoreType.Function type) {
        return incoming.computeIfAbsent(CallType.of(type), Signatures::makeIncoming);
    }

    private static MethodHandle makeOutgoing(CallType call) {
        MethodType type = call.type();
        MethodHandle typed = CALL.asCollector(long[].class, type.parameterCount());
        MethodHandle[] toLong = new MethodHandle[type.parameterCount()];
        for (int i = 0; i < toLong.length; i++) {
            toLong[i] = toLong(type.parameterType(i));
        }
        typed = MethodHandles.filterArguments(typed, 1, toLong);
        return MethodHandles.filterReturnValue(typed, fromLongs(call));
    }

    private static MethodHandle fromLongs(CallType call) {
        Class<?> result = call.type().returnType();
        if (result == void.class) {
            return MethodHandles.empty(MethodType.methodType(void.class, long[].class));
        }
        if (result == Object[].class) {
            return MethodHandles.insertArguments(MANY_FROM_LONGS, 0, (Object) call.resultArray());
        }
        MethodHandle first = MethodHandles.insertArguments(MethodHandles.arrayElementGetter(long[].class), 1, 0);
        return MethodHandles.filterReturnValue(first, fromLong(result));
    }

    private static MethodHandle makeIncoming(CallType call) {
        MethodType type = call.type();
        MethodHandle typed = MethodHandles.exactInvoker(type);
        MethodHandle[] fromLong = new MethodHandle[type.parameterCount()];
        for (int i = 0; i < fromLong.length; i++) {
            fromLong[i] = fromLong(type.parameterType(i));
        }
        typed = MethodHandles.filterArguments(typed, 1, fromLong);
        typed = MethodHandles.filterReturnValue(typed, toLongs(call));
        return typed.asSpreader(long[].class, type.parameterCount());
    }

    private static MethodHandle toLongs(CallType call) {
        Class<?> result = call.type().returnType();
        if (result == void.class) {
            return MethodHandles.constant(long[].class, new long[0]);
        }
        if (result == Object[].class) {
            return MethodHandles.insertArguments(MANY_TO_LONGS, 0, (Object) call.resultArray());
        }
        MethodHandle one = findStatic("one", MethodType.methodType(long[].class, long.class));
        return MethodHandles.filterArguments(one, 0, toLong(result));
    }

    private static MethodHandle toLong(Class<?> type) {
        return findStatic("toLong", MethodType.methodType(long.class, type));
    }

    private static MethodHandle fromLong(Class<?> type) {
        return findStatic(
                "to" + Character.toUpperCase(type.getName().charAt(0))
                        + type.getName().substring(1),
                MethodType.methodType(type, long.class));
    }

    private static long[] one(long value) {
        return new long[] {value};
    }

    private static long toLong(int value) {
        return value;
    }

    private static long toLong(long value) {
        return value;
    }

    private static long toLong(float value) {
        return Float.floatToRawIntBits(value);
    }

    private static long toLong(double value) {
        return Double.doubleToRawLongBits(value);
    }

    private static int toInt(long value) {
        return (int) value;
    }

    private static float toFloat(long value) {
        return Float.intBitsToFloat((int) value);
    }

    private static double toDouble(long value) {
        return Double.longBitsToDouble(value);
    }

    private static Object[] manyFromLongs(Class<?>[] types, long[] values) {
        Object[] results = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            results[i] = boxed(types[i], values[i]);
        }
        return results;
    }

    private static Object boxed(Class<?> type, long value) {
        if (type == int.class) {
            return (int) value;
        }
        if (type == long.class) {
            return value;
        }
        return type == float.class ? (Object) toFloat(value) : (Object) toDouble(value);
    }

    private static long[] manyToLongs(Class<?>[] types, Object[] values) {
        if (values.length != types.length) {
            throw new IllegalStateException(
                    "a host function returned " + values.length + " results, not " + types.length);
        }
        long[] results = new long[types.length];
        for (int i = 0; i < types.length; i++) {
            results[i] = unboxed(types[i], values[i]);
        }
        return results;
    }

    private static long unboxed(Class<?> type, Object value) {
        if (type == int.class) {
            return toLong((int) value);
        }
        if (type == long.class) {
            return (long) value;
        }
        return type == float.class ? toLong((float) value) : toLong((double) value);
    }

    private static MethodHandle findStatic(String name, MethodType type) {
        try {
            return LOOKUP.findStatic(Signatures.class, name, type);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(name, e);
        }
    }

    private static MethodHandle find(Class<?> owner, String name, MethodType type) {
        try {
            return LOOKUP.findVirtual(owner, name, type);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(name, e);
        }
    }
}
