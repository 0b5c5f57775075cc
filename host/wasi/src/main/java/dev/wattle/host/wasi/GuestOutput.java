package dev.wattle.host.wasi;

/// Where the lines of a guest's standard output or error go. Called on the guest's thread; must not block for
/// long. What stands before a line (an id, a time) is the sink's to add; control characters are its to mask.
@FunctionalInterface
public interface GuestOutput {
    /// Keeps nothing.
    GuestOutput NONE = _ -> {};

    /// One line without its end. Bytes that are no UTF-8 have become U+FFFD; a line that is too long comes in
    /// parts.
    void line(String text);
}
