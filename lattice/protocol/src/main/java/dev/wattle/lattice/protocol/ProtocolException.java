package dev.wattle.lattice.protocol;

import java.util.Objects;

/// What somebody sent is not what the protocol says. The message names what is wrong and where; never secrets,
/// and never more than a short piece of what was sent.
public final class ProtocolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Code code;
    private final String where;

    /// @param code stable, for programs
    /// @param where a path into the JSON (`$.components[2].id`), a position (`byte 12`) or a subject
    /// @param what a sentence for people
    public ProtocolException(Code code, String where, String what) {
        super(where + ": " + what);
        this.code = Objects.requireNonNull(code, "code");
        this.where = Objects.requireNonNull(where, "where");
    }

    /// The same with the failure that led to it.
    public ProtocolException(Code code, String where, String what, Throwable cause) {
        this(code, where, what);
        initCause(cause);
    }

    /// The kind of mistake.
    public Code code() {
        return code;
    }

    /// Where it is.
    public String where() {
        return where;
    }

    /// The kinds of mistakes.
    public enum Code {
        /// No JSON, or damaged JSON.
        MALFORMED,
        /// A required field is not there.
        MISSING,
        /// A field or value has another type.
        WRONG_TYPE,
        /// The type is right, the value is not allowed.
        BAD_VALUE,
        /// Above a limit on size or depth.
        TOO_LARGE,
        /// The bytes end within a value: more of them might complete it.
        TRUNCATED,
        /// The bytes go on after the last value.
        TRAILING,
        /// Valid, but not something that this protocol version carries.
        NOT_SUPPORTED
    }
}
