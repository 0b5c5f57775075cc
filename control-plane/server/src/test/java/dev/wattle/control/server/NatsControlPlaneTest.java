package dev.wattle.control.server;

import dev.wattle.lattice.transport.NatsTransport;
import dev.wattle.lattice.transport.Transport;
import dev.wattle.lattice.transport.server.NatsServer;
import dev.wattle.lattice.transport.server.NatsServerBinary;
import dev.wattle.lattice.transport.server.NatsServerSettings;
import dev.wattle.lattice.transport.server.Progress;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
final class NatsControlPlaneTest extends ControlPlaneContract {
    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    private Path folder;

    @SuppressWarnings("NullAway.Init") // in start
    private NatsServer server;

    @BeforeEach
    void start() {
        Path home = Path.of(System.getProperty("wattle.home", "../.."));
        Path binary = NatsServerBinary.find(home, System.getenv(), Progress.SILENT);
        server = NatsServer.start(NatsServerSettings.in(binary, folder).withPort(0));
    }

    @Override
    Transport connect() {
        return NatsTransport.connect(server.connection());
    }

    @Override
    void closeLattice() {
        server.stop();
    }
}
