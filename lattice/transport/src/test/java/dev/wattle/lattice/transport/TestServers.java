package dev.wattle.lattice.transport;

import dev.wattle.lattice.transport.server.NatsServerBinary;
import dev.wattle.lattice.transport.server.NatsServerException;
import java.nio.file.Path;

/// Where tests get their nats-server from.
public final class TestServers {
    private TestServers() {}

    /// The checkout that the tests run in.
    public static Path home() {
        return Path.of(System.getProperty("wattle.home", "../.."));
    }

    /// The oldest that we work with; tests are skipped where it is not to be had.
    public static Path oldest() {
        try {
            return NatsServerBinary.debian(home(), System.getenv(), System.err::println);
        } catch (NatsServerException e) {
            return org.junit.jupiter.api.Assumptions.abort(String.valueOf(e.getMessage()));
        }
    }

    public static Path newest() {
        return NatsServerBinary.find(home(), System.getenv(), System.err::println);
    }
}
