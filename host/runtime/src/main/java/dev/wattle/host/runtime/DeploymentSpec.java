package dev.wattle.host.runtime;

import dev.wattle.host.component.ImportSource;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.wit.ByteString;
import java.time.Duration;
import java.util.Objects;

/// What a host is asked to run.
///
/// @param id in the lattice
/// @param binary of the component
/// @param maxInstances sandboxes that may hold an instance of it at once, at least 1
/// @param limits of each core instance
/// @param maxExecution of one root call to it
/// @param imports what the host itself supplies (WASI, configured for this component); everything else comes
/// over links
public record DeploymentSpec(
        String id,
        ByteString binary,
        int maxInstances,
        CoreLimits limits,
        Duration maxExecution,
        ImportSource imports) {
    /// wasmCloud's default: ten minutes.
    public static final Duration DEFAULT_MAX_EXECUTION = Duration.ofMinutes(10);

    public DeploymentSpec {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(binary, "binary");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(maxExecution, "maxExecution");
        Objects.requireNonNull(imports, "imports");
        if (maxInstances < 1) {
            throw new IllegalArgumentException("maxInstances must be at least 1: " + maxInstances);
        }
    }
}
