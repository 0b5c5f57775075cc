package dev.wattle.control.server.client;

/// A control plane refused, could not be asked, or did not answer.
public final class WadmException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// Why. Stable, for scripts and tests.
    public enum Code {
        /// It answered with an error, whose text is the message.
        REFUSED,
        /// No control plane listens in this lattice.
        NO_CONTROL_PLANE,
        TIMED_OUT,
        DISCONNECTED,
        /// Its answer cannot be read.
        BAD_ANSWER
    }

    private final Code code;

    WadmException(Code code, String message) {
        super(message);
        this.code = code;
    }

    /// Why.
    public Code code() {
        return code;
    }
}
