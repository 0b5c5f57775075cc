package dev.wattle.lattice.protocol;

import static dev.wattle.lattice.protocol.Samples.HOST;
import static dev.wattle.lattice.protocol.Samples.INVENTORY;
import static dev.wattle.lattice.protocol.Samples.INVENTORY_JSON;
import static dev.wattle.lattice.protocol.Samples.LATTICE;
import static dev.wattle.lattice.protocol.Samples.LINK;
import static dev.wattle.lattice.protocol.Samples.LINK_JSON;
import static dev.wattle.lattice.protocol.Samples.text;
import static dev.wattle.lattice.protocol.Samples.texts;
import static dev.wattle.lattice.protocol.Samples.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.lattice.protocol.ProtocolException.Code;
import dev.wattle.wit.ByteString;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every message beside the bytes that wasmCloud's programs write for it.
class GoldenJsonTest {
    record Golden(Object value, ByteString written, String json, Function<ByteString, ?> reader) {
        @Override
        public String toString() {
            return value.getClass().getSimpleName() + " " + json;
        }
    }

    static Stream<Golden> messages() {
        WorkloadId id = new WorkloadId("converter");
        Optional<HostId> host = Optional.of(HOST);
        var scale = new ScaleComponentCommand(
                id,
                "file:///c.wasm",
                texts("app", "payments"),
                2,
                Optional.of(new ComponentLimits(OptionalLong.of(268435456), OptionalLong.of(60))),
                host,
                List.of(new ConfigName("rates")),
                true);
        var update = new UpdateComponentCommand(id, "file:///d.wasm", texts(), host);
        var start = new StartProviderCommand(
                new WorkloadId("http"), "wasmcloud+builtin://http-server", host, List.of(), texts("a", "b"));
        var stop = new StopProviderCommand(new WorkloadId("http"), host);
        var delete = new DeleteLinkCommand(new WorkloadId("gateway"), LinkName.DEFAULT, "cyber", "finance");
        var putLabel = new PutLabelCommand("zone", "eu-1");
        var deleteLabel = new DeleteLabelCommand("zone");
        var auction = new ComponentAuction(id, "file:///c.wasm", texts("worker", "true"));
        var ack = new ComponentAuctionAck("converter", "file:///c.wasm", HOST, texts("worker", "true"));
        var providerAuction = new ProviderAuction(new WorkloadId("http"), "ref", texts());
        var providerAck = new ProviderAuctionAck(new WorkloadId("http"), "ref", HOST, texts());
        var stopHost = new StopHostCommand(host, OptionalLong.of(5000));
        var summary = new HostSummary(
                HOST,
                "calm-reed-1",
                texts("edge", "true"),
                LATTICE,
                3661,
                "0.1.0",
                Optional.empty(),
                Optional.of("nats://127.0.0.1:4222"));
        var beat = new HostBeat(HOST, 1700000000000L, 7, 3, 12);
        var spec = new ComponentSpec("file:///g.wasm", List.of(LINK));
        return Stream.of(
                new Golden(LINK, LINK.toJson(), LINK_JSON, Link::fromJson),
                new Golden(INVENTORY, INVENTORY.toJson(), INVENTORY_JSON, HostInventory::fromJson),
                new Golden(
                        summary,
                        summary.toJson(),
                        "{\"id\":\"" + HOST + "\",\"friendly_name\":\"calm-reed-1\",\"labels\":{\"edge\":\"true\"},"
                                + "\"lattice\":\"default\",\"uptime_seconds\":3661,\"uptime_human\":\"1h 1m 1s\","
                                + "\"version\":\"0.1.0\",\"ctl_host\":\"nats://127.0.0.1:4222\"}",
                        HostSummary::fromJson),
                new Golden(
                        scale,
                        scale.toJson(),
                        "{\"component_ref\":\"file:///c.wasm\",\"component_id\":\"converter\","
                                + "\"annotations\":{\"app\":\"payments\"},\"count\":2,"
                                + "\"component_limits\":{\"max_execution_time\":\"60\","
                                + "\"max_memory_limit\":\"268435456\"},\"host_id\":\""
                                + HOST + "\",\"config\":[\"rates\"],\"allow_update\":true}",
                        ScaleComponentCommand::fromJson),
                new Golden(
                        update,
                        update.toJson(),
                        "{\"component_id\":\"converter\",\"annotations\":{},\"host_id\":\"" + HOST
                                + "\",\"new_component_ref\":\"file:///d.wasm\"}",
                        UpdateComponentCommand::fromJson),
                new Golden(
                        start,
                        start.toJson(),
                        "{\"provider_id\":\"http\",\"provider_ref\":\"wasmcloud+builtin://http-server\",\"host_id\":\""
                                + HOST + "\",\"config\":[],\"annotations\":{\"a\":\"b\"}}",
                        StartProviderCommand::fromJson),
                new Golden(
                        stop,
                        stop.toJson(),
                        "{\"host_id\":\"" + HOST + "\",\"provider_id\":\"http\"}",
                        StopProviderCommand::fromJson),
                new Golden(
                        delete,
                        delete.toJson(),
                        "{\"source_id\":\"gateway\",\"name\":\"default\",\"wit_namespace\":\"cyber\","
                                + "\"wit_package\":\"finance\"}",
                        DeleteLinkCommand::fromJson),
                new Golden(
                        putLabel,
                        putLabel.toJson(),
                        "{\"key\":\"zone\",\"value\":\"eu-1\"}",
                        PutLabelCommand::fromJson),
                new Golden(deleteLabel, deleteLabel.toJson(), "{\"key\":\"zone\"}", DeleteLabelCommand::fromJson),
                new Golden(
                        auction,
                        auction.toJson(),
                        "{\"component_ref\":\"file:///c.wasm\",\"component_id\":\"converter\","
                                + "\"constraints\":{\"worker\":\"true\"}}",
                        ComponentAuction::fromJson),
                new Golden(
                        ack,
                        ack.toJson(),
                        "{\"component_ref\":\"file:///c.wasm\",\"component_id\":\"converter\",\"host_id\":\"" + HOST
                                + "\",\"constraints\":{\"worker\":\"true\"}}",
                        ComponentAuctionAck::fromJson),
                new Golden(
                        providerAuction,
                        providerAuction.toJson(),
                        "{\"provider_ref\":\"ref\",\"provider_id\":\"http\",\"constraints\":{}}",
                        ProviderAuction::fromJson),
                new Golden(
                        providerAck,
                        providerAck.toJson(),
                        "{\"host_id\":\"" + HOST
                                + "\",\"provider_ref\":\"ref\",\"provider_id\":\"http\",\"constraints\":{}}",
                        ProviderAuctionAck::fromJson),
                new Golden(
                        stopHost,
                        stopHost.toJson(),
                        "{\"host_id\":\"" + HOST + "\",\"timeout\":5000}",
                        StopHostCommand::fromJson),
                new Golden(
                        beat,
                        beat.toJson(),
                        "{\"host_id\":\"" + HOST
                                + "\",\"boot\":1700000000000,\"sequence\":7,\"revision\":3,\"epoch\":12}",
                        HostBeat::fromJson),
                new Golden(
                        spec,
                        spec.toJson(),
                        "{\"url\":\"file:///g.wasm\",\"links\":[" + LINK_JSON + "]}",
                        ComponentSpec::fromJson),
                response(
                        ControlResponse.ok("successfully put link"),
                        "{\"success\":true,\"message\":\"successfully put link\"}"),
                response(ControlResponse.refused("no"), "{\"success\":false,\"message\":\"no\"}"),
                response(
                        ControlResponse.ok("", LINK.toJson()),
                        "{\"success\":true,\"message\":\"\",\"response\":" + LINK_JSON + "}"));
    }

