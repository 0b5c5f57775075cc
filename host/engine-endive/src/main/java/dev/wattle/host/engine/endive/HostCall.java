package dev.wattle.host.engine.endive;

import dev.wattle.host.engine.StackRoom;
import java.lang.invoke.MethodHandle;
import run.endive.runtime.Instance;
import run.endive.runtime.WasmFunctionHandle;

/// A function of the host as Endive calls it, when there is room on the stack: so that it is the guest's stack that
/// ends, and not the host's within it.
///
/// @param adapter of [Signatures#incoming], shared by all functions of that type
/// @param target the function itself
record HostCall(MethodHandle adapter, MethodHandle target) implements WasmFunctionHandle {
    @Override
    public long[] apply(Instance caller, long... arguments) {
        StackRoom.require();
        try {
            return (long[]) adapter.invokeExact(target, arguments);
        } catch (Throwable failure) {
            throw Failures.ofHost(failure);
        }
    }
}
