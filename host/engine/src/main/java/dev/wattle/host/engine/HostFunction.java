package dev.wattle.host.engine;

import java.lang.invoke.MethodHandle;
import java.util.Objects;

record HostFunction(CoreType.Function type, MethodHandle handle) implements CoreExtern.Function {
    HostFunction {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(handle, "handle");
    }
}
