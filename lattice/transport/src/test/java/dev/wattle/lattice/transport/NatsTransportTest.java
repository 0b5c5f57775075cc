package dev.wattle.lattice.transport;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/// The contract over a real nats-server.
@Tag("slow")
class NatsTransportTest extends KeyValueContract {
    @TempDir
    Path folder;

    @Override
    Lattice newLattice() {
        return new NatsLattice(TestServers.newest(), folder);
    }
}
