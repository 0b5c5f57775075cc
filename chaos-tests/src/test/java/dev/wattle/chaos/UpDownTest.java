package dev.wattle.chaos;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `wattle up` and `wattle down` with real processes, in a checkout of its own whose path has a space.
@Tag("e2e")
final class UpDownTest {
    private static final Path SOURCE =
            Path.of(System.getProperty("wattle.home", "..")).toAbsolutePath().normalize();
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern PID = Pattern.compile("\"process\":\\{\"pid\":([0-9]+)");

    @TempDir
    private Path folder = Path.of("");

    private Path home = Path.of("");
    private int port;

    /// What a command said.
    private record Said(int exitCode, String out, String err) {}

    /// The launcher, the manifests and the guests are all that a lattice needs of a checkout, beside the distribution.
    @BeforeEach
    void make_a_checkout() throws IOException {
        home = Files.createDirectory(folder.resolve("a checkout")).toRealPath();
        for (String name : List.of("wattle", "build", "wadm-manifests", "components/prebuilt")) {
            copy(SOURCE.resolve(name), home.resolve(name));
        }
        Path tools = SOURCE.resolve(".wattle/tools");
        if (Files.isDirectory(tools)) {
            Files.createDirectory(home.resolve(".wattle"));
            Files.createSymbolicLink(home.resolve(".wattle/tools"), tools);
        }
        port = freePort();
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    @AfterEach
    void stop_everything() throws Exception {
        wattle("down");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("wattle").toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment()
                .putIfAbsent("WATTLE_DIST", SOURCE.resolve("cli/target/dist").toString());
        return builder.start();
    }

    private Said wattle(String... arguments) throws Exception {
        Process process = start(arguments);
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("%s ends", List.of(arguments))
                .isTrue();
        return new Said(
                process.exitValue(), Files.readString(folder.resolve("out")), Files.readString(folder.resolve("err")));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private List<ProcessHandle> processes() throws IOException {
        var found = PID.matcher(Files.readString(home.resolve(".wattle/state.json")));
        List<ProcessHandle> handles = new ArrayList<>();
        while (found.find()) {
            ProcessHandle.of(Long.parseLong(found.group(1))).ifPresent(handles::add);
        }
        return handles;
    }

    private static void awaitEnd(List<ProcessHandle> processes) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> processes.stream().noneMatch(UpDownTest::running));
    }

    /// A process that ended, and that nobody asked how, is still in the table.
    private static boolean running(ProcessHandle process) {
        Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
        try {
            return process.isAlive()
                    && !(Files.exists(stat) && Files.readString(stat).contains(") Z"));
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void a_lattice_comes_up_answers_survives_kill_9_and_goes_down() throws Exception {
        Said up = wattle("up", "-d", "--http-port", Integer.toString(port));
        assertThat(up.exitCode()).as(up.err()).isZero();
        assertThat(up.out()).contains("curl 'localhost:" + port + "/convert?amount=100&from=USD&to=EUR'");

        HttpResponse<String> converted = get("/convert?amount=100&from=USD&to=EUR");
        assertThat(converted.statusCode()).isEqualTo(200);
        assertThat(converted.body()).startsWith("{\"amount\":92.00,\"currency\":\"EUR\",\"timestamp\":");
        HttpResponse<String> paid = send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/payments"))
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

        Said second = wattle("up", "-d", "--http-port", Integer.toString(port));
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.err()).contains("already runs here").contains("./wattle down");

        List<ProcessHandle> killed = processes();
        assertThat(killed).hasSize(5);
        killed.forEach(ProcessHandle::destroyForcibly);
        awaitEnd(killed);
        Said again = wattle("up", "-d", "--single", "--http-port", Integer.toString(port));
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(again.err()).contains("cleaned up");
        assertThat(get("/convert?amount=100&from=USD&to=EUR").statusCode()).isEqualTo(200);

        List<ProcessHandle> stopped = processes();
        assertThat(stopped).hasSize(2);
        assertThat(wattle("down").exitCode()).isZero();
        awaitEnd(stopped);
        assertThat(wattle("down").out()).isEqualTo("Nothing runs here.\n");
    }

    @Test
    void up_in_the_foreground_stops_all_that_it_started_when_it_is_stopped() throws Exception {
        Process up = start("up", "--single", "--no-demo", "--http-port", Integer.toString(port));
        awaitReady();
        List<ProcessHandle> started = processes();
        assertThat(started).hasSize(2);
        up.destroy();
        assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
        awaitEnd(started);
        assertThat(home.resolve(".wattle/state.json")).doesNotExist();
    }

    @Test
    void nothing_outlives_an_up_in_the_foreground_that_was_killed() throws Exception {
        Process up = start("up", "--single", "--no-demo", "--http-port", Integer.toString(port));
        awaitReady();
        List<ProcessHandle> started = processes();
        up.destroyForcibly();
        awaitEnd(started);
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> !Files.exists(home.resolve(".wattle/state.json")));
    }

    private void awaitReady() {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> Files.readString(folder.resolve("out")).contains("Ctrl-C"));
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
        assertThat(home.resolve(".wattle/state.json")).doesNotExist();
        assertThat(Objects.requireNonNull(home.resolve(".wattle/run").toFile().list()))
                .isEmpty();
    }
}
