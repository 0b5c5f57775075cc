package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.V128;
import dev.wattle.host.engine.jvm.binary.FunctionType;
import dev.wattle.host.engine.jvm.binary.ValueType;
import dev.wattle.host.engine.jvm.runtime.Boundary;
import dev.wattle.host.engine.jvm.runtime.Instance;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// From the static methods of generated code to handles that the host calls: vectors and several results as the
/// contract has them, pending tail calls made, exceptions mapped.
final class EntryHandles {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private static final MethodHandle LOW = find(V128.class, "low");
    private static final MethodHandle HIGH = find(V128.class, "high");
    private static final MethodHandle LEAVING = leaving();

    private EntryHandles() {}

    /// @param entry `(parameters as JVM values…, Instance) → R`
    /// @param mayLeaveCalls whether it may return with a tail call pending
    /// @return `(Instance, parameters as the contract has them…) → R` of the contract
    static MethodHandle of(MethodHandle entry, FunctionType type, boolean mayLeaveCalls) {
        int last = entry.type().parameterCount() - 1;
        MethodHandle general = entry.asType(entry.type().changeParameterType(last, Instance.class));
        MethodHandle whole = withArguments(instanceFirst(withResults(general, type, mayLeaveCalls)), type.parameters());
        MethodHandle failing = MethodHandles.collectArguments(
                MethodHandles.throwException(whole.type().returnType(), RuntimeException.class), 0, LEAVING);
        return MethodHandles.catchException(whole, Throwable.class, failing);
    }

    /// Its results as the contract has them; the instance is the last argument still.
    private static MethodHandle withResults(MethodHandle entry, FunctionType type, boolean mayLeaveCalls) {
        List<ValueType> results = type.results();
        boolean simple = results.isEmpty() || (results.size() == 1 && results.getFirst() != ValueType.Number.V128);
        if (simple && !mayLeaveCalls) {
            return entry;
        }
        Class<?> returned = entry.type().returnType();
        MethodHandle finish = returned == void.class
                ? findStatic("settled", MethodType.methodType(void.class, Instance.class))
                : findStatic("settled", MethodType.methodType(returned, returned, Instance.class));
        if (!simple) {
            MethodHandle take = results.size() == 1
                    ? findStatic("vector", MethodType.methodType(V128.class, long.class, Instance.class))
                    : MethodHandles.insertArguments(
                                    findStatic(
                                            "results",
                                            MethodType.methodType(
                                                    Object[].class, ValueType[].class, Object.class, Instance.class)),
                                    0,
                                    (Object) results.toArray(ValueType[]::new))
                            .asType(MethodType.methodType(Object[].class, returned, Instance.class));
            finish = sharingLast(MethodHandles.collectArguments(take, 0, finish));
        }
        return sharingLast(MethodHandles.collectArguments(finish, 0, entry));
    }

    /// Of `(…, Instance, Instance)` makes `(…, Instance)`.
    private static MethodHandle sharingLast(MethodHandle handle) {
        int count = handle.type().parameterCount();
        int[] order = new int[count];
        Arrays.setAll(order, i -> Math.min(i, count - 2));
        return MethodHandles.permuteArguments(handle, handle.type().dropParameterTypes(count - 1, count), order);
    }

    /// Of `(…, Instance)` makes `(Instance, …)`.
    private static MethodHandle instanceFirst(MethodHandle handle) {
        int last = handle.type().parameterCount() - 1;
        int[] order = new int[last + 1];
        Arrays.setAll(order, i -> i == last ? 0 : i + 1);
        MethodType type = handle.type().dropParameterTypes(last, last + 1).insertParameterTypes(0, Instance.class);
        return MethodHandles.permuteArguments(handle, type, order);
    }

    /// Takes arguments as the contract has them; the instance is the first.
    private static MethodHandle withArguments(MethodHandle handle, List<ValueType> parameters) {
        boolean scratched = !parameters.isEmpty() && handle.type().parameterCount() == 1;
        return scratched ? EntryArguments.throughScratch(handle, parameters) : withVectors(handle, parameters);
    }

    /// Takes vectors apart; the instance is the first argument.
    private static MethodHandle withVectors(MethodHandle handle, List<ValueType> parameters) {
        if (!parameters.contains(ValueType.Number.V128)) {
            return handle;
        }
        List<Class<?>> types = new ArrayList<>(List.of(Instance.class));
        List<Integer> order = new ArrayList<>(List.of(0));
        List<@Nullable MethodHandle> filters = new ArrayList<>();
        filters.add(null);
        for (ValueType parameter : parameters) {
            boolean vector = parameter == ValueType.Number.V128;
            if (vector) {
                order.add(types.size());
                filters.add(LOW);
            }
            order.add(types.size());
            types.add(vector ? V128.class : handle.type().parameterType(filters.size()));
            filters.add(vector ? HIGH : null);
        }
        MethodHandle apart = MethodHandles.filterArguments(handle, 0, filters.toArray(MethodHandle[]::new));
        return MethodHandles.permuteArguments(
                apart,
                MethodType.methodType(handle.type().returnType(), types),
                order.stream().mapToInt(Integer::intValue).toArray());
    }

    private static MethodHandle find(Class<?> owner, String name) {
        try {
            return LOOKUP.findVirtual(owner, name, MethodType.methodType(long.class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(name, e);
        }
    }

    private static MethodHandle leaving() {
        try {
            return LOOKUP.findStatic(
                    Boundary.class,
                    "leaving",
                    MethodType.methodType(RuntimeException.class, Throwable.class, Instance.class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("leaving", e);
        }
    }

    private static MethodHandle findStatic(String name, MethodType type) {
        try {
            return LOOKUP.findStatic(EntryResults.class, name, type);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(name, e);
        }
    }
}
