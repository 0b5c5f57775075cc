package dev.wattle.lattice.transport;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;

/// The contract in memory, run by an executor in real time.
class InMemoryExecutorTransportTest extends KeyValueContract {
    private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(
            2, task -> Thread.ofPlatform().daemon(true).name("test-lattice").unstarted(task));

    @Override
    Lattice newLattice() {
        return new MemoryLattice(InMemoryLattice.on(executor), false);
    }

    @AfterEach
    void stopExecutor() {
        executor.shutdownNow();
    }
}
