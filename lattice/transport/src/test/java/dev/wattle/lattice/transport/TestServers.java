package dev.wattle.lattice.transport;

import dev.wattle.lattice.transport.server.NatsServerBinary;
import java.nio.file.Path;

/// Where tests get their nats-server from.
public final class TestServers {
    private TestServers() {}

    /// The checkout that the tests run in.
    public static Path home() {
        return Path.of(System.getProperty("wattle.home", "../.."));
    }

    public static Path newest() {
        return NatsServerBinary.find(home(), System.getenv(), System.err::println);
    }
}
