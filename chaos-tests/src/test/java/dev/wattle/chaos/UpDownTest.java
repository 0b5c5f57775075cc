package dev.wattle.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.chaos.LatticeUnderTest.Said;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `wattle up` and `wattle down` with real processes, in a checkout of its own whose path has a space.
@Tag("e2e")
final class UpDownTest {
    @TempDir
    private Path folder = Path.of("");

    private @Nullable LatticeUnderTest made;

    @BeforeEach
    void make_a_checkout() throws IOException {
        made = LatticeUnderTest.in(folder);
    }

    @AfterEach
    void stop_everything() throws Exception {
        lattice().close();
    }

    private LatticeUnderTest lattice() {
        return Objects.requireNonNull(made);
    }

    private Said wattle(String... arguments) throws Exception {
        return lattice().wattle(arguments);
    }

    private String port() {
        return Integer.toString(lattice().httpPort());
    }

    private Path state() {
        return lattice().home().resolve(".wattle/state.json");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(lattice().url() + path)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private List<ProcessHandle> processes() throws IOException {
        return List.copyOf(lattice().members().values());
    }

    @Test
    void a_lattice_comes_up_answers_survives_kill_9_and_goes_down() throws Exception {
        Said up = wattle("up", "-d", "--http-port", port());
        assertThat(up.exitCode()).as(up.err()).isZero();
        assertThat(up.out()).contains("curl 'localhost:" + port() + "/convert?amount=100&from=USD&to=EUR'");

        HttpResponse<String> converted = get("/convert?amount=100&from=USD&to=EUR");
        assertThat(converted.statusCode()).isEqualTo(200);
        assertThat(converted.body()).startsWith("{\"amount\":92.00,\"currency\":\"EUR\",\"timestamp\":");
        HttpResponse<String> paid = send(HttpRequest.newBuilder(
                        URI.create(lattice().url() + "/payments"))
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"user\":\"ada\",\"amount\":25,\"from\":\"EUR\",\"to\":\"USD\"}", StandardCharsets.UTF_8)));
        assertThat(paid.statusCode()).isEqualTo(200);
        assertThat(paid.body()).startsWith("{\"user\":\"ada\",\"paid\":27.25,\"currency\":\"USD\",\"id\":");
        assertThat(get("/convert?amount=x&from=USD&to=EUR").statusCode()).isEqualTo(400);

        Said hosts = wattle("get", "hosts", "-o", "json");
        assertThat(hosts.err()).isEmpty();
        assertThat(hosts.out())
                .startsWith("{\"success\":true,\"hosts\":[{\"id\":\"N")
                .contains(
                        "\"friendly_name\":\"host-1\"", "\"friendly_name\":\"host-2\"", "\"friendly_name\":\"host-3\"")
                .hasLineCount(1);
        assertThat(wattle("app", "status", "payments", "--output=json").out()).contains("\"type\":\"deployed\"");
        assertThat(wattle("get", "links").out()).contains("cyber:finance/converter", "wasi:http/incoming-handler");

        Said second = wattle("up", "-d", "--http-port", port());
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.err()).contains("already runs here").contains("./wattle down");

        List<ProcessHandle> killed = processes();
        assertThat(killed).hasSize(5);
        killed.forEach(ProcessHandle::destroyForcibly);
        LatticeUnderTest.awaitEnd(killed);
        Said again = wattle("up", "-d", "--single", "--http-port", port());
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(again.err()).contains("cleaned up");
        assertThat(get("/convert?amount=100&from=USD&to=EUR").statusCode()).isEqualTo(200);

        List<ProcessHandle> stopped = processes();
        assertThat(stopped).hasSize(2);
        assertThat(wattle("down").exitCode()).isZero();
        LatticeUnderTest.awaitEnd(stopped);
        assertThat(wattle("down").out()).isEqualTo("Nothing runs here.\n");
    }

    @Test
    void up_in_the_foreground_stops_all_that_it_started_when_it_is_stopped() throws Exception {
        Process up = lattice().start("up", "--single", "--no-demo", "--http-port", port());
        awaitReady();
        List<ProcessHandle> started = processes();
        assertThat(started).hasSize(2);
        up.destroy();
        assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
        LatticeUnderTest.awaitEnd(started);
        assertThat(state()).doesNotExist();
    }

    @Test
    void nothing_outlives_an_up_in_the_foreground_that_was_killed() throws Exception {
        Process up = lattice().start("up", "--single", "--no-demo", "--http-port", port());
        awaitReady();
        List<ProcessHandle> started = processes();
        up.destroyForcibly();
        LatticeUnderTest.awaitEnd(started);
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !Files.exists(state()));
    }

    private void awaitReady() {
        Awaitility.await()
                .atMost(LatticeUnderTest.PATIENCE)
                .until(() -> lattice().out().contains("Ctrl-C"));
    }

    @Test
    void a_taken_port_is_named_and_nothing_is_left_behind() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Said up = wattle("up", "-d", "--http-port", Integer.toString(taken.getLocalPort()));
            assertThat(up.exitCode()).isEqualTo(1);
            assertThat(up.out()).isEmpty();
            assertThat(up.err())
                    .contains("port " + taken.getLocalPort() + " is taken")
                    .contains("--http-port");
        }
        assertThat(state()).doesNotExist();
        assertThat(Objects.requireNonNull(
                        lattice().home().resolve(".wattle/run").toFile().list()))
                .isEmpty();
    }
}
