package dev.wattle.host.component.abi;

import dev.wattle.host.component.Sandbox;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the canonical ABI keeps for one component instance: its handles, and whether it may be entered and left.
/// One sandbox, one thread at a time.
///
/// @spec CanonicalABI.md `ComponentInstance`
public final class InstanceState {
    /// The state of an instance at the root.
    public InstanceState(Sandbox sandbox) {
        this(sandbox, null);
    }

    /// @param parent the instance of the component that this one is nested in; null at the root
    public InstanceState(Sandbox sandbox, @Nullable InstanceState parent) {
        throw new UnsupportedOperationException();
    }

    /// The sandbox it lives in.
    public Sandbox sandbox() {
        throw new UnsupportedOperationException();
    }

    /// Runs guest code that no lifted function runs: start functions while instantiating. A trap locks the sandbox.
    ///
    /// @param caller the instance whose code is running already (the parent, say), or null when none is
    public <T> T run(@Nullable InstanceState caller, Supplier<T> work) {
        throw new UnsupportedOperationException();
    }
}
