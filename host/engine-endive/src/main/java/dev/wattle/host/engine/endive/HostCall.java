package dev.wattle.host.engine.endive;

import java.lang.invoke.MethodHandle;
import run.endive.runtime.Instance;
import run.endive.runtime.WasmFunctionHandle;

/// A function of the host as Endive calls it.
///
/// @param adapter of [Signatures#incoming], shared by all functions of that type
/// @param target the function itself
record HostCall(MethodHandle adapter, MethodHandle target) implements WasmFunctionHandle {
    @Override
    public long[] apply(Instance caller, long... arguments) {
        try {
            return (long[]) adapter.invokeExact(target, arguments);
        } catch (Throwable failure) {
            throw Failures.ofHost(failure);
        }
    }
}
