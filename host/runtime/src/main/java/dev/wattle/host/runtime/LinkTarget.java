package dev.wattle.host.runtime;

import dev.wattle.wit.WitValue;
import java.util.Optional;

/// A rung of the link ladder beyond the components of this process.
@FunctionalInterface
public interface LinkTarget {
    /// Calls, once: whether to try again is the router's decision. Blocks; ends early when interrupted.
    ///
    /// @throws LinkFailure when the call failed, telling whether anything can have run
    Optional<WitValue> call(LinkCall call) throws InterruptedException;
}