    private static Golden response(ControlResponse response, String json) {
        return new Golden(response, response.toJson(), json, ControlResponse::fromJson);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void each_message_has_the_bytes_of_wasmcloud_and_reads_them(Golden golden) {
        assertThat(text(golden.written())).isEqualTo(golden.json());
        assertThat((Object) golden.reader().apply(utf8(golden.json()))).isEqualTo(golden.value());
    }

    record GoldenEvent(LatticeEvent event, String name, String data) {}

    static Stream<GoldenEvent> events() {
        WorkloadId component = new WorkloadId("converter");
        WorkloadId provider = new WorkloadId("http");
        var which = new DeleteLinkCommand(new WorkloadId("gateway"), LinkName.DEFAULT, "cyber", "finance");
        String health = "{\"host_id\":\"" + HOST + "\",\"provider_id\":\"http\"}";
        return Stream.of(
                new GoldenEvent(
                        new LatticeEvent.HostStarted("calm", texts("a", "b"), 0, "0.1.0"),
                        "host_started",
                        "{\"friendly_name\":\"calm\",\"labels\":{\"a\":\"b\"},\"uptime_seconds\":0,\"version\":\"0.1.0\"}"),
                new GoldenEvent(new LatticeEvent.HostHeartbeat(INVENTORY), "host_heartbeat", INVENTORY_JSON),
                new GoldenEvent(
                        new LatticeEvent.HostStopped(texts("a", "b")), "host_stopped", "{\"labels\":{\"a\":\"b\"}}"),
                new GoldenEvent(
                        new LatticeEvent.ComponentScaled(component, HOST, "file:///c.wasm", 2, texts("a", "b")),
                        "component_scaled",
                        "{\"annotations\":{\"a\":\"b\"},\"host_id\":\"" + HOST
                                + "\",\"image_ref\":\"file:///c.wasm\",\"max_instances\":2,"
                                + "\"component_id\":\"converter\"}"),
                new GoldenEvent(
                        new LatticeEvent.ComponentScaleFailed(component, HOST, "r", 1, texts(), "why"),
                        "component_scale_failed",
                        "{\"annotations\":{},\"host_id\":\"" + HOST
                                + "\",\"image_ref\":\"r\",\"max_instances\":1,\"component_id\":\"converter\","
                                + "\"error\":\"why\"}"),
                new GoldenEvent(
                        new LatticeEvent.ProviderStarted(provider, HOST, "r", texts()),
                        "provider_started",
                        "{\"host_id\":\"" + HOST
                                + "\",\"image_ref\":\"r\",\"provider_id\":\"http\",\"annotations\":{}}"),
                new GoldenEvent(
                        new LatticeEvent.ProviderStartFailed(provider, HOST, "r", "why"),
                        "provider_start_failed",
                        "{\"provider_ref\":\"r\",\"provider_id\":\"http\",\"host_id\":\"" + HOST
                                + "\",\"error\":\"why\",\"link_name\":\"default\"}"),
                new GoldenEvent(
                        new LatticeEvent.ProviderStopped(provider, HOST, texts(), "stop"),
                        "provider_stopped",
                        "{\"host_id\":\"" + HOST + "\",\"provider_id\":\"http\",\"annotations\":{},\"reason\":\"stop\","
                                + "\"instance_id\":\"http\",\"public_key\":\"http\",\"link_name\":\"default\"}"),
                new GoldenEvent(
                        new LatticeEvent.HealthChecked(provider, HOST, LatticeEvent.Health.PASSED),
                        "health_check_passed",
                        health),
                new GoldenEvent(
                        new LatticeEvent.HealthChecked(provider, HOST, LatticeEvent.Health.FAILED),
                        "health_check_failed",
                        health),
                new GoldenEvent(
                        new LatticeEvent.HealthChecked(provider, HOST, LatticeEvent.Health.STATUS),
                        "health_check_status",
                        health),
                new GoldenEvent(new LatticeEvent.LinkSet(LINK), "linkdef_set", LINK_JSON),
                new GoldenEvent(
                        new LatticeEvent.LinkSetFailed(LINK, "why"),
                        "linkdef_set_failed",
                        LINK_JSON.substring(0, LINK_JSON.length() - 1) + ",\"error\":\"why\"}"),
                new GoldenEvent(
                        new LatticeEvent.LinkDeleted(which, Optional.empty(), List.of()),
                        "linkdef_deleted",
                        "{\"source_id\":\"gateway\",\"name\":\"default\",\"wit_namespace\":\"cyber\","
                                + "\"wit_package\":\"finance\"}"),
                new GoldenEvent(
                        new LatticeEvent.LinkDeleted(which, Optional.of(component), List.of("converter")),
                        "linkdef_deleted",
                        "{\"source_id\":\"gateway\",\"target\":\"converter\",\"name\":\"default\","
                                + "\"wit_namespace\":\"cyber\",\"wit_package\":\"finance\","
                                + "\"interfaces\":[\"converter\"]}"),
                new GoldenEvent(
                        new LatticeEvent.ConfigSet(new ConfigName("c")), "config_set", "{\"config_name\":\"c\"}"),
                new GoldenEvent(
                        new LatticeEvent.ConfigDeleted(new ConfigName("c")),
                        "config_deleted",
                        "{\"config_name\":\"c\"}"),
                new GoldenEvent(
                        new LatticeEvent.LabelsChanged(HOST, texts("a", "b")),
                        "labels_changed",
                        "{\"host_id\":\"" + HOST + "\",\"labels\":{\"a\":\"b\"}}"));
    }

    @ParameterizedTest
    @MethodSource("events")
    void each_event_has_the_bytes_of_wasmcloud_and_reads_them(GoldenEvent golden) {
        var event = new CloudEvent("id-1", HOST, Instant.parse("2026-01-02T03:04:05.678Z"), golden.event());
        assertThat(text(event.toJson()))
                .isEqualTo("{\"specversion\":\"1.0\",\"id\":\"id-1\",\"type\":\"com.wasmcloud.lattice." + golden.name()
                        + "\",\"source\":\"" + HOST + "\",\"datacontenttype\":\"application/json\","
                        + "\"time\":\"2026-01-02T03:04:05.678Z\",\"data\":" + golden.data() + "}");
        assertThat(CloudEvent.fromJson(event.toJson())).contains(event);
        assertThat(LatticeSubjects.event(LATTICE, golden.event())).isEqualTo("wasmbus.evt.default." + golden.name());
    }

    @Test
    void an_event_of_an_unknown_type_is_nothing_not_an_error() {
        String start = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"x\",\"type\":\"";
        assertThat(CloudEvent.fromJson(utf8(start + "com.wadm.manifest_published\",\"data\":{}}")))
                .isEmpty();
        assertThat(CloudEvent.fromJson(utf8(start + "com.wasmcloud.lattice.new_one\",\"data\":1}")))
                .isEmpty();
    }

    @Test
    void unknown_fields_and_absent_optional_ones_do_not_matter() {
        var command = ScaleComponentCommand.fromJson(
                utf8("{\"component_id\":\"a\",\"extra\":{\"x\":[1]},\"annotations\":null}"));
        assertThat(command.count()).isZero();
        assertThat(command.componentRef()).isEmpty();
        assertThat(command.hostId()).isEmpty();
        assertThat(command.allowUpdate()).isFalse();
        assertThat(Link.fromJson(
                                utf8(
                                        "{\"source_id\":\"a\",\"target\":\"b\",\"wit_namespace\":\"n\",\"wit_package\":\"p\",\"interfaces\":[]}"))
                        .name())
                .isEqualTo(LinkName.DEFAULT);
        assertThat(StopHostCommand.fromJson(ByteString.EMPTY).timeoutMillis()).isEmpty();
        assertThat(StopProviderCommand.fromJson(utf8("{\"provider_ref\":\"p\"}"))
                        .providerId())
                .isEqualTo(new WorkloadId("p"));
    }

    @Test
    void older_names_of_inventory_fields_are_read() {
        String old = INVENTORY_JSON.replace("\"host_id\"", "\"id\"").replace("\"components\"", "\"actors\"");
        assertThat(HostInventory.fromJson(utf8(old))).isEqualTo(INVENTORY);
    }

    @Test
    void an_unbounded_count_is_the_largest_we_know() {
        var command = ScaleComponentCommand.fromJson(utf8("{\"component_id\":\"a\",\"count\":4294967295}"));
        assertThat(command.count()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void a_refusal_says_what_and_where() {
        refuses("{\"component_ref\":\"x\"}", Code.MISSING, "$.component_id");
        refuses("{\"component_id\":\"a.b\"}", Code.BAD_VALUE, "$.component_id");
        refuses("{\"component_id\":\"a\",\"count\":-1}", Code.BAD_VALUE, "$.count");
        refuses("{\"component_id\":\"a\",\"count\":1.5}", Code.WRONG_TYPE, "$.count");
        refuses("{\"component_id\":\"a\",\"count\":\"1\"}", Code.WRONG_TYPE, "$.count");
        refuses("{\"component_id\":\"a\",\"config\":[\"b\",\"c.d\"]}", Code.BAD_VALUE, "$.config[1]");
        refuses("{\"component_id\":\"a\",\"annotations\":{\"k\":1}}", Code.WRONG_TYPE, "$.annotations[k]");
        refuses("{\"component_id\":\"a\",\"annotations\":{\"k\":\"\\ud800\"}}", Code.BAD_VALUE, "$.annotations[k]");
        refuses(
                "{\"component_id\":\"a\",\"component_limits\":{\"max_memory_limit\":\"much\"}}",
                Code.BAD_VALUE,
                "$.component_limits.max_memory_limit");
        refuses("{\"component_id\":\"a\",\"component_id\":\"b\"}", Code.MALFORMED, "line 1 column 35");
        refuses("[]", Code.WRONG_TYPE, "$");
        refuses("", Code.MALFORMED, "$");
        refuses("[".repeat(100), Code.TOO_LARGE, "$");
    }

    private static void refuses(String json, Code code, String where) {
        assertThatThrownBy(() -> ScaleComponentCommand.fromJson(utf8(json)))
                .isInstanceOfSatisfying(ProtocolException.class, refused -> {
                    assertThat(refused.code()).isEqualTo(code);
                    assertThat(refused.where()).isEqualTo(where);
                });
    }

    @Test
    void uptime_reads_as_people_say_it() {
        assertThat(Uptime.human(0)).isEqualTo("0s");
        assertThat(Uptime.human(90)).isEqualTo("1m 30s");
        assertThat(Uptime.human(86_400 * 2 + 3600)).isEqualTo("2days 1h");
        assertThat(Uptime.human(31_557_600 + 2_630_016)).isEqualTo("1year 1month");
    }

    @Test
    void a_refused_answer_has_no_response() {
        assertThatThrownBy(() -> ControlResponse.refused("because").requireResponse())
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("because");
    }
}
