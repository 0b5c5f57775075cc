package dev.wattle.host.component.abi;

import dev.wattle.host.engine.CoreExtern;
import java.util.Objects;

/// A core function over a component function: `canon lower`.
///
/// @spec CanonicalABI.md `canon_lower`
public final class CanonLower {
    private final InstanceState instance;
    private final Signature signature;
    private final CanonicalFunction callee;
    private final CanonicalOptions options;

    private CanonLower(
            InstanceState instance, Signature signature, CanonicalFunction callee, CanonicalOptions options) {
        this.instance = Objects.requireNonNull(instance, "instance");
        this.signature = signature;
        this.callee = Objects.requireNonNull(callee, "callee");
        this.options = Objects.requireNonNull(options, "options");
    }

    /// The core function that guest code of `instance` calls, of the core type that `CanonicalAbi.flatten`
    /// says for LOWER and these options.
    ///
    /// @param callee the host's function, or another guest's [CanonLift]
    public static CoreExtern.Function of(
            InstanceState instance, PreparedType type, CanonicalFunction callee, CanonicalOptions options) {
        if (type.type().async()) {
            instance.seeTasks();
        }
        PreparedType.Flat flat = type.lowered(options);
        CanonLower lower = new CanonLower(instance, flat.signature(), callee, options);
        return CoreExtern.hostFunction(flat.signature().core(), flat.adapter().bind(lower::call));
    }

    private long call(long[] flatArguments) {
        instance.requireMayLeave();
        long mark = instance.markValues();
        LoweredCall call = new LoweredCall(instance, signature, options, flatArguments);
        call.start(callee);
        long bits = options.async() ? call.stateOrResult() : call.result();
        instance.releaseValues(mark); // not needed when it failed: the root call is over then
        return bits;
    }
}
