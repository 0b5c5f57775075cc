package dev.wattle.host.wasi;

/// Where a guest's log goes (`wasi:logging`). Called on the guest's thread; must not block for long.
@FunctionalInterface
public interface GuestLog {
    /// The levels of `wasi:logging`.
    enum Level {
        TRACE,
        DEBUG,
        INFO,
        WARN,
        ERROR,
        CRITICAL
    }

    /// Keeps nothing.
    GuestLog NONE = (_, _, _) -> {};

    /// One entry. Context and message are bounded in length; control characters are the sink's to mask.
    void log(Level level, String context, String message);
}
