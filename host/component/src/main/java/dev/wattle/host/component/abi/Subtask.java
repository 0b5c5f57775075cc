package dev.wattle.host.component.abi;

import dev.wattle.host.engine.Trap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One call out of a guest: keeps the handles that it lends for as long as the call lasts. Only a call that
/// has not returned at once gets an index of the handle table.
///
/// @spec CanonicalABI.md `Subtask`
public final class Subtask extends Waitable implements BorrowScope {
    private static final int HEAP_BYTES = 200;

    /// @spec CanonicalABI.md `Subtask.State`
    enum State {
        STARTING(0),
        STARTED(1),
        RETURNED(2),
        CANCELLED_BEFORE_STARTED(3),
        CANCELLED_BEFORE_RETURNED(4);

        private final int number;

        State(int number) {
            this.number = number;
        }

        /// What guests see.
        int number() {
            return number;
        }
    }

    private static final long[] NOTHING = {};

    private State state = State.STARTING;
    private Cancellation onCancel = Cancellation.NONE;
    private @Nullable List<ResourceHandle> lenders;
    private boolean resolveDelivered;
    private boolean cancellationRequested;
    private long[] flatResults = NOTHING;

    State state() {
        return state;
    }

    void start() {
        assert state == State.STARTING;
        state = State.STARTED;
    }

    boolean resolved() {
        return switch (state) {
            case STARTING, STARTED -> false;
            case RETURNED, CANCELLED_BEFORE_STARTED, CANCELLED_BEFORE_RETURNED -> true;
        };
    }

    void resolve(State resolved, long[] results) {
        assert !resolved();
        state = resolved;
        flatResults = results;
    }

    /// The call was cancelled, and its callee has agreed.
    void resolveCancelled() {
        assert cancellationRequested;
        resolve(state == State.STARTING ? State.CANCELLED_BEFORE_STARTED : State.CANCELLED_BEFORE_RETURNED, NOTHING);
    }

    long[] flatResults() {
        return flatResults;
    }

    void addLender(ResourceHandle handle) {
        handle.numLends++;
        List<ResourceHandle> known = lenders;
        if (known == null) {
            known = new ArrayList<>();
            lenders = known;
        }
        known.add(handle);
    }

    /// The caller knows that the call has returned: what was lent is free again.
    public void deliverResolve() {
        assert !resolveDelivered;
        resolveDelivered = true;
        if (lenders != null) {
            for (ResourceHandle handle : lenders) {
                handle.numLends--;
            }
            lenders = null;
        }
    }

    boolean resolveDelivered() {
        return resolveDelivered;
    }

    void cancelBy(Cancellation cancellation) {
        onCancel = cancellation;
    }

    boolean cancellationRequested() {
        return cancellationRequested;
    }

    void requestCancellation(InstanceState caller) {
        cancellationRequested = true;
        onCancel.request(caller);
    }

    @Override
    void drop() {
        if (!resolveDelivered) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "cannot drop a subtask which has not yet resolved");
        }
        super.drop();
    }

    @Override
    public String kind() {
        return "a subtask";
    }

    @Override
    public int heapBytes() {
        return HEAP_BYTES;
    }
}
