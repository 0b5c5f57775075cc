package dev.wattle.lattice.transport;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/// The contract over the oldest nats-server that we work with.
@Tag("slow")
class NatsOldServerTransportTest extends KeyValueContract {
    @TempDir
    Path folder;

    @Override
    Lattice newLattice() {
        return new NatsLattice(TestServers.oldest(), folder);
    }
}
