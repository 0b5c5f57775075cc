package dev.wattle.host.engine.jvm.runtime;

import org.jspecify.annotations.Nullable;

/// Where values travel that have no place in a JVM call: results beyond the first, and the arguments of a tail call
/// that is pending. Word and reference `i` belong to value `i`; a vector takes words `2 * i` and `2 * i + 1`, as
/// every value's words start at `2 * i`. Owned by one sandbox.
public final class Scratch {
    /// Twice what the limits allow as parameters or results of one function.
    public long[] words = new long[32];

    public @Nullable Object[] references = new Object[16];

    /// The tail call that the function which just returned asks its caller to make; null when there is none.
    public @Nullable FunctionReference pending;
}
