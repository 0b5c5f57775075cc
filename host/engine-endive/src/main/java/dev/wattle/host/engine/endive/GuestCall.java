package dev.wattle.host.engine.endive;

import dev.wattle.host.engine.GuestControl;
import run.endive.runtime.Instance;
import run.endive.runtime.WasmFunctionHandle;

/// One function of one instance. The host calls it through [#call]; another instance, as an import, through
/// [#apply], which leaves failures to the outermost call.
final class GuestCall implements WasmFunctionHandle {
    private final Instance instance;
    private final int function;
    private final GuestControl guest;

    GuestCall(Instance instance, int function, GuestControl guest) {
        this.instance = instance;
        this.function = function;
        this.guest = guest;
    }

    /// The border between host and guest: what comes out of Endive is a trap, or the failure of a host
    /// function.
    long[] call(long[] arguments) {
        try {
            return instance.getMachine().call(function, arguments);
        } catch (Throwable failure) {
            throw Failures.leaving(failure, guest);
        }
    }

    @Override
    public long[] apply(Instance caller, long... arguments) {
        return instance.getMachine().call(function, arguments);
    }
}
