package dev.wattle.lattice.transport.server;

import org.jspecify.annotations.Nullable;

/// A nats-server could not be had or started. The message says why, and what to do.
public final class NatsServerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// Why. Stable, for scripts and tests.
    public enum Code {
        NO_BINARY,
        PORT_TAKEN,
        STORE_DAMAGED,
        DISK_FULL,
        DID_NOT_START
    }

    private final Code code;

    NatsServerException(Code code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /// Why.
    public Code code() {
        return code;
    }
}
