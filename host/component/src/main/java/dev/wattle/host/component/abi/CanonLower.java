package dev.wattle.host.component.abi;

import dev.wattle.host.engine.CoreExtern;
import dev.wattle.wit.FunctionType;

/// A core function over a component function: `canon lower`.
///
/// @spec CanonicalABI.md `canon_lower`
public final class CanonLower {
    /// The core function that guest code of `instance` calls, of the core type `CanonicalAbi.flatten(type, LOWER)`.
    ///
    /// @param callee the host's function, or another guest's [CanonLift]
    public static CoreExtern.Function of(
            InstanceState instance, FunctionType type, CanonicalFunction callee, CanonicalOptions options) {
        throw new UnsupportedOperationException();
    }

    private CanonLower() {}
}
