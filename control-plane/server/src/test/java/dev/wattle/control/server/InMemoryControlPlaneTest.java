package dev.wattle.control.server;

import dev.wattle.lattice.transport.InMemoryLattice;
import dev.wattle.lattice.transport.Transport;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

final class InMemoryControlPlaneTest extends ControlPlaneContract {
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private final InMemoryLattice lattice = InMemoryLattice.on(executor);

    @Override
    Transport connect() {
        return lattice.transport();
    }

    @Override
    void closeLattice() {
        lattice.close();
        executor.shutdownNow();
    }
}
