package dev.wattle.lattice.transport;

import org.jspecify.annotations.Nullable;

/// The connection to the lattice failed to do something.
public final class TransportException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// Why. Stable, for scripts and tests.
    public enum Code {
        CANNOT_CONNECT,
        AUTHENTICATION_FAILED,
        DISCONNECTED,
        TIMED_OUT,
        CLOSED,
        TOO_LARGE,
        /// More is being sent than the connection takes; nothing of this message was sent.
        CONGESTED,
        /// The calling thread was interrupted; the outcome is unknown.
        INTERRUPTED,
        /// JetStream is off, full, or damaged.
        STORAGE
    }

    private final Code code;

    public TransportException(Code code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /// Why.
    public Code code() {
        return code;
    }
}
