package dev.wattle.host.engine.jvm.runtime;

import dev.wattle.host.engine.Trap;

/// What a function of the host threw, on its way through guest code, so that it cannot be mistaken for what guest
/// code itself throws. Without a stack trace of its own: it is never seen.
public final class HostFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Throwable failure;

    private HostFailure(Throwable failure) {
        super(null, failure, false, false);
        this.failure = failure;
    }

    Throwable failure() {
        return failure;
    }

    /// What to throw into guest code in place of what a function of the host threw. A trap passes as it is. An
    /// exhausted stack does not: there was room when the function was called, so it is the host's own fault.
    public static RuntimeException of(Throwable failure) {
        return switch (failure) {
            case Trap trap -> trap;
            case HostFailure wrapped -> wrapped;
            default -> new HostFailure(failure);
        };
    }
}
