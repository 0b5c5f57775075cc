package dev.wattle.host.component.abi;

import org.jspecify.annotations.Nullable;

/// One call of a lowered function, with its subtask.
///
/// @spec CanonicalABI.md `canon_lower`
final class LoweredCall {
    /// The subtask's index is above its state.
    private static final int STATE_BITS = 4;

    private final InstanceState instance;
    private final Signature signature;
    private final CoreValueIter values;
    private final Subtask subtask = new Subtask();
    private final LiftLowerContext cx;

    /// Of the subtask, once somebody may wait for it; 0 before.
    private int index;

    LoweredCall(InstanceState instance, Signature signature, CanonicalOptions options, long[] flatArguments) {
        this.instance = instance;
        this.signature = signature;
        this.values = new CoreValueIter(flatArguments);
        this.cx = new LiftLowerContext(options, instance, subtask);
    }

    void start(CanonicalFunction callee) {
        subtask.cancelBy(callee.call(this::onStart, this::onResolve, instance));
    }

    private LiftedValues onStart() {
        notifyProgress();
        subtask.start();
        return cx.lifted(FlatLifting.liftFlatValues(cx, signature.parametersSpilled(), values, signature.parameters()));
    }

    private void onResolve(@Nullable LiftedValues result) {
        notifyProgress();
        if (result == null) {
            subtask.resolveCancelled();
        } else {
            subtask.resolve(Subtask.State.RETURNED, lower(result));
        }
    }

    private long[] lower(LiftedValues result) {
        cx.lowerFrom(result.strings());
        if (signature.resultSpilled()) {
            FlatLowering.lowerSpilled(cx, result.values(), signature.result(), values.nextPointer());
            return new long[0];
        }
        return FlatLowering.lowerFlatValues(cx, false, result.values(), signature.result());
    }

    private void notifyProgress() {
        if (index != 0) {
            subtask.setPendingEvent(this::event);
        }
    }

    private Event event() {
        if (subtask.resolved()) {
            subtask.deliverResolve();
        }
        return new Event(Event.Code.SUBTASK, index, subtask.state().number());
    }

    /// Waits for the result, if need be.
    ///
    /// @return its bits; 0 when there is none, or when it went through memory
    long result() {
        if (!subtask.resolved()) {
            boolean _ = instance.currentThread().waitUntil(subtask::resolved, false);
        }
        subtask.deliverResolve();
        long[] results = subtask.flatResults();
        return results.length == 0 ? 0 : results[0];
    }

    /// Does not wait for the result: answers how far the call has come, with the subtask's index when it
    /// has not returned.
    long stateOrResult() {
        if (subtask.resolved()) {
            subtask.deliverResolve();
            return Subtask.State.RETURNED.number();
        }
        index = instance.handles().add(subtask);
        return subtask.state().number() | (index << STATE_BITS);
    }
}
