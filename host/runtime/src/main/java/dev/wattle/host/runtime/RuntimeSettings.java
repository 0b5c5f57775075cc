package dev.wattle.host.runtime;

import java.time.Duration;

/// Bounds of one host.
///
/// @param maxRootCalls running or blocked at once; beyond it callers are turned away, so that a flood cannot
/// take all threads
/// @param linkTimeout of one call over a link; the root call's own deadline bounds it too
/// @param maxDepth of calls on calls, across hosts
public record RuntimeSettings(int maxRootCalls, Duration linkTimeout, int maxDepth) {
    /// 2,000 blocked guests cost some 2 GiB of address space for stacks and little memory.
    static final int MAX_ROOT_CALLS = 2_000;

    /// Long enough for a failover, short enough for a person who waits.
    static final Duration LINK_TIMEOUT = Duration.ofSeconds(5);

    /// A cycle of links is a mistake long before this.
    static final int MAX_DEPTH = 64;

    public static final RuntimeSettings DEFAULTS = new RuntimeSettings(MAX_ROOT_CALLS, LINK_TIMEOUT, MAX_DEPTH);
}
