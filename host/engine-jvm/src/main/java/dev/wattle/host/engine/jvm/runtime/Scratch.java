package dev.wattle.host.engine.jvm.runtime;

import dev.wattle.host.engine.Trap;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Where values travel that have no place in a JVM call: results beyond the first, and the arguments of a tail call
/// that is pending. Word and reference `i` belong to value `i`; a vector takes words `2 * i` and `2 * i + 1`, as
/// every value's words start at `2 * i`. Owned by one sandbox.
public final class Scratch {
    private static final long[] NO_WORDS = {};
    private static final @Nullable Object[] NO_REFERENCES = {};

    /// Who tells where in the sandbox's guests a trap happened.
    final Trap.FrameReader frames;

    public Scratch(Trap.FrameReader frames) {
        this.frames = frames;
    }

    /// Two for each value. Read it anew after each call: it may have become longer.
    public long[] words = NO_WORDS;

    /// One for each value.
    public @Nullable Object[] references = NO_REFERENCES;

    /// The tail call that the function which just returned asks its caller to make; null when there is none.
    public @Nullable FunctionReference pending;

    /// Makes room for so many values.
    public void require(int values) {
        if (values > references.length) {
            words = Arrays.copyOf(words, 2 * values);
            references = Arrays.copyOf(references, values);
        }
    }
}
