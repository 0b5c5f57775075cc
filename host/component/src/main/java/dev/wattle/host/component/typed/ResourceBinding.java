package dev.wattle.host.component.typed;

import dev.wattle.wit.WitValue;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;

/// The methods of a guest's resource, bound to a Java interface. Filled while it is made: a method may return
/// the resource itself.
final class ResourceBinding {
    private final Class<?> javaInterface;
    final Map<Method, GuestCall> calls = new HashMap<>();

    ResourceBinding(Class<?> javaInterface) {
        this.javaInterface = javaInterface;
    }

    Object handle(WitValue.Resource resource, boolean owned) {
        return Proxy.newProxyInstance(
                javaInterface.getClassLoader(),
                new Class<?>[] {javaInterface},
                new ResourceHandler(calls, resource, owned));
    }
}
