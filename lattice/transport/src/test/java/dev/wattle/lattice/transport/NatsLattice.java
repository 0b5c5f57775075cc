package dev.wattle.lattice.transport;

import dev.wattle.lattice.transport.server.NatsServer;
import dev.wattle.lattice.transport.server.NatsServerSettings;
import dev.wattle.testkit.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/// A real nats-server for the contract; an outage is its death, for all its clients.
final class NatsLattice implements Lattice {
    private final Path binary;
    private final Path folder;
    private final AtomicReference<NatsServer> server;

    NatsLattice(Path binary, Path folder) {
        this.binary = binary;
        this.folder = folder;
        this.server = new AtomicReference<>(NatsServer.start(NatsServerSettings.in(binary, folder)));
    }

    NatsServer server() {
        return server.get();
    }

    @Override
    public Transport connect() {
        return NatsTransport.connect(server().connection()
                .withReconnect(
                        Duration.ofMillis(20), Duration.ofMillis(100), NatsSettings.DEFAULT_RECONNECT_BUFFER_BYTES));
    }

    @Override
    public boolean cutsOneAlone() {
        return false;
    }

    @Override
    public Outage cut(Transport transport) {
        int port = server().port();
        server().kill();
        return () -> {
            server.set(NatsServer.start(NatsServerSettings.in(binary, folder).withPort(port)));
            Eventually.within(Duration.ofSeconds(10), () -> {
                if (!transport.connected()) {
                    throw new AssertionError("not connected again");
                }
            });
        };
    }

    @Override
    public void settle(Duration time) {
        // Real time passes by itself.
    }

    @Override
    public void close() {
        server().stop();
    }
}
