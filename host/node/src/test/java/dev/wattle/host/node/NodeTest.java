package dev.wattle.host.node;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.lattice.protocol.ConfigName;
import dev.wattle.lattice.protocol.ControlJson;
import dev.wattle.lattice.protocol.ControlOperation;
import dev.wattle.lattice.protocol.ControlResponse;
import dev.wattle.lattice.protocol.ControlSubjects;
import dev.wattle.lattice.protocol.HostId;
import dev.wattle.lattice.protocol.HostInventory;
import dev.wattle.lattice.protocol.LatticeName;
import dev.wattle.lattice.protocol.Link;
import dev.wattle.lattice.protocol.LinkName;
import dev.wattle.lattice.protocol.ScaleComponentCommand;
import dev.wattle.lattice.protocol.StartProviderCommand;
import dev.wattle.lattice.protocol.WorkloadId;
import dev.wattle.lattice.transport.Message;
import dev.wattle.lattice.transport.NatsTransport;
import dev.wattle.lattice.transport.Transport;
import dev.wattle.lattice.transport.server.NatsServer;
import dev.wattle.lattice.transport.server.NatsServerBinary;
import dev.wattle.lattice.transport.server.NatsServerSettings;
import dev.wattle.testkit.Eventually;
import dev.wattle.wit.ByteString;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Hosts on a real nats-server, driven over the control interface alone.
@Tag("slow")
final class NodeTest {
    private static final Path HOME =
            Path.of(System.getProperty("wattle.home", "../..")).toAbsolutePath().normalize();
    private static final LatticeName LATTICE = new LatticeName("default");
    private static final ControlSubjects SUBJECTS = ControlSubjects.of(LATTICE);

    @TempDir
    private Path folder;

    private NatsServer nats;
    private Transport client;

    @BeforeEach
    void start_nats() {
        Path binary = NatsServerBinary.find(HOME, System.getenv(), System.err::println);
        nats = NatsServer.start(NatsServerSettings.in(binary, folder.resolve("nats")));
        client = NatsTransport.connect(nats.connection());
    }

    @AfterEach
    void stop_nats() {
        client.close();
        nats.close();
    }

    @Test
    void the_demo_runs_with_all_its_components_on_one_host() throws Exception {
        int port = freePort();
        try (Node node = node("one", port)) {
            deployDemo(node, node, node);
            assertThat(convert(port)).startsWith("{\"amount\":92.00,\"currency\":\"EUR\",\"timestamp\":");
            assertThat(pay(port)).startsWith("{\"user\":\"ada\",\"paid\":27.25,\"currency\":\"USD\",\"id\":");
            assertThat(get("http://" + node.adminAddress() + "/metrics"))
                    .contains("path=\"local\",target=\"converter\"")
                    .doesNotContain("path=\"nats\"");
            assertThat(get("http://" + node.adminAddress() + "/readyz")).contains("ok");
        }
    }

    @Test
    void the_demo_runs_with_each_component_on_a_host_of_its_own() throws Exception {
        int port = freePort();
        try (Node edge = node("edge", port);
                Node first = node("first", 0);
                Node second = node("second", 0)) {
            deployDemo(edge, first, second);
            assertThat(convert(port)).startsWith("{\"amount\":92.00,\"currency\":\"EUR\",\"timestamp\":");
            assertThat(pay(port)).startsWith("{\"user\":\"ada\",\"paid\":27.25,\"currency\":\"USD\",\"id\":");
            assertThat(get("http://" + edge.adminAddress() + "/metrics"))
                    .contains("path=\"nats\",target=\"converter\"");

            first.stop(Duration.ofSeconds(5));
            HttpResponse<String> failed =
                    HttpClient.newHttpClient().send(payment(port), HttpResponse.BodyHandlers.ofString());
            assertThat(failed.statusCode()).isEqualTo(502);
            assertThat(failed.body()).contains("\"error\":\"link\"", "gateway -> processor cyber:payments/processing");
        }
    }

