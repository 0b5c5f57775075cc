package dev.wattle.provider.http.server;

import dev.wattle.provider.api.HttpCaller;
import dev.wattle.provider.api.HttpHeader;
import dev.wattle.provider.api.HttpOutcome;
import dev.wattle.provider.api.HttpResponse;
import dev.wattle.provider.api.ProviderContext;
import dev.wattle.provider.api.ProviderLink;
import dev.wattle.wit.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Servers to talk to, and a plain socket to say wrong things with.
final class Servers {
    static final String ANY = "localhost:0";

    static final InetAddress LOOPBACK =
            new BindAddress("127.0.0.1", 0).resolve().getFirst();

    private Servers() {}

    static HttpServerProvider start(HttpCaller caller) {
        return start(Map.of("default_address", ANY), caller);
    }

    static HttpServerProvider start(Map<String, String> config, HttpCaller caller) {
        return HttpServerProvider.start(new Context(new TreeMap<>(config), caller));
    }

    /// One that serves a single link at any port of the loopback.
    static HttpServerProvider serving(HttpCaller caller) {
        HttpServerProvider provider = start(caller);
        provider.putLink(link("default", "app-gateway", Map.of()));
        return provider;
    }

    record Context(SortedMap<String, String> config, HttpCaller http) implements ProviderContext {
        @Override
        public String providerId() {
            return "app-httpserver";
        }
    }

    static ProviderLink link(String name, String target, Map<String, String> config) {
        return new ProviderLink(
                "app-httpserver",
                target,
                name,
                "wasi",
                "http",
                List.of("incoming-handler"),
                new TreeMap<>(config),
                new TreeMap<>());
    }

    static HttpOutcome answer(int status, String body, String... headers) {
        var fields = new java.util.ArrayList<HttpHeader>();
        for (int i = 0; i < headers.length; i += 2) {
            fields.add(new HttpHeader(headers[i], bytes(headers[i + 1])));
        }
        return new HttpOutcome.Answered(new HttpResponse(status, fields, bytes(body)));
    }

    static ByteString bytes(String text) {
        return ByteString.copyOf(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static int port(HttpServerProvider provider) {
        return java.util.Objects.requireNonNull(provider.ports().get(ANY));
    }

    /// Sends the bytes, and reads until the server closes the connection.
    static String raw(HttpServerProvider provider, String request) throws IOException {
        try (var socket = new Socket(LOOPBACK, port(provider))) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            var answer = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(answer);
            return answer.toString(StandardCharsets.ISO_8859_1);
        }
    }
}
