package dev.wattle.host.runtime;

import dev.wattle.host.component.LinkedComponent;
import dev.wattle.host.engine.CoreLimits;
import java.time.Duration;

/// One version of one component on this host. Immutable but for its permits; sandboxes in flight keep it after
/// an update.
///
/// @param maxExecution of one root call to it
record Deployment(
        String id, LinkedComponent component, CoreLimits limits, Duration maxExecution, InstancePermits permits) {}
