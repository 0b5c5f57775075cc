package dev.wattle.host.component;

import dev.wattle.wit.WitValue;
import java.util.List;
import java.util.Optional;

/// A function of the host that a component imports.
@FunctionalInterface
public interface HostFunction {
    /// Answers a call. Runs on the sandbox's thread, outside of guest code.
    ///
    /// @param sandbox that the caller lives in
    /// @param arguments lifted from the guest, one for each parameter
    /// @return the result when the function's type has one
    /// @throws dev.wattle.host.engine.Trap to end the sandbox; any other exception is a bug of the host and
    /// ends it too
    Optional<WitValue> call(Sandbox sandbox, List<WitValue> arguments);
}
