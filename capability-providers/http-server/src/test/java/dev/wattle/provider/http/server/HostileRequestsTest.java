package dev.wattle.provider.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Requests that no good client sends: refused with a reason, never handed to a component, and the server goes
/// on.
final class HostileRequestsTest {
    private static final AtomicInteger CALLS = new AtomicInteger();
    private static HttpServerProvider provider;

    @BeforeAll
    static void start() {
        provider = Servers.serving((_, request, _) -> {
            CALLS.incrementAndGet();
            return Servers.answer(200, request.authority() + " " + request.pathWithQuery());
        });
    }

    @AfterAll
    static void close() {
        provider.close();
    }

    static List<Arguments> hostile() {
        String host = "Host: a\r\n";
        return List.of(
                Arguments.of("GET / HTTP/1.1\r\n" + host + "X: " + "x".repeat(40_000) + "\r\n\r\n", 431),
                Arguments.of("GET / HTTP/1.1\r\n" + host + "X: y\r\n".repeat(9_000) + "\r\n", 431),
                Arguments.of("GET /" + "x".repeat(9_000) + " HTTP/1.1\r\n" + host + "\r\n", 414),
                Arguments.of("G@T / HTTP/1.1\r\n" + host + "\r\n", 400),
                Arguments.of("nonsense\r\n\r\n", 400),
                Arguments.of("GET / HTTP/1.1\r\n\r\n", 400),
                Arguments.of("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
                Arguments.of("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400),
                Arguments.of("CONNECT a:1 HTTP/1.1\r\n" + host + "\r\n", 405),
                Arguments.of("OPTIONS * HTTP/1.1\r\n" + host + "\r\n", 400),
                Arguments.of("GET ftp://a/ HTTP/1.1\r\n" + host + "\r\n", 400),
                Arguments.of("GET a HTTP/1.1\r\n" + host + "\r\n", 400),
                Arguments.of("GET /%zz HTTP/1.1\r\n" + host + "\r\n", 400),
                Arguments.of("GET /% HTTP/1.1\r\n" + host + "\r\n", 400),
                Arguments.of("GET /%4 HTTP/1.1\r\n" + host + "\r\n", 400),
                Arguments.of("GET /a#b HTTP/1.1\r\n" + host + "\r\n", 400),
                Arguments.of("GET /\u00e9 HTTP/1.1\r\n" + host + "\r\n", 400),
                Arguments.of("GET / HTTP/1.1\r\n" + host + "X: a\u0000b\r\n\r\n", 400),
                Arguments.of("GET / HTTP/1.1\r\n" + host + "Bad Name: a\r\n\r\n", 400),
                Arguments.of("GET / HTTP/1.1\r\n" + host + "Name : a\r\n\r\n", 400),
                Arguments.of("GET / HTTP/1.1\r\n" + host + "Expect: miracle\r\n\r\n", 417),
                Arguments.of("POST / HTTP/1.1\r\n" + host + "Content-Length: x\r\n\r\n", 400),
                Arguments.of("POST / HTTP/1.1\r\n" + host + "Content-Length: -1\r\n\r\n", 400),
                Arguments.of("POST / HTTP/1.1\r\n" + host + "Content-Length: +1\r\n\r\na", 400),
                Arguments.of("POST / HTTP/1.1\r\n" + host + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400),
                Arguments.of("POST / HTTP/1.1\r\n" + host + "Content-Length: 1, 2\r\n\r\nab", 400),
                Arguments.of("POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501),
                Arguments.of("POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 501),
                Arguments.of(
                        "POST / HTTP/1.1\r\n" + host
                                + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\n"
                                + host + "\r\n",
                        400));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void hostile_requests_are_refused_and_reach_no_component(String request, int status) throws Exception {
        int before = CALLS.get();
        String answer = Servers.raw(provider, request);
        assertThat(answer).matches("(?s)HTTP/1\\.[01] " + status + " .*").contains("\"error\":\"request\"");
        assertThat(answer.split("HTTP/1\\.[01] ", -1)).as("answers").hasSize(2);
        assertThat(CALLS).hasValue(before);
    }

    @Test
    void a_broken_chunk_ends_the_connection() throws Exception {
        int before = CALLS.get();
        Servers.raw(provider, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n");
        assertThat(CALLS).hasValue(before);
    }

    @Test
    void an_absolute_target_names_host_and_path() throws Exception {
        assertThat(Servers.raw(provider, "GET http://b:1/c?d HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .endsWith("b:1 /c?d");
        assertThat(Servers.raw(provider, "GET http://b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .endsWith("b /");
    }

    @Test
    void a_client_that_asks_before_it_sends_is_told_to_go_on() throws Exception {
        assertThat(
                        Servers.raw(
                                provider,
                                "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx"))
                .startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 ");
    }
}
