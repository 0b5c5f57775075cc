package dev.wattle.lattice.transport;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// How to connect to NATS.
///
/// @param servers `nats://host:port`, without credentials
/// @param connectionName shown by the server's tools
/// @param connectTimeout for one server
/// @param requestTimeout for whatever asks the server itself: key-value calls, flushes
/// @param reconnectMin the shortest wait before a lost connection is tried again
/// @param reconnectMax the longest
/// @param reconnectBufferBytes how much is kept while the connection is gone
public record NatsSettings(
        List<URI> servers,
        Optional<NatsCredentials> credentials,
        String connectionName,
        Duration connectTimeout,
        Duration requestTimeout,
        Duration reconnectMin,
        Duration reconnectMax,
        int reconnectBufferBytes) {
    /// Where NATS listens when nobody says otherwise.
    public static final int DEFAULT_PORT = 4222;

    /// wasmCloud's name of its connections, so that tools which look for them see ours too.
    public static final String DEFAULT_CONNECTION_NAME = "wasmbus";

    /// A server on the same network answers in milliseconds.
    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(2);

    /// As the control interface of wasmCloud has it.
    public static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofSeconds(2);

    /// Soon enough that a restarted server is found at once, spread so that not all hosts come at the same
    /// moment.
    public static final Duration DEFAULT_RECONNECT_MIN = Duration.ofMillis(100);

    /// A lattice must be whole again seconds after its server is.
    public static final Duration DEFAULT_RECONNECT_MAX = Duration.ofSeconds(2);

    /// Heartbeats and answers of some seconds; more would only be late.
    public static final int DEFAULT_RECONNECT_BUFFER_BYTES = 8 << 20;

    public NatsSettings {
        servers = List.copyOf(servers);
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("no NATS server given");
        }
        servers.forEach(NatsSettings::requireServer);
        Objects.requireNonNull(credentials, "credentials");
        Objects.requireNonNull(connectionName, "connectionName");
        requirePositive("connectTimeout", connectTimeout);
        requirePositive("requestTimeout", requestTimeout);
        requirePositive("reconnectMin", reconnectMin);
        if (reconnectMax.compareTo(reconnectMin) < 0) {
            throw new IllegalArgumentException("reconnectMax is below reconnectMin");
        }
        if (reconnectBufferBytes < 0) {
            throw new IllegalArgumentException("reconnectBufferBytes is negative");
        }
    }

    /// One server with all defaults.
    public static NatsSettings at(URI server) {
        return new NatsSettings(
                List.of(server),
                Optional.empty(),
                DEFAULT_CONNECTION_NAME,
                DEFAULT_CONNECT_TIMEOUT,
                DEFAULT_REQUEST_TIMEOUT,
                DEFAULT_RECONNECT_MIN,
                DEFAULT_RECONNECT_MAX,
                DEFAULT_RECONNECT_BUFFER_BYTES);
    }

    /// The same with credentials.
    public NatsSettings withCredentials(NatsCredentials newCredentials) {
        return new NatsSettings(
                servers,
                Optional.of(newCredentials),
                connectionName,
                connectTimeout,
                requestTimeout,
                reconnectMin,
                reconnectMax,
                reconnectBufferBytes);
    }

    /// The same with another name of the connection.
    public NatsSettings withConnectionName(String newName) {
        return new NatsSettings(
                servers,
                credentials,
                newName,
                connectTimeout,
                requestTimeout,
                reconnectMin,
                reconnectMax,
                reconnectBufferBytes);
    }

    /// The same with other waits before reconnecting.
    public NatsSettings withReconnect(Duration newMin, Duration newMax, int newBufferBytes) {
        return new NatsSettings(
                servers, credentials, connectionName, connectTimeout, requestTimeout, newMin, newMax, newBufferBytes);
    }

    private static void requireServer(URI server) {
        if (server.getRawUserInfo() != null) {
            throw new IllegalArgumentException("credentials do not belong into the address of a NATS server");
        }
        boolean nats = "nats".equals(server.getScheme()) || "tls".equals(server.getScheme());
        if (!nats || server.getHost() == null) {
            throw new IllegalArgumentException("not the address of a NATS server (nats://host:port): '" + server + "'");
        }
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be positive");
        }
    }
}
