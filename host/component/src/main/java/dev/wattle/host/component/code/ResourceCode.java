package dev.wattle.host.component.code;

import dev.wattle.host.component.abi.ResourceDefinition;
import dev.wattle.host.component.abi.ResourceFunctions;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// Code for the built-ins that guests handle resources with.
public final class ResourceCode {
    private static final MethodHandle NEW = find("make", int.class, Context.class, int.class, int.class);
    private static final MethodHandle REP = find("representation", int.class, Context.class, int.class, int.class);
    private static final MethodHandle DROP = find("drop", void.class, Context.class, int.class, int.class, int.class);

    private ResourceCode() {}

    /// `(Context, representation) → handle`
    public static MethodHandle resourceNew(int resource) {
        return MethodHandles.insertArguments(NEW, 1, resource);
    }

    /// `(Context, handle) → representation`
    public static MethodHandle resourceRep(int resource) {
        return MethodHandles.insertArguments(REP, 1, resource);
    }

    /// `(Context, handle)`
    public static MethodHandle resourceDrop(int state, int resource) {
        return MethodHandles.insertArguments(DROP, 1, state, resource);
    }

    @SuppressWarnings("UnusedMethod") // by its handle
    private static int make(Context context, int resource, int representation) {
        return ResourceFunctions.make((ResourceDefinition.Guest) context.resources[resource], representation);
    }

    @SuppressWarnings("UnusedMethod") // by its handle
    private static int representation(Context context, int resource, int handle) {
        return ResourceFunctions.representation((ResourceDefinition.Guest) context.resources[resource], handle);
    }

    @SuppressWarnings("UnusedMethod") // by its handle
    private static void drop(Context context, int state, int resource, int handle) {
        ResourceFunctions.drop(context.states[state], context.resources[resource], handle);
    }

    private static MethodHandle find(String name, Class<?> result, Class<?>... parameters) {
        try {
            return MethodHandles.lookup()
                    .findStatic(ResourceCode.class, name, MethodType.methodType(result, parameters));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
