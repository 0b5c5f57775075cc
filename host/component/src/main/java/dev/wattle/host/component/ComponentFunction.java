package dev.wattle.host.component;

import dev.wattle.wit.FunctionType;
import dev.wattle.wit.WitValue;
import java.util.List;
import java.util.Optional;

/// An exported function of one component instance.
public interface ComponentFunction {
    /// Its type; resource types are those of this instance.
    FunctionType type();

    /// Calls it on the calling thread: lowers the arguments, runs the guest, lifts the result, runs
    /// post-return.
    ///
    /// @throws IllegalArgumentException when an argument does not fit its type; the guest did not run
    /// @throws dev.wattle.host.engine.Trap when the guest trapped; the sandbox is locked
    Optional<WitValue> call(List<WitValue> arguments);
}
