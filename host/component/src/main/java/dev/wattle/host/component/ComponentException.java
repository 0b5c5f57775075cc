package dev.wattle.host.component;

import org.jspecify.annotations.Nullable;

/// A component cannot be used. The message says what, at which byte, and what to do.
public final class ComponentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What is wrong with it. Stable, for scripts and tests.
    public enum Code {
        /// Not a component: a core module, text, or something else.
        NOT_A_COMPONENT,
        /// A component, but the bytes are damaged or cut off.
        MALFORMED,
        /// Well-formed, but breaks a rule of validation.
        INVALID,
        /// Uses a feature that is not supported yet, by name.
        UNSUPPORTED,
        /// Imports that nobody supplies, by name.
        UNRESOLVED_IMPORT,
        /// Larger or deeper than a limit allows.
        LIMIT
    }

    private final Code code;
    private final long offset;

    /// @param offset of the byte that is wrong, or -1 when no byte is
    public ComponentException(Code code, long offset, String message, @Nullable Throwable cause) {
        super(offset < 0 ? message : message + " (at byte " + offset + ")", cause);
        this.code = code;
        this.offset = offset;
    }

    /// What is wrong.
    public Code code() {
        return code;
    }

    /// Where, in bytes from the start of the file; -1 when no byte is to blame.
    public long offset() {
        return offset;
    }
}
