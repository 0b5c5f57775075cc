package dev.wattle.cli;

import dev.wattle.control.server.ControlPlane;
import dev.wattle.control.server.ControlPlaneSettings;
import dev.wattle.lattice.protocol.LatticeName;
import dev.wattle.lattice.transport.NatsCredentials;
import dev.wattle.lattice.transport.NatsSettings;
import dev.wattle.lattice.transport.NatsTransport;
import java.net.URI;
import java.nio.file.Path;
import java.util.UUID;

/// A control plane with the connection that it uses; both end together.
record RunningControlPlane(ControlPlane controlPlane, NatsTransport transport) implements AutoCloseable {
    /// @throws dev.wattle.lattice.transport.TransportException when the lattice cannot be reached
    static RunningControlPlane start(String lattice, String natsUrl, Path credentials) {
        NatsTransport transport = NatsTransport.connect(NatsSettings.at(URI.create(natsUrl))
                .withCredentials(NatsCredentials.read(credentials))
                .withConnectionName("wattle-control-plane"));
        boolean running = false;
        try {
            // No two runs share an id: the lease tells them apart by it.
            String id = "control-" + UUID.randomUUID();
            var settings = ControlPlaneSettings.of(new LatticeName(lattice), id);
            var started = new RunningControlPlane(ControlPlane.start(settings, transport), transport);
            running = true;
            return started;
        } finally {
            if (!running) {
                transport.close();
            }
        }
    }

    @Override
    public void close() {
        try (transport) {
            controlPlane.close();
        }
    }
}
