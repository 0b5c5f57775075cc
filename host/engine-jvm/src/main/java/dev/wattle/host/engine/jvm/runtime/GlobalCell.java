package dev.wattle.host.engine.jvm.runtime;

import org.jspecify.annotations.Nullable;

/// A global that more than one instance, or the host, can see. Its type is known to whoever links.
///
/// `i32` and `f32` are the low 32 bits of `word` (whatever stands above), `f64` is `word` by its raw bits.
public final class GlobalCell {
    /// A number, or the low half of a vector.
    public long word;

    /// The high half of a vector.
    public long high;

    /// A reference.
    public @Nullable Object reference;
}
