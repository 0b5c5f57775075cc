package dev.wattle.control.server;

import dev.wattle.control.loop.LoopSettings;
import dev.wattle.lattice.protocol.LatticeName;
import java.util.Objects;

/// How a control plane is started.
///
/// @param lattice the one that it cares for
/// @param loop how fast it is, and its id, which no other run may have
/// @param observer hears what happens, for metrics
public record ControlPlaneSettings(LatticeName lattice, LoopSettings loop, ControlObserver observer) {
    public ControlPlaneSettings {
        Objects.requireNonNull(lattice, "lattice");
        Objects.requireNonNull(loop, "loop");
        Objects.requireNonNull(observer, "observer");
    }

    /// The usual pace, and nobody who watches.
    public static ControlPlaneSettings of(LatticeName lattice, String id) {
        return new ControlPlaneSettings(lattice, LoopSettings.defaults(id), ControlObserver.SILENT);
    }
}
