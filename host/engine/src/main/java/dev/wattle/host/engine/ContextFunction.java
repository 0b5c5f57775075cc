package dev.wattle.host.engine;

import java.lang.invoke.MethodHandle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Binds its code to its context when somebody asks for the handle: engines that know wirings do not.
final class ContextFunction implements CoreExtern.WithContext {
    private final CoreType.Function type;
    private final MethodHandle code;
    private final Object context;
    private @Nullable MethodHandle handle;

    ContextFunction(CoreType.Function type, MethodHandle code, Object context) {
        this.type = Objects.requireNonNull(type, "type");
        this.code = code;
        this.context = Objects.requireNonNull(context, "context");
        if (code.type().parameterCount() == 0 || !code.type().parameterType(0).isInstance(context)) {
            throw new IllegalArgumentException("the code of a function of the host, " + code.type() + ", does not take "
                    + context.getClass().getName() + " first");
        }
    }

    @Override
    public CoreType.Function type() {
        return type;
    }

    @Override
    public MethodHandle code() {
        return code;
    }

    @Override
    public Object context() {
        return context;
    }

    @Override
    public MethodHandle handle() {
        MethodHandle known = handle;
        if (known == null) {
            known = code.bindTo(context);
            handle = known;
        }
        return known;
    }
}
