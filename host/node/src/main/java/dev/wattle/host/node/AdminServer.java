package dev.wattle.host.node;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `/metrics`, `/livez` and `/readyz` of one host, on loopback.
final class AdminServer implements AutoCloseable {
    private static final int NOT_FOUND = 404;
    private static final int WRONG_METHOD = 405;
    private static final int NOT_READY = 500;
    private static final int OK = 200;
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService threads;

    private AdminServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /// Listens on `port`, or a free one for 0.
    ///
    /// @throws UncheckedIOException when the port is taken
    static AdminServer start(int port, Supplier<String> metrics, BooleanSupplier ready) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            ExecutorService threads = Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("wattle-admin-", 0).factory());
            server.setExecutor(threads);
            server.createContext("/", exchange -> answer(exchange, NOT_FOUND, "text/plain", "not found\n"));
            server.createContext("/metrics", exchange -> answer(exchange, OK, PROMETHEUS_TEXT, metrics.get()));
            server.createContext("/livez", exchange -> status(exchange, true));
            server.createContext("/readyz", exchange -> status(exchange, ready.getAsBoolean()));
            server.start();
            return new AdminServer(server, threads);
        } catch (IOException e) {
            throw new UncheckedIOException("the admin port " + port + " on loopback", e);
        }
    }

    /// `host:port` to reach it at.
    String address() {
        InetSocketAddress address = server.getAddress();
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private static void status(HttpExchange exchange, boolean healthy) throws IOException {
        String text = healthy ? "{\"status\":\"ok\"}" : "{\"status\":\"failure\"}";
        answer(exchange, healthy ? OK : NOT_READY, "application/json", text);
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        try (exchange) {
            boolean head = exchange.getRequestMethod().equals("HEAD");
            boolean allowed = head || exchange.getRequestMethod().equals("GET");
            byte[] body = allowed ? text.getBytes(StandardCharsets.UTF_8) : new byte[0];
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(allowed ? status : WRONG_METHOD, head || body.length == 0 ? -1 : body.length);
            if (!head && body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
