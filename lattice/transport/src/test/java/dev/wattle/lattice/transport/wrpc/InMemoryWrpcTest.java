package dev.wattle.lattice.transport.wrpc;

import dev.wattle.lattice.transport.InMemoryLattice;
import dev.wattle.lattice.transport.InMemoryTransport;
import dev.wattle.lattice.transport.Transport;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/// Calls in memory.
class InMemoryWrpcTest extends WrpcContract {
    private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(
            2, task -> Thread.ofPlatform().daemon(true).name("test-lattice").unstarted(task));
    private final InMemoryLattice lattice = InMemoryLattice.on(executor);

    @Override
    Transport connect() {
        return lattice.transport();
    }

    @Override
    void vanish(Transport transport) {
        ((InMemoryTransport) transport).disconnect();
    }

    @Override
    void stop() {
        lattice.close();
        executor.shutdownNow();
    }
}
