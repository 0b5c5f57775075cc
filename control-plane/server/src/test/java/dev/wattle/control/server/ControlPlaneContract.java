package dev.wattle.control.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.control.model.AppName;
import dev.wattle.control.model.AppStatus;
import dev.wattle.control.model.Manifest;
import dev.wattle.control.model.ManifestParser;
import dev.wattle.control.model.ManifestVersion;
import dev.wattle.control.model.WadmAnswer.Result;
import dev.wattle.control.server.client.WadmClient;
import dev.wattle.control.server.client.WadmException;
import dev.wattle.lattice.protocol.LatticeName;
import dev.wattle.lattice.transport.Message;
import dev.wattle.lattice.transport.Transport;
import dev.wattle.testkit.Eventually;
import dev.wattle.wit.ByteString;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A whole control plane with hosts that only pretend to run something. Each transport passes it.
abstract class ControlPlaneContract {
    private static final LatticeName LATTICE = new LatticeName("default");
    private static final AppName SHOP = new AppName("shop");
    private static final String YAML = """
            apiVersion: core.oam.dev/v1beta1
            kind: Application
            metadata:
              name: shop
              annotations: {version: v1, description: sells}
            spec:
              components:
                - name: web
                  type: component
                  properties: {image: "file:///web.wasm", config: [{name: colours, properties: {back: white}}]}
                  traits:
                    - {type: spreadscaler, properties: {instances: 4}}
                - name: http
                  type: capability
                  properties: {image: "wasmcloud+builtin://http-server"}
                  traits:
                    - {type: link, properties: {target: {name: web}, namespace: wasi, package: http, interfaces: [incoming-handler]}}
            """;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    /// One more connection to the lattice of this test.
    abstract Transport connect();

    /// After the last connection is closed.
    abstract void closeLattice();

    private Transport connection() {
        Transport transport = connect();
        open.push(transport);
        return transport;
    }

    private FakeHost host(String name) {
        var host = new FakeHost(name, connection(), new TreeMap<>());
        open.push(host);
        return host;
    }

    private ControlPlane plane(String id) {
        ControlPlane plane = ControlPlane.start(ControlPlaneSettings.of(LATTICE, id), connection());
        open.push(plane);
        return plane;
    }