    private Node node(String name, int httpPort) {
        var labels = new TreeMap<String, String>();
        labels.put("name", name);
        return Node.start(new NodeSettings(
                LATTICE.value(),
                nats.url().toString(),
                Optional.of(nats.credentialsFile()),
                Optional.of(name),
                labels,
                "localhost:" + httpPort,
                Optional.of(HOME.resolve("components")),
                0,
                Optional.empty()));
    }

    private void deployDemo(Node edge, Node processing, Node converting) throws Exception {
        var rates = new TreeMap<>(Map.of("USD_EUR", "0.92", "EUR_USD", "1.09"));
        ask(new ControlOperation.PutConfig(new ConfigName("rates")), ControlJson.writeTexts(rates));
        ask(
                new ControlOperation.PutLink(),
                link("gateway", "converter", "cyber", "finance", "converter").toJson());
        ask(
                new ControlOperation.PutLink(),
                link("processor", "converter", "cyber", "finance", "converter").toJson());
        ask(
                new ControlOperation.PutLink(),
                link("gateway", "processor", "cyber", "payments", "processing").toJson());
        ask(
                new ControlOperation.PutLink(),
                link("http", "gateway", "wasi", "http", "incoming-handler").toJson());
        start(converting, "converter", List.of(new ConfigName("rates")));
        start(processing, "processor", List.of());
        start(edge, "gateway", List.of());
        var provider = new StartProviderCommand(
                new WorkloadId("http"),
                "wasmcloud+builtin://http-server",
                Optional.empty(),
                List.of(),
                new TreeMap<>());
        ask(new ControlOperation.StartProvider(id(edge)), provider.toJson());
        Eventually.within(20, SECONDS, () -> {
            assertThat(inventory(edge).components())
                    .extracting(component -> component.id().value())
                    .contains("gateway");
            assertThat(inventory(edge).providers()).hasSize(1);
            assertThat(inventory(processing).components())
                    .extracting(component -> component.id().value())
                    .contains("processor");
            assertThat(inventory(converting).components())
                    .extracting(component -> component.id().value())
                    .contains("converter");
        });
    }

    private void start(Node node, String name, List<ConfigName> config) throws Exception {
        var command = new ScaleComponentCommand(
                new WorkloadId(name),
                HOME.resolve("components/prebuilt/" + name + ".wasm").toUri().toString(),
                new TreeMap<>(),
                10,
                Optional.empty(),
                Optional.empty(),
                config,
                false);
        ask(new ControlOperation.ScaleComponent(id(node)), command.toJson());
    }

    private static Link link(String source, String target, String namespace, String packageName, String interfaceName) {
        return new Link(
                new WorkloadId(source),
                new WorkloadId(target),
                new LinkName("default"),
                namespace,
                packageName,
                List.of(interfaceName),
                List.of(),
                List.of());
    }

    private static HostId id(Node node) {
        return new HostId(node.hostId());
    }

    private HostInventory inventory(Node node) throws Exception {
        return HostInventory.fromJson(
                ask(new ControlOperation.Inventory(id(node)), ByteString.EMPTY).requireResponse());
    }

    private ControlResponse ask(ControlOperation operation, ByteString payload) throws InterruptedException {
        var replies = new ArrayBlockingQueue<Transport.Reply>(1);
        client.request(Message.of(SUBJECTS.of(operation), payload), Duration.ofSeconds(5), replies::add);
        Transport.Reply reply = replies.poll(10, SECONDS);
        assertThat(reply).isInstanceOf(Transport.Reply.Answer.class);
        ControlResponse response = ControlResponse.fromJson(
                ((Transport.Reply.Answer) reply).message().payload());
        assertThat(response.success()).as(response.message()).isTrue();
        return response;
    }

    private static String convert(int port) {
        var answer = new AtomicReference<String>("");
        Eventually.within(
                10, SECONDS, () -> answer.set(get("http://localhost:" + port + "/convert?amount=100&from=USD&to=EUR")));
        return answer.get();
    }

    private static String pay(int port) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(payment(port), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static HttpRequest payment(int port) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/payments"))
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"user\":\"ada\",\"amount\":25,\"from\":\"EUR\",\"to\":\"USD\"}"))
                .build();
    }

    private static String get(String url) throws IOException, InterruptedException {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
