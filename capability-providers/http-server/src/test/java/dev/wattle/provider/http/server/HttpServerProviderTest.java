package dev.wattle.provider.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.provider.api.HttpCaller;
import dev.wattle.provider.api.HttpOutcome;
import dev.wattle.provider.api.HttpRequest;
import dev.wattle.provider.api.ProviderException;
import dev.wattle.provider.api.ProviderFactory;
import dev.wattle.testkit.Eventually;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class HttpServerProviderTest {
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    @Test
    void hosts_find_it_by_its_name() {
        assertThat(ServiceLoader.load(ProviderFactory.class))
                .anyMatch(factory -> factory.name().equals("http-server"));
    }

    @Test
    void a_request_reaches_the_component_as_the_client_sent_it() throws Exception {
        var seen = new AtomicReference<HttpRequest>();
        try (var provider = Servers.serving((_, request, _) -> {
            seen.set(request);
            return Servers.answer(201, "made", "X-Made", "yes");
        })) {
            HttpResponse<String> answer = client.send(
                    request(provider, "/a%20b?c=d")
                            .header("X-Given", "1")
                            .POST(java.net.http.HttpRequest.BodyPublishers.ofString("body"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(answer.body()).isEqualTo("made");
            assertThat(answer.headers().firstValue("x-made")).contains("yes");
            HttpRequest request = seen.get();
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.pathWithQuery()).isEqualTo("/a%20b?c=d");
            assertThat(request.authority()).isEqualTo("127.0.0.1:" + Servers.port(provider));
            assertThat(request.body()).isEqualTo(Servers.bytes("body"));
            assertThat(request.headers())
                    .anyMatch(header ->
                            header.name().equals("X-Given") && header.value().equals(Servers.bytes("1")))
                    .noneMatch(header -> header.name().equalsIgnoreCase("connection"));
        }
    }

    static List<Arguments> outcomes() {
        return List.of(
                Arguments.of(
                        new HttpOutcome.LinkFailed("a -> b c:d/e", "say \"no\""),
                        502,
                        "{\"error\":\"link\",\"link\":\"a -> b c:d/e\",\"reason\":\"say \\\"no\\\"\"}\n"),
                Arguments.of(
                        new HttpOutcome.Trapped("line\nbreak"),
                        500,
                        "{\"error\":\"trap\",\"reason\":\"line\\nbreak\"}\n"),
                Arguments.of(new HttpOutcome.TimedOut("late"), 504, "{\"error\":\"deadline\",\"reason\":\"late\"}\n"),
                Arguments.of(new HttpOutcome.Overloaded("full"), 503, "{\"error\":\"overload\",\"reason\":\"full\"}\n"),
                Arguments.of(
                        Servers.answer(200, "", "x", "a\r\nb: c"),
                        500,
                        "{\"error\":\"trap\",\"reason\":\"the component answered with a header that is not valid\"}\n"),
                Arguments.of(
                        Servers.answer(103, ""),
                        500,
                        "{\"error\":\"trap\",\"reason\":\"the component answered with the interim status 103\"}\n"));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void each_failure_has_its_status_and_json(HttpOutcome outcome, int status, String body) throws Exception {
        try (var provider = Servers.serving((_, _, _) -> outcome)) {
            HttpResponse<String> answer = get(provider, "/");
            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.body()).isEqualTo(body);
            assertThat(answer.headers().firstValue("content-type")).contains("application/json");
            assertThat(answer.headers().firstValue("retry-after").isPresent()).isEqualTo(status == 503);
        }
    }

    @Test
    void a_caller_that_throws_is_a_500_and_the_server_goes_on() throws Exception {
        var calls = new AtomicInteger();
        try (var provider = Servers.serving((_, _, _) -> {
            if (calls.getAndIncrement() == 0) {
                throw new IllegalStateException("broken");
            }
            return Servers.answer(200, "ok");
        })) {
            assertThat(get(provider, "/").statusCode()).isEqualTo(500);
            assertThat(get(provider, "/").body()).isEqualTo("ok");
        }
    }

    @Test
    void answers_without_a_body_have_none() throws Exception {
        try (var provider = Servers.serving((_, request, _) -> Servers.answer(
                Integer.parseInt(request.pathWithQuery().substring(1)), "body", "connection", "x-hop", "x-hop", "1"))) {
            assertThat(raw(provider, "HEAD", "/200"))
                    .contains("200 OK")
                    .contains("content-length: 4")
                    .endsWith("\r\n\r\n");
            assertThat(raw(provider, "GET", "/204"))
                    .contains("204")
                    .doesNotContain("content-length")
                    .endsWith("\r\n\r\n");
            assertThat(raw(provider, "GET", "/304"))
                    .contains("304")
                    .doesNotContain("body")
                    .endsWith("\r\n\r\n");
            assertThat(raw(provider, "GET", "/200")).doesNotContain("x-hop").endsWith("\r\n\r\nbody");
        }
    }

    @Test
    void a_body_may_be_1_MiB_and_no_more() throws Exception {
        var calls = new AtomicInteger();
        try (var provider = Servers.serving((_, request, _) -> {
            calls.incrementAndGet();
            return Servers.answer(200, Integer.toString(request.body().size()));
        })) {
            byte[] fits = new byte[Limits.MAX_BODY_BYTES];
            assertThat(post(provider, fits).body()).isEqualTo("1048576");
            assertThat(Servers.raw(provider, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n\r\n"))
                    .startsWith("HTTP/1.1 413 ")
                    .contains("\"error\":\"request\"");
            String chunk = "ffff\r\n" + "x".repeat(0xffff) + "\r\n";
            assertThat(Servers.raw(
                            provider,
                            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk.repeat(17)))
                    .startsWith("HTTP/1.1 413 ");
            assertThat(calls).hasValue(1);
        }
    }

    @Test
    void pipelined_requests_are_answered_in_their_order() throws Exception {
        try (var provider = Servers.serving((_, request, _) -> {
            if (request.pathWithQuery().equals("/1")) {
                pause();
            }
            return Servers.answer(200, "<" + request.pathWithQuery() + ">");
        })) {
            String answer = Servers.raw(provider, get("/1", "") + get("/2", "") + get("/3", "Connection: close\r\n"));
            assertThat(answer).containsSubsequence("</1>", "</2>", "</3>");
        }
    }

    @Test
    void a_hundred_requests_at_once_are_answered() throws Exception {
        var together = new CountDownLatch(100);
        try (var provider = Servers.serving((_, request, _) -> {
                    together.countDown();
                    await(together);
                    return Servers.answer(200, request.pathWithQuery());
                });
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = IntStream.range(0, 100)
                    .mapToObj(i -> threads.submit(() -> get(provider, "/" + i).body()))
                    .toList();
            for (int i = 0; i < 100; i++) {
                assertThat(answers.get(i).get(20, TimeUnit.SECONDS)).isEqualTo("/" + i);
            }
        }
    }

    @Test
    void more_calls_than_may_wait_are_turned_away() throws Exception {
        var release = new CountDownLatch(1);
        HttpCaller slow = (_, _, _) -> {
            await(release);
            return Servers.answer(200, "ok");
        };
        var context = new Servers.Context(new java.util.TreeMap<>(Map.of("default_address", Servers.ANY)), slow);
        try (var provider = HttpServerProvider.start(context, 1, 1);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            provider.putLink(Servers.link("default", "app-gateway", Map.of()));
            List<Future<Integer>> answers = IntStream.range(0, 3)
                    .mapToObj(_ -> threads.submit(() -> get(provider, "/").statusCode()))
                    .toList();
            Eventually.within(5, TimeUnit.SECONDS, () -> assertThat(answers).anyMatch(Future::isDone));
            release.countDown();
            int refused = 0;
            for (Future<Integer> answer : answers) {
                refused += answer.get(10, TimeUnit.SECONDS) == 503 ? 1 : 0;
            }
            assertThat(refused).isEqualTo(1);
        }
    }

    @Test
    void the_links_timeout_is_the_calls_deadline() throws Exception {
        var seen = new AtomicReference<Duration>();
        try (var provider = Servers.start((_, _, deadline) -> {
            seen.set(deadline);
            return Servers.answer(200, "");
        })) {
            provider.putLink(Servers.link("default", "a", Map.of("TIMEOUT_MS", "1234")));
            get(provider, "/");
            assertThat(seen.get()).isBetween(Duration.ofMillis(900), Duration.ofMillis(1234));
            provider.putLink(Servers.link("default", "a", Map.of()));
            get(provider, "/");
            assertThat(seen.get()).isBetween(Duration.ofSeconds(29), Duration.ofSeconds(30));
        }
    }

    @Test
    void localhost_is_served_on_every_loopback() throws Exception {
        try (var provider = Servers.serving((_, _, _) -> Servers.answer(200, "ok"))) {
            for (InetAddress address : new BindAddress("localhost", 0).resolve()) {
                try (var socket = new Socket(address, Servers.port(provider))) {
                    assertThat(socket.isConnected()).isTrue();
                }
            }
            assertThat(new BindAddress("localhost", 0).resolve()).isNotEmpty();
        }
    }

    @Test
    void a_taken_port_is_named_with_what_to_do() throws Exception {
        try (var taken = new ServerSocket(0, 1, Servers.LOOPBACK);
                var provider = Servers.start((_, _, _) -> Servers.answer(200, ""))) {
            String address = "localhost:" + taken.getLocalPort();
            assertThatThrownBy(() -> provider.putLink(Servers.link("default", "a", Map.of("address", address))))
                    .isInstanceOf(ProviderException.class)
                    .hasMessageContaining(address)
                    .hasMessageContaining("--http-port");
            assertThat(provider.ports()).isEmpty();
        }
    }

    @Test
    void a_link_is_replaced_without_dropping_the_connection() throws Exception {
        try (var provider = Servers.start((link, _, _) -> Servers.answer(200, link.target()))) {
            provider.putLink(Servers.link("default", "one", Map.of()));
            int port = Servers.port(provider);
            assertThat(get(provider, "/").body()).isEqualTo("one");
            provider.putLink(Servers.link("default", "two", Map.of()));
            assertThat(get(provider, "/").body()).isEqualTo("two");
            assertThat(Servers.port(provider)).isEqualTo(port);
            provider.deleteLink(Servers.link("default", "one", Map.of()));
            assertThat(get(provider, "/").body()).isEqualTo("two");
            assertThatThrownBy(() -> provider.putLink(Servers.link("other", "three", Map.of())))
                    .isInstanceOf(ProviderException.class)
                    .hasMessageContaining("two");
            provider.deleteLink(Servers.link("default", "two", Map.of()));
            assertThat(provider.ports()).isEmpty();
        }
    }

    @Test
    void in_path_mode_links_share_an_address_and_match_exactly() throws Exception {
        try (var provider = Servers.start(
                Map.of("Routing_Mode", "path", "default_address", Servers.ANY),
                (link, _, _) -> Servers.answer(200, link.target()))) {
            assertThat(get(provider, "/a").statusCode()).isEqualTo(503);
            provider.putLink(Servers.link("a", "one", Map.of("path", "/a")));
            provider.putLink(Servers.link("b", "two", Map.of("PATH", "/b")));
            assertThat(get(provider, "/a?x=y").body()).isEqualTo("one");
            assertThat(get(provider, "/b").body()).isEqualTo("two");
            HttpResponse<String> missing = get(provider, "/a/b");
            assertThat(missing.statusCode()).isEqualTo(404);
            assertThat(missing.body()).isEqualTo("{\"error\":\"route\",\"reason\":\"no link takes this path\"}\n");
        }
    }

    @Test
    void in_host_mode_the_host_header_chooses() throws Exception {
        try (var provider = Servers.start(
                Map.of("routing_mode", "host", "default_address", Servers.ANY),
                (link, _, _) -> Servers.answer(200, link.target()))) {
            provider.putLink(Servers.link("a", "one", Map.of("host", "One.example")));
            assertThat(Servers.raw(provider, "GET / HTTP/1.1\r\nHost: one.EXAMPLE\r\nConnection: close\r\n\r\n"))
                    .endsWith("one");
            assertThat(Servers.raw(provider, "GET / HTTP/1.1\r\nHost: two.example\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 404 ");
        }
    }

    static List<Arguments> wrongConfigurations() {
        return List.of(
                Arguments.of("address", "nonsense", "expected host:port"),
                Arguments.of("address", "localhost:99999", "expected host:port"),
                Arguments.of("port", "-1", "expected host:port"),
                Arguments.of("timeout_ms", "0", "timeout_ms"),
                Arguments.of("timeout_ms", "soon", "timeout_ms"),
                Arguments.of("tls_cert_file", "/cert", "tls_cert_file, which is not supported"),
                Arguments.of("cors_allowed_origins", "[]", "cors_allowed_origins, which is not supported"));
    }

    @ParameterizedTest
    @MethodSource("wrongConfigurations")
    void wrong_configuration_is_refused_with_its_key(String key, String value, String message) {
        try (var provider = Servers.start((_, _, _) -> Servers.answer(200, ""))) {
            assertThatThrownBy(() -> provider.putLink(Servers.link("default", "a", Map.of(key, value))))
                    .isInstanceOf(ProviderException.class)
                    .hasMessageContaining(message);
        }
    }

    @Test
    void closing_lets_a_call_in_flight_end_and_frees_the_port() throws Exception {
        var started = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var provider = Servers.serving((_, _, _) -> {
                started.countDown();
                await(release);
                return Servers.answer(200, "ended");
            });
            int port = Servers.port(provider);
            // An idle connection must not hold the server up.
            try (var idle = new Socket(Servers.LOOPBACK, port)) {
                Future<String> answer = threads.submit(() -> get(provider, "/").body());
                await(started);
                Future<?> closing = threads.submit(provider::close);
                release.countDown();
                assertThat(answer.get(5, TimeUnit.SECONDS)).isEqualTo("ended");
                closing.get(10, TimeUnit.SECONDS);
                assertThat(idle.isConnected()).isTrue();
            }
            provider.close();
            try (var free = new ServerSocket()) {
                free.setReuseAddress(true);
                free.bind(new java.net.InetSocketAddress(Servers.LOOPBACK, port));
                assertThat(free.isBound()).isTrue();
            }
        }
    }

    private java.net.http.HttpRequest.Builder request(HttpServerProvider provider, String path) {
        return java.net.http.HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + Servers.port(provider) + path))
                .timeout(Duration.ofSeconds(20));
    }

    private HttpResponse<String> get(HttpServerProvider provider, String path) throws Exception {
        return client.send(request(provider, path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(HttpServerProvider provider, byte[] body) throws Exception {
        return client.send(
                request(provider, "/")
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private static String get(String path, String headers) {
        return "GET " + path + " HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n";
    }

    private static String raw(HttpServerProvider provider, String method, String path) throws Exception {
        return Servers.raw(provider, method + " " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void pause() {
        java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
    }
}
