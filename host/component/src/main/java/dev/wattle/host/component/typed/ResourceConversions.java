package dev.wattle.host.component.typed;

import dev.wattle.host.component.abi.GuestResource;
import dev.wattle.wit.ResourceType;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitValue;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.util.function.Function;

/// Conversions of handles: a resource of the host is its object, one of a guest is an interface with its
/// methods.
final class ResourceConversions {
    /// Where the guest's resources are found; knows none when imports are bound.
    private final Function<ResourceType, Boolean> hasMethods;

    private final ResourceBinder binder;

    /// Binds the methods of a guest's resource to an interface.
    @FunctionalInterface
    interface ResourceBinder {
        ResourceBinding bind(ResourceType resource, Class<?> javaInterface, Problems problems);
    }

    ResourceConversions(Function<ResourceType, Boolean> hasMethods, ResourceBinder binder) {
        this.hasMethods = hasMethods;
        this.binder = binder;
    }

    /// For functions of the host, which see resources of the host.
    static ResourceConversions ofHost() {
        return new ResourceConversions(_ -> false, (resource, _, _) -> {
            throw new IllegalStateException("no guest has the resource " + resource);
        });
    }

    Conversion own(WitType type, ResourceType resource, Type java, Problems problems) {
        return of(type, resource, java, problems, true);
    }

    Conversion borrow(WitType type, ResourceType resource, Type java, Problems problems) {
        return of(type, resource, java, problems, false);
    }

    private Conversion of(WitType type, ResourceType resource, Type java, Problems problems, boolean owned) {
        Class<?> raw = JavaTypes.raw(java);
        if (raw == WitValue.Resource.class) {
            return Conversion.of(value -> (WitValue.Resource) value, value -> value);
        }
        if (raw.isPrimitive() || raw.isArray()) {
            return problems.mismatch(type, java, "an interface with the resource's methods, or the host's class");
        }
        if (raw.isInterface() && AutoCloseable.class.isAssignableFrom(raw) && hasMethods.apply(resource)) {
            return ofGuest(binder.bind(resource, raw, problems), resource, owned);
        }
        return Conversion.of(value -> new WitValue.Resource(resource, value), value -> ofHost(value, raw));
    }

    private static Object ofHost(WitValue value, Class<?> wanted) {
        Object representation = ((WitValue.Resource) value).representation();
        if (!wanted.isInstance(representation)) {
            throw new IllegalStateException("the resource %s is a %s and not a %s"
                    .formatted(
                            ((WitValue.Resource) value).type(),
                            representation.getClass().getName(),
                            wanted.getName()));
        }
        return representation;
    }

    private static Conversion ofGuest(ResourceBinding binding, ResourceType resource, boolean owned) {
        return Conversion.of(
                value -> {
                    if (Proxy.isProxyClass(value.getClass())
                            && Proxy.getInvocationHandler(value) instanceof ResourceHandler handler) {
                        return handler.pass(owned);
                    }
                    throw new IllegalArgumentException("not a handle of the resource " + resource);
                },
                value -> binding.handle((WitValue.Resource) value, owned && isOwned(value)));
    }

    private static boolean isOwned(WitValue value) {
        return ((WitValue.Resource) value).representation() instanceof GuestResource;
    }
}
