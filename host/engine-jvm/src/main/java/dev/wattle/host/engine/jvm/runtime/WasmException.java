package dev.wattle.host.engine.jvm.runtime;

import org.jspecify.annotations.Nullable;

/// An exception of a guest, and what an `exnref` refers to. Value `i` is in `words[2 * i]` (a vector takes two) or
/// in `references[i]`; where a tag has no values of a kind, its array is empty.
public final class WasmException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// For tags without numbers.
    public static final long[] NO_WORDS = {};

    /// For tags without references.
    public static final @Nullable Object[] NO_REFERENCES = {};

    public final transient Tag tag;
    public final transient long[] words;
    public final transient @Nullable Object[] references;

    /// Keeps the arrays.
    public WasmException(Tag tag, long[] words, @Nullable Object[] references) {
        super(null, null, false, false);
        this.tag = tag;
        this.words = words;
        this.references = references;
    }
}
