package dev.wattle.host.component.abi;

import dev.wattle.host.engine.CoreExtern;
import dev.wattle.wit.WitValue;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

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

    /// The core function that guest code of `instance` calls, of the core type `CanonicalAbi.flatten(type,
    /// LOWER)`.
    ///
    /// @param callee the host's function, or another guest's [CanonLift]
    public static CoreExtern.Function of(
            InstanceState instance, PreparedType type, CanonicalFunction callee, CanonicalOptions options) {
        PreparedType.Flat flat = type.lowered();
        CanonLower lower = new CanonLower(instance, flat.signature(), callee, options);
        return CoreExtern.hostFunction(flat.signature().core(), flat.adapter().bind(lower::call));
    }

    private long call(long[] flatArguments) {
        instance.requireMayLeave();
        long mark = instance.markValues();
        long bits = callAndLower(flatArguments);
        instance.releaseValues(mark); // not needed when it failed: the root call is over then
        return bits;
    }

    private long callAndLower(long[] flatArguments) {
        Subtask subtask = new Subtask();
        LiftLowerContext cx = new LiftLowerContext(options, instance, subtask);
        CoreValueIter values = new CoreValueIter(flatArguments);
        FlatResult flatResult = new FlatResult();
        callee.call(
                () -> FlatLifting.liftFlatValues(cx, signature.parametersSpilled(), values, signature.parameters()),
                result -> flatResult.bits = lowerResult(cx, result, values),
                instance);
        subtask.deliverResolve();
        return flatResult.bits;
    }

    /// The bits of the flat result; 0 when there is none, or when it went through memory.
    private long lowerResult(LiftLowerContext cx, Optional<WitValue> result, CoreValueIter values) {
        List<WitValue> results = result.stream().toList();
        if (signature.resultSpilled()) {
            FlatLowering.lowerSpilled(cx, results, signature.result(), values.nextPointer());
            return 0;
        }
        long[] flat = FlatLowering.lowerFlatValues(cx, false, results, signature.result());
        return flat.length == 0 ? 0 : flat[0];
    }

    private static final class FlatResult {
        long bits;
    }
}
