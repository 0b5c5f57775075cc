package dev.wattle.provider.http.server;

import dev.wattle.provider.api.HttpResponse;
import dev.wattle.provider.api.ProviderException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The servers of one address, and the routes that start there. Routes are swapped whole; requests under way
/// keep theirs.
final class Listener {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

    /// A random port that is free on one loopback may be taken on the other.
    private static final int PORT_ATTEMPTS = 20;

    /// Binding is local.
    private static final long BIND_SECONDS = 10;

    private final Vertx vertx;
    private final Calls calls;
    private final AtomicLong held = new AtomicLong();
    private final List<HttpServer> servers = new ArrayList<>();
    private final Map<HttpConnection, ConnectionGuard> connections = new ConcurrentHashMap<>();
    private volatile RouteTable routes;

    private Listener(Vertx vertx, Calls calls, RouteTable routes) {
        this.vertx = vertx;
        this.calls = calls;
        this.routes = routes;
    }

    /// Binds the address.
    ///
    /// @throws ProviderException when it is taken or not ours
    static Listener open(Vertx vertx, Calls calls, BindAddress address, RouteTable routes) {
        var listener = new Listener(vertx, calls, routes);
        List<InetAddress> targets = address.resolve();
        if (targets.isEmpty()) {
            throw new ProviderException("cannot listen on " + address + ": this machine has no loopback address", null);
        }
        for (int attempt = 1; ; attempt++) {
            try {
                listener.bind(targets, address.port());
                return listener;
            } catch (BindException e) {
                listener.close(0);
                listener.servers.clear();
                if (address.port() != 0 || attempt == PORT_ATTEMPTS) {
                    throw new ProviderException(
                            "cannot listen on " + address + ": " + e.getMessage()
                                    + "; free it, or choose another with --http-port",
                            e);
                }
            }
        }
    }

    private static final class BindException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BindException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    RouteTable routes() {
        return routes;
    }

    void routes(RouteTable changed) {
        routes = changed;
    }

    int port() {
        return servers.getFirst().actualPort();
    }

    /// Takes no more connections, lets requests in flight end for that long, closes the rest.
    void close(long graceMillis) {
        List<Future<Void>> ends = servers.stream()
                .map(server -> server.shutdown(graceMillis, TimeUnit.MILLISECONDS))
                .toList();
        for (Future<Void> end : ends) {
            try {
                end.await(graceMillis + TimeUnit.SECONDS.toMillis(BIND_SECONDS), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                LOG.warn("http.close.slow port={}", port(), e);
            }
        }
    }

    private void bind(List<InetAddress> targets, int wanted) {
        int port = wanted;
        for (InetAddress target : targets) {
            HttpServer server = server();
            try {
                server.listen(port, target.getHostAddress()).await(BIND_SECONDS, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new BindException(reason(e), e);
            }
            servers.add(server);
            port = server.actualPort();
        }
    }

    private static String reason(Throwable e) {
        return e instanceof java.net.BindException || e.getCause() instanceof java.net.BindException
                ? "the port is taken, or the address is not this machine's"
                : String.valueOf(e.getMessage());
    }

    private HttpServer server() {
        var options = new HttpServerOptions()
                .setMaxInitialLineLength(Limits.MAX_LINE_BYTES)
                .setMaxHeaderSize(Limits.MAX_HEADER_BYTES)
                .setHttp2ClearTextEnabled(false)
                .setTcpNoDelay(true)
                .setHandle100ContinueAutomatically(false);
        return vertx.createHttpServer(options)
                .connectionHandler(this::connected)
                .invalidRequestHandler(this::invalid)
                .requestHandler(this::requested);
    }

    private void connected(HttpConnection connection) {
        if (connections.size() >= Limits.MAX_CONNECTIONS) {
            connection.close();
            return;
        }
        var guard = new ConnectionGuard(vertx, connection, Limits.HEAD_TIMEOUT);
        connections.put(connection, guard);
        connection.closeHandler(_ -> {
            connections.remove(connection);
            guard.cancel();
        });
        connection.exceptionHandler(_ -> connection.close());
    }

    private void requested(HttpServerRequest request) {
        ConnectionGuard guard = connections.get(request.connection());
        if (guard != null && !guard.isClosing()) {
            new Exchange(vertx, calls, held, request, guard).begin(routes);
        }
    }

    /// What the decoder could not make sense of.
    private void invalid(HttpServerRequest request) {
        ConnectionGuard guard = connections.get(request.connection());
        if (guard == null || guard.isClosing()) {
            return; // the rest of a request that was refused
        }
        guard.closeSoon();
        Throwable cause = request.decoderResult().cause();
        HttpResponse reply = switch (cause) {
            case TooLongHttpLineException _ -> Reply.error(414, "request", "the request line is too long");
            case TooLongHttpHeaderException _ -> Reply.error(431, "request", "the headers are too large");
            case null, default -> Reply.error(400, "request", "this is not a valid HTTP request");
        };
        request.response()
                .setStatusCode(reply.status())
                .putHeader("content-type", "application/json")
                .putHeader("connection", "close")
                .end(Buffer.buffer(reply.body().toArray()));
    }
}
