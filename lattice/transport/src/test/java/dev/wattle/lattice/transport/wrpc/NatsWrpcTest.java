package dev.wattle.lattice.transport.wrpc;

import dev.wattle.lattice.transport.NatsTransport;
import dev.wattle.lattice.transport.TestServers;
import dev.wattle.lattice.transport.Transport;
import dev.wattle.lattice.transport.server.NatsServer;
import dev.wattle.lattice.transport.server.NatsServerSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/// Calls over a real nats-server.
@Tag("slow")
class NatsWrpcTest extends WrpcContract {
    @TempDir
    static Path folder;

    private static NatsServer server;

    @BeforeAll
    static void start() {
        server = NatsServer.start(NatsServerSettings.in(TestServers.newest(), folder));
    }

    @AfterAll
    static void end() {
        server.stop();
    }

    @Override
    Transport connect() {
        return NatsTransport.connect(server.connection());
    }

    @Override
    void vanish(Transport transport) {
        transport.close();
    }

    @Override
    void stop() {
        // One server serves all tests of this class.
    }
}
