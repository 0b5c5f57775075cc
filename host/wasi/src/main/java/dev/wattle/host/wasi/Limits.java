package dev.wattle.host.wasi;

/// What a guest can make the host hold or do through WASI.
final class Limits {
    private Limits() {}

    /// Resources of the host that one sandbox may hold at a time: far above what a program needs, some
    /// megabytes of ours.
    static final int MAX_RESOURCES = 10_000;

    /// Bytes of one `read`: what a guest asks for, up to this, so that one call copies a bounded amount.
    static final int MAX_READ_BYTES = 64 * 1024;

    /// What `check-write` permits at a time.
    static final int WRITE_PERMIT_BYTES = 64 * 1024;

    /// `blocking-write-and-flush` takes at most this much, says WASI.
    static final int MAX_BLOCKING_WRITE_BYTES = 4096;

    /// Bytes of one call for randomness; 0.2 cannot answer with fewer than asked for.
    static final int MAX_RANDOM_BYTES = 1 << 20;

    /// Pollables in one `poll`.
    static final int MAX_POLLABLES = 4096;

    /// Bytes of one line of output or of one log message; longer ones come in parts or are cut.
    static final int MAX_LINE_BYTES = 8 * 1024;

    /// Lines (of output and log together) that one component may write in a second; the rest is counted and
    /// dropped.
    static final int MAX_LINES_PER_SECOND = 1_000;

    /// A body is held whole: 1 MiB.
    static final int MAX_BODY_BYTES = 1 << 20;

    /// Header fields of one `fields`: ten times what servers accept.
    static final int MAX_FIELDS = 1_000;

    /// Names and values of one `fields`, together.
    static final int MAX_FIELDS_BYTES = 128 * 1024;
}
