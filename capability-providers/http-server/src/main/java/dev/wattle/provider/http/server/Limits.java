package dev.wattle.provider.http.server;

import java.time.Duration;

/// What a client can make the server hold or wait for.
final class Limits {
    private Limits() {}

    /// A body is held whole.
    static final int MAX_BODY_BYTES = 1 << 20;

    /// All bodies that are held at once; beyond it, 503.
    static final long MAX_HELD_BYTES = 256L << 20;

    /// Request line: what browsers and proxies get along with.
    static final int MAX_LINE_BYTES = 8 * 1024;

    /// All header fields together.
    static final int MAX_HEADER_BYTES = 32 * 1024;

    /// Connections to one address; each costs some kilobytes.
    static final int MAX_CONNECTIONS = 4_096;

    /// From the connection, or the last answer, to the end of the next request's head.
    static final Duration HEAD_TIMEOUT = Duration.ofSeconds(20);

    /// From the head to the end of the body.
    static final Duration BODY_TIMEOUT = Duration.ofSeconds(20);

    /// For a client to take its answer.
    static final Duration WRITE_TIMEOUT = Duration.ofSeconds(20);

    /// For a client to read why it was refused, before its connection closes.
    static final Duration LINGER = Duration.ofMillis(500);

    /// For a call, unless the link's `timeout_ms` says otherwise.
    static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);

    /// The longest that `timeout_ms` may be: a guest's hard limit.
    static final Duration MAX_CALL_TIMEOUT = Duration.ofMinutes(10);

    /// For requests in flight when the server closes.
    static final Duration GRACE = Duration.ofSeconds(5);

    /// Calls that run at once: platform threads, since guests block and need deep stacks.
    static final int MAX_CALLS = 256;

    /// Calls that wait for a thread; beyond it, 503.
    static final int MAX_QUEUED_CALLS = 512;
}
