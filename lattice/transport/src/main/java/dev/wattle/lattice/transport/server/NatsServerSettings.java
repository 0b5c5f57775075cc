package dev.wattle.lattice.transport.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/// How to start a nats-server.
///
/// @param binary the executable, see [NatsServerBinary]
/// @param folder for configuration, credentials, log and store; made when it is not there; nobody else may read
/// it
/// @param host the address that it listens on
/// @param port the port, or 0 for a free one
/// @param outlivesJvm whether it goes on when this JVM ends; otherwise a shutdown hook stops it
/// @param startTimeout how long it may take until it answers
public record NatsServerSettings(
        Path binary, Path folder, String host, int port, boolean outlivesJvm, Duration startTimeout) {
    /// A server starts in milliseconds; reading a large store takes longer.
    public static final Duration DEFAULT_START_TIMEOUT = Duration.ofSeconds(15);

    public NatsServerSettings {
        Objects.requireNonNull(binary, "binary");
        folder = folder.toAbsolutePath();
        if (!host.matches("[0-9A-Za-z.:-]+")) {
            throw new IllegalArgumentException("not a host: '" + host + "'");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("not a port: " + port);
        }
        Objects.requireNonNull(startTimeout, "startTimeout");
    }

    /// On a free port of the loopback address, ending with this JVM.
    public static NatsServerSettings in(Path binary, Path folder) {
        return new NatsServerSettings(binary, folder, "127.0.0.1", 0, false, DEFAULT_START_TIMEOUT);
    }

    /// The same on another port.
    public NatsServerSettings withPort(int newPort) {
        return new NatsServerSettings(binary, folder, host, newPort, outlivesJvm, startTimeout);
    }

    /// The same on another address.
    public NatsServerSettings withHost(String newHost) {
        return new NatsServerSettings(binary, folder, newHost, port, outlivesJvm, startTimeout);
    }

    /// The same, outliving this JVM.
    public NatsServerSettings outlivingJvm() {
        return new NatsServerSettings(binary, folder, host, port, true, startTimeout);
    }
}
