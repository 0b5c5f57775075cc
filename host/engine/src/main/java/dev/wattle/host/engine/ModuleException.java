package dev.wattle.host.engine;

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

    public ModuleException(Code code, String message, @org.jspecify.annotations.Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /// Stable, for scripts and tests.
    public Code code() {
        return code;
    }
}
