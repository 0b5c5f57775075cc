package dev.wattle.host.component.typed;

import dev.wattle.host.component.abi.GuestResource;
import dev.wattle.wit.WitValue;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A handle of a guest's resource as a Java object: its methods call the guest's, `close` drops it when it is
/// owned. One sandbox, one thread at a time.
final class ResourceHandler implements InvocationHandler {
    private final Map<Method, GuestCall> calls;
    private final WitValue.Resource resource;
    private boolean owned;
    private boolean gone;

    ResourceHandler(Map<Method, GuestCall> calls, WitValue.Resource resource, boolean owned) {
        this.calls = calls;
        this.resource = resource;
        this.owned = owned;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        GuestCall call = calls.get(method);
        if (call != null) {
            requireThere();
            List<WitValue> values = new ArrayList<>();
            values.add(resource);
            values.addAll(call.signature().argumentsToWit(arguments == null ? new @Nullable Object[0] : arguments));
            return call.signature().resultToJava(call.function().call(values));
        }
        if (BoundHandler.isClose(method)) {
            close();
            return null;
        }
        return BoundHandler.other(proxy, method, arguments, resource.type().toString());
    }

    /// The handle as an argument: an owned one belongs to the guest from then on.
    WitValue pass(boolean asOwned) {
        requireThere();
        if (asOwned) {
            if (!owned) {
                throw new IllegalArgumentException("the " + resource.type() + " is borrowed: it cannot be given away");
            }
            gone = true;
        }
        return resource;
    }

    private void requireThere() {
        if (gone) {
            throw new IllegalStateException("the " + resource.type() + " was closed or given away");
        }
    }

    private void close() {
        boolean drop = owned && !gone;
        gone = true;
        owned = false;
        if (drop) {
            ((GuestResource) resource.representation()).drop();
        }
    }
}
