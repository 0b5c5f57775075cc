package dev.wattle.host.engine;

import org.jspecify.annotations.Nullable;

/// A core module cannot be used: malformed, invalid, or beyond the engine.
public final class ModuleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What is wrong with it.
    public enum Code {
        MALFORMED,
        INVALID,
        UNSUPPORTED
    }

    private final Code code;
    private final long offset;

    public ModuleException(Code code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.offset = -1;
    }

    /// With the place in the binary, in bytes from its start; the message should name it too.
    public ModuleException(Code code, String message, long offset) {
        super(message);
        this.code = code;
        this.offset = offset;
    }

    /// Stable, for scripts and tests.
    public Code code() {
        return code;
    }

    /// Where in the binary, or -1 when the engine does not know.
    public long offset() {
        return offset;
    }
}
