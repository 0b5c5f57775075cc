package dev.wattle.host.runtime;

import java.util.Objects;

/// A call from outside to a component of this host.
///
/// @param target the component's id
/// @param source who calls: a component, a provider, or a tool
/// @param deadline for the whole sandbox
/// @param depth of calls on calls that led here, 0 for the first
public record Invocation(String target, String source, Deadline deadline, int depth) {
    public Invocation {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(deadline, "deadline");
    }
}
