package dev.wattle.host.component;

/// What moves values between guests, and between guests and the host. Both do the same.
public enum Layer {
    /// The canonical ABI as the specification writes it: looks at types while it runs. What the other is tested
    /// against.
    INTERPRETED,
    /// Core modules that are wired to code which was generated for their functions.
    GENERATED
}