    @AfterEach
    void close() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
        closeLattice();
    }

    private static Manifest manifest(String version) {
        return ManifestParser.parse("shop.yaml", YAML.getBytes(StandardCharsets.UTF_8))
                .withVersion(new ManifestVersion(version));
    }

    private static String raw(Transport transport, String operation, String payload) throws Exception {
        var replies = new ArrayBlockingQueue<Transport.Reply>(1);
        transport.request(
                Message.of(
                        "wadm.api.default.model." + operation,
                        ByteString.copyOf(payload.getBytes(StandardCharsets.UTF_8))),
                Duration.ofSeconds(5),
                replies::add);
        var reply = (Transport.Reply.Answer) replies.poll(6, TimeUnit.SECONDS);
        return new String(reply.message().payload().toArray(), StandardCharsets.UTF_8);
    }

    private static void deployed(WadmClient client) {
        Eventually.within(
                20,
                TimeUnit.SECONDS,
                () -> assertThat(client.status(SHOP).status().orElseThrow())
                        .satisfies(status ->
                                assertThat(status.type()).as("%s", status).isEqualTo(AppStatus.Type.DEPLOYED)));
    }

    @Test
    void answers_have_exactly_wadms_shapes() throws Exception {
        plane("one");
        Transport transport = connection();
        assertThat(raw(transport, "list", "")).isEqualTo("[]");
        assertThat(raw(transport, "put", YAML))
                .isEqualTo(
                        "{\"result\":\"created\",\"message\":\"Successfully put manifest shop v1\",\"name\":\"shop\",\"total_versions\":1,\"current_version\":\"v1\"}");
        assertThat(raw(transport, "put", YAML))
                .isEqualTo("{\"result\":\"error\",\"message\":\"Manifest version v1 of shop already exists\"}");
        assertThat(raw(
                        transport,
                        "put",
                        YAML.replace(", description", ", descriptions").replace("version: v1", "a: b")))
                .contains("\"result\":\"newversion\"")
                .contains("\"total_versions\":2");
        assertThat(raw(transport, "put", "kind: x"))
                .contains("\"result\":\"error\"")
                .contains("manifest:1:1: ");
        assertThat(raw(transport, "get.shop", "{\"version\":\"v1\"}"))
                .startsWith(
                        "{\"result\":\"success\",\"message\":\"Successfully fetched model shop\",\"manifest\":{\"apiVersion\":\"core.oam.dev/v1beta1\"");
        assertThat(raw(transport, "get.other", ""))
                .isEqualTo("{\"result\":\"notfound\",\"message\":\"Model with the name other not found\"}");
        assertThat(raw(transport, "versions.shop", ""))
                .contains("\"versions\":[{\"version\":\"v1\",\"deployed\":false},");
        assertThat(raw(transport, "get", ""))
                .startsWith("{\"result\":\"success\"")
                .contains("\"models\":[{\"name\":\"shop\"");
        assertThat(raw(transport, "deploy.shop", "{\"version\":\"v9\"}")).contains("\"result\":\"notfound\"");
        assertThat(raw(transport, "deploy.shop", "{\"version\":\"v1\"}"))
                .isEqualTo(
                        "{\"result\":\"acknowledged\",\"message\":\"Successfully deployed shop v1\",\"name\":\"shop\",\"version\":\"v1\"}");
        assertThat(raw(transport, "status.shop", ""))
                .startsWith("{\"result\":\"ok\",")
                .contains("\"status\":{\"status\":{\"type\":\"")
                .contains("\"version\":\"\",\"components\":[]");
        assertThat(raw(transport, "list", ""))
                .contains("\"deployed_version\":\"v1\"")
                .contains("\"detailed_status\":{\"status\":");
        assertThat(raw(transport, "history.shop", "")).contains("\"result\":\"error\"");
        assertThat(raw(transport, "get.shop.more", ""))
                .isEqualTo("{\"result\":\"error\",\"message\":\"Found extra components of subject: more\"}");
        assertThat(raw(transport, "get.shop", "{")).contains("\"result\":\"error\"");
        assertThat(raw(transport, "undeploy.shop", "{}")).contains("\"result\":\"acknowledged\"");
        assertThat(raw(transport, "del.shop", "{}"))
                .isEqualTo(
                        "{\"result\":\"deleted\",\"message\":\"Successfully deleted application shop\",\"undeploy\":false}");
        assertThat(raw(transport, "del.shop", "{}")).contains("\"result\":\"noop\"");
        assertThat(raw(transport, "list", "")).isEqualTo("[]");
    }

    @Test
    void an_application_is_deployed_survives_a_dead_host_and_goes() {
        FakeHost a = host("a");
        FakeHost b = host("b");
        plane("one");
        var client = new WadmClient(connection(), LATTICE, Duration.ofSeconds(5));
        assertThat(client.put(manifest("v1")).result()).isEqualTo(Result.CREATED);
        client.deploy(SHOP, Optional.empty());
        deployed(client);
        assertThat(a.count("shop-web")).isEqualTo(2);
        assertThat(b.count("shop-web")).isEqualTo(2);
        b.close();
        Eventually.within(
                4, TimeUnit.SECONDS, () -> assertThat(a.count("shop-web")).isEqualTo(4));
        deployed(client);
        client.undeploy(SHOP);
        Eventually.within(
                10,
                TimeUnit.SECONDS,
                () -> assertThat(a.inventory().components()).isEmpty());
        Eventually.within(
                10,
                TimeUnit.SECONDS,
                () -> assertThat(a.inventory().providers()).isEmpty());
        assertThat(client.delete(SHOP, Optional.empty()).result()).isEqualTo(Result.DELETED);
        assertThat(client.list()).isEmpty();
    }

    @Test
    void state_survives_a_restart_and_nothing_that_runs_is_touched() {
        FakeHost a = host("a");
        ControlPlane first = plane("one");
        var client = new WadmClient(connection(), LATTICE, Duration.ofSeconds(5));
        client.put(manifest("v1"));
        client.deploy(SHOP, Optional.empty());
        deployed(client);
        var before = a.inventory();
        first.close();
        assertThatThrownBy(client::list)
                .isInstanceOfSatisfying(
                        WadmException.class,
                        failure -> assertThat(failure.code()).isEqualTo(WadmException.Code.NO_CONTROL_PLANE));
        plane("two");
        deployed(client);
        assertThat(client.list())
                .singleElement()
                .satisfies(model -> assertThat(model.deployedVersion()).contains("v1"));
        assertThat(a.inventory().components()).isEqualTo(before.components());
    }

    @Test
    void old_versions_go_and_the_deployed_one_stays() {
        plane("one");
        var client = new WadmClient(connection(), LATTICE, Duration.ofSeconds(5));
        client.put(manifest("v0"));
        client.deploy(SHOP, Optional.of("v0"));
        for (int i = 1; i <= 25; i++) {
            client.put(manifest("v" + i));
        }
        assertThat(client.versions(SHOP).versions())
                .hasSize(20)
                .anySatisfy(version -> assertThat(version.version()).isEqualTo("v0"))
                .anySatisfy(version -> assertThat(version.version()).isEqualTo("v25"))
                .noneSatisfy(version -> assertThat(version.version()).isEqualTo("v1"));
    }

    @Test
    void an_id_that_another_application_has_deployed_is_refused() {
        plane("one");
        var client = new WadmClient(connection(), LATTICE, Duration.ofSeconds(5));
        for (String name : new String[] {"first", "second"}) {
            String text =
                    YAML.replace("name: shop", "name: " + name).replace("{image: \"file", "{id: same, image: \"file");
            client.put(ManifestParser.parse("m", text.getBytes(StandardCharsets.UTF_8)));
        }
        client.deploy(new AppName("first"), Optional.empty());
        assertThatThrownBy(() -> client.deploy(new AppName("second"), Optional.empty()))
                .isInstanceOf(WadmException.class)
                .hasMessage("Component web has the id same, which application first has deployed");
    }
}
