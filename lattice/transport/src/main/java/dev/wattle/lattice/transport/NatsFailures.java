package dev.wattle.lattice.transport;

import dev.wattle.lattice.transport.TransportException.Code;
import dev.wattle.wit.ByteString;
import io.nats.client.AuthenticationException;
import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What went wrong, in words that say what to do.
final class NatsFailures {
    /// JetStream's codes: off in the server, off for the account, temporarily gone.
    private static final Set<Integer> JETSTREAM_OFF = Set.of(10076, 10039, 10035, 10008);

    /// JetStream's codes: resources, storage and stream limits exceeded, no room in the account, message not
    /// stored.
    private static final Set<Integer> JETSTREAM_FULL = Set.of(10002, 10023, 10028, 10047, 10077);

    /// Whether anybody listens is known at once.
    private static final Duration ASK_TIMEOUT = Duration.ofMillis(500);

    private NatsFailures() {}

    static TransportException ofConnect(NatsSettings settings, Exception cause) {
        if (cause instanceof AuthenticationException) {
            return new TransportException(
                    Code.AUTHENTICATION_FAILED,
                    "NATS at " + servers(settings) + " refused "
                            + (settings.credentials().isPresent()
                                    ? "these credentials"
                                    : "a connection without credentials"),
                    cause);
        }
        String why = settings.servers().stream()
                .flatMap(server -> NatsOptions.addresses(server).stream())
                .map(address -> diagnose(URI.create(address), settings))
                .collect(Collectors.joining("; "));
        return new TransportException(Code.CANNOT_CONNECT, "cannot connect to NATS: " + why, cause);
    }

    private static String servers(NatsSettings settings) {
        return settings.servers().stream().map(URI::toString).collect(Collectors.joining(", "));
    }

    /// Looks at what is there, since the client library does not tell.
    private static String diagnose(URI address, NatsSettings settings) {
        int timeoutMillis = Math.toIntExact(
                Math.min(Integer.MAX_VALUE, settings.connectTimeout().toMillis()));
        try (Socket socket = new Socket()) {
            InetSocketAddress target = new InetSocketAddress(address.getHost(), address.getPort());
            if (target.isUnresolved()) {
                return address + ": no such host";
            }
            socket.connect(target, timeoutMillis);
            socket.setSoTimeout(timeoutMillis);
            String greeting = new String(socket.getInputStream().readNBytes(5), StandardCharsets.ISO_8859_1);
            return greeting.equals("INFO ")
                    ? address + ": a NATS server answers, but did not take the connection"
                    : address + ": something listens there that is no NATS server";
        } catch (ConnectException e) {
            return address + ": nothing listens there";
        } catch (SocketTimeoutException e) {
            return address + ": no answer within " + timeoutMillis + " ms";
        } catch (IOException e) {
            return address + ": " + e.getMessage();
        }
    }

    static TransportException ofPublish(boolean connected, boolean closed, IllegalStateException cause) {
        if (closed) {
            return new TransportException(Code.CLOSED, "the connection to NATS was closed", cause);
        }
        return connected
                ? new TransportException(Code.CONGESTED, "too much waits to be sent to NATS", cause)
                : new TransportException(
                        Code.DISCONNECTED, "the connection to NATS is gone and its buffer is full", cause);
    }

    /// Why a key-value call failed.
    static TransportException ofKeyValue(String what, NatsTransport transport, Exception cause) {
        if (transport.closed()) {
            return new TransportException(Code.CLOSED, what + ": the connection to NATS was closed", cause);
        }
        @Nullable JetStreamApiException api = api(cause);
        if (api != null) {
            return ofApi(what, api);
        }
        if (!transport.connected()) {
            return new TransportException(Code.DISCONNECTED, what + ": the connection to NATS is gone", cause);
        }
        if (!jetStreamListens(transport)) {
            return storage(what, "nothing, it is off", "start nats-server with a `jetstream` section or -js", cause);
        }
        return new TransportException(
                Code.TIMED_OUT,
                what
                        + ": JetStream did not answer, the outcome is unknown; a full disk shows itself like this, and in the"
                        + " log of nats-server",
                cause);
    }

    /// The library tells neither a missing JetStream from a slow one, nor either from a full disk: ask.
    private static boolean jetStreamListens(NatsTransport transport) {
        var replies = new ArrayBlockingQueue<Transport.Reply>(1);
        transport.request(Message.of("$JS.API.INFO", ByteString.EMPTY), ASK_TIMEOUT, replies::add);
        try {
            return !(replies.poll(2 * ASK_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    instanceof Transport.Reply.NoResponders);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static TransportException ofApi(String what, JetStreamApiException cause) {
        int code = cause.getApiErrorCode();
        String says = cause.getErrorDescription() + " [" + code + "]";
        if (JETSTREAM_OFF.contains(code)) {
            return storage(what, says, "start nats-server with a `jetstream` section or -js", cause);
        }
        if (JETSTREAM_FULL.contains(code)) {
            return storage(what, says, "free some disk space in its store folder, or raise max_file_store", cause);
        }
        return storage(what, says, "look into the log of nats-server", cause);
    }

    private static TransportException storage(String what, String says, String toDo, Exception cause) {
        return new TransportException(Code.STORAGE, what + ": JetStream says: " + says + "; " + toDo, cause);
    }

    static @Nullable JetStreamApiException api(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof JetStreamApiException found) {
                return found;
            }
        }
        return null;
    }
}
