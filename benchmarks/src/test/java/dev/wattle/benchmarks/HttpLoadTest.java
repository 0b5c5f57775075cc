package dev.wattle.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class HttpLoadTest {
    private static final String WHOLE = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nserver: x\r\n\r\nhello";

    @Test
    void an_answer_is_read_when_it_is_whole_and_not_before() {
        for (int length = 0; length < WHOLE.length(); length++) {
            assertThat(HttpLoad.Answer.parse(WHOLE.substring(0, length))).isEmpty();
        }
        assertThat(HttpLoad.Answer.parse(WHOLE)).contains(new HttpLoad.Answer(200, "hello", WHOLE.length()));
    }

    @Test
    void an_answer_without_a_length_is_an_error() {
        assertThatThrownBy(() -> HttpLoad.Answer.parse("HTTP/1.1 200 OK\r\n\r\n"))
                .isInstanceOf(WrongAnswerException.class);
    }

    @Test
    void every_answer_is_counted_and_a_wrong_one_ends_the_load() throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        byte[] body = "hello".getBytes(StandardCharsets.US_ASCII);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            int port = server.getAddress().getPort();
            try (var load = HttpLoad.connect(port, 3, HttpLoad.get("/"), "hello"::equals)) {
                assertThat(load.run(Duration.ofMillis(20)).count()).isGreaterThanOrEqualTo(3);
            }
            try (var load = HttpLoad.connect(port, 1, HttpLoad.get("/"), "bye"::equals)) {
                assertThatThrownBy(() -> load.run(Duration.ofMillis(20))).isInstanceOf(WrongAnswerException.class);
            }
        } finally {
            server.stop(0);
        }
    }

    @Test
    void percentiles_come_from_all_loops() {
        var load = new Load();
        Arrays.asList(1_000L, 2_000L, 3_000L).forEach(load::add);
        var other = new Load();
        other.add(4_000_000);
        load.addAll(other);
        assertThat(load.figures(2_000_000_000L))
                .containsEntry(Load.P50, 2.0)
                .containsEntry(Load.P99, 4_000.0)
                .containsEntry(Load.PER_SECOND, 2.0);
    }
}
