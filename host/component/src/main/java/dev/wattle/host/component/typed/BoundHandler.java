package dev.wattle.host.component.typed;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A Java interface over a guest's functions.
record BoundHandler(String name, Map<Method, GuestCall> calls) implements InvocationHandler {
    BoundHandler {
        calls = Map.copyOf(calls);
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        GuestCall call = calls.get(method);
        if (call == null) {
            return other(proxy, method, arguments, name);
        }
        List<dev.wattle.wit.WitValue> values =
                call.signature().argumentsToWit(arguments == null ? new @Nullable Object[0] : arguments);
        return call.signature().resultToJava(call.function().call(values));
    }

    /// What every object has (one is equal to itself alone), and methods that the interface implements itself.
    @SuppressWarnings("ReferenceEquality")
    static @Nullable Object other(Object proxy, Method method, @Nullable Object @Nullable [] arguments, String name)
            throws Throwable {
        if (method.isDefault()) {
            return InvocationHandler.invokeDefault(proxy, method, arguments);
        }
        return switch (method.getName()) {
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> name;
        };
    }

    static boolean isClose(Method method) {
        return method.getName().equals("close") && method.getParameterCount() == 0;
    }

    /// The methods that somebody must implement.
    static List<Method> methods(Class<?> javaInterface) {
        return Arrays.stream(javaInterface.getMethods())
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .sorted(Comparator.comparing(Method::getName))
                .toList();
    }
}
