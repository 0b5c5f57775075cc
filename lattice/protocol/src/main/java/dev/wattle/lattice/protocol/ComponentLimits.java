package dev.wattle.lattice.protocol;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;

/// Limits of one component's instances, as wasmCloud's `component_limits`.
///
/// @param maxMemoryBytes of linear memory
/// @param maxExecutionSeconds of one invocation
public record ComponentLimits(OptionalLong maxMemoryBytes, OptionalLong maxExecutionSeconds) {
    public ComponentLimits {
        Objects.requireNonNull(maxMemoryBytes, "maxMemoryBytes");
        Objects.requireNonNull(maxExecutionSeconds, "maxExecutionSeconds");
    }

    /// Nothing when no limit is set.
    public Optional<ComponentLimits> presence() {
        return maxMemoryBytes.isEmpty() && maxExecutionSeconds.isEmpty() ? Optional.empty() : Optional.of(this);
    }

    /// As it stands in messages: decimal numbers by wasmCloud's names.
    public SortedMap<String, String> toMap() {
        return HostJson.limits(this);
    }
}
