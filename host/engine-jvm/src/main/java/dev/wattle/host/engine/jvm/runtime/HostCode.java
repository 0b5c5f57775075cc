package dev.wattle.host.engine.jvm.runtime;

import java.lang.invoke.MethodHandle;

/// A class loader of generated code that knows functions of the host.
public interface HostCode {
    /// What the import of that index is for all instances: `(Object, parameters…) → result`.
    MethodHandle hostCode(int function);

    /// For the initializers of generated classes, which keep it as a constant.
    static MethodHandle of(Class<?> generated, int function) {
        return ((HostCode) generated.getClassLoader()).hostCode(function);
    }
}
