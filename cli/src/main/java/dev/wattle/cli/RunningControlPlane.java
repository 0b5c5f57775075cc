package dev.wattle.cli;

import java.nio.file.Path;

/// TEMP
record RunningControlPlane(AutoCloseable server) implements AutoCloseable {
    static RunningControlPlane start(String lattice, String natsUrl, Path credentials) {
        return new RunningControlPlane(FakeControl.start(lattice, natsUrl, credentials));
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
