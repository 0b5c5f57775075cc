package dev.wattle.wit;

/// A text is no WAVE value of the wanted type. The message says at which column, and what was expected.
public final class WaveException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /// What is wrong with it. Stable, for scripts and tests.
    public enum Code {
        /// Something else stands where a value or a sign was expected.
        UNEXPECTED,
        /// A number that the type does not hold, or no character at all.
        OUT_OF_RANGE,
        /// A case, field or flag that the type does not have.
        UNKNOWN_LABEL,
        /// A field or flag for the second time.
        DUPLICATE,
        /// A field, element or argument that is not optional.
        MISSING,
        /// Nested deeper than the limit.
        TOO_DEEP,
        /// A type that WAVE has no text for: resources, streams.
        NO_TEXT
    }

    private final Code code;
    private final int position;

    WaveException(Code code, int position, String message) {
        super("at column " + (position + 1) + ": " + message);
        this.code = code;
        this.position = position;
    }

    /// What is wrong.
    public Code code() {
        return code;
    }

    /// Where, in characters (UTF-16 code units) from the start of the text, which is 0.
    public int position() {
        return position;
    }
}
