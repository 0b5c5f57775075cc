package dev.wattle.lattice.protocol;

import static dev.wattle.lattice.protocol.Samples.HOST;
import static dev.wattle.lattice.protocol.Samples.LATTICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.wit.InterfaceName;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectsTest {
    private final ControlSubjects control = ControlSubjects.of(LATTICE);

    static Stream<Map.Entry<ControlOperation, String>> operations() {
        var name = new ConfigName("rates");
        return Stream.of(
                Map.entry(new ControlOperation.Ping(), "host.ping"),
                Map.entry(new ControlOperation.Inventory(HOST), "host.get." + HOST),
                Map.entry(new ControlOperation.StopHost(HOST), "host.stop." + HOST),
                Map.entry(new ControlOperation.AuctionComponent(), "component.auction"),
                Map.entry(new ControlOperation.AuctionProvider(), "provider.auction"),
                Map.entry(new ControlOperation.ScaleComponent(HOST), "component.scale." + HOST),
                Map.entry(new ControlOperation.UpdateComponent(HOST), "component.update." + HOST),
                Map.entry(new ControlOperation.StartProvider(HOST), "provider.start." + HOST),
                Map.entry(new ControlOperation.StopProvider(HOST), "provider.stop." + HOST),
                Map.entry(new ControlOperation.PutLink(), "link.put"),
                Map.entry(new ControlOperation.DeleteLink(), "link.del"),
                Map.entry(new ControlOperation.ListLinks(), "link.get"),
                Map.entry(new ControlOperation.ListClaims(), "claims.get"),
                Map.entry(new ControlOperation.PutLabel(HOST), "label.put." + HOST),
                Map.entry(new ControlOperation.DeleteLabel(HOST), "label.del." + HOST),
                Map.entry(new ControlOperation.PutRegistries(), "registry.put"),
                Map.entry(new ControlOperation.PutConfig(name), "config.put.rates"),
                Map.entry(new ControlOperation.FindConfig(name), "config.get.rates"),
                Map.entry(new ControlOperation.DeleteConfig(name), "config.del.rates"));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void each_operation_has_its_subject_and_is_read_from_it(Map.Entry<ControlOperation, String> row) {
        String subject = "wasmbus.ctl.v1.default." + row.getValue();
        assertThat(control.of(row.getKey())).isEqualTo(subject);
        assertThat(control.parse(subject)).isEqualTo(row.getKey());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wasmbus.ctl.v1.other.host.ping",
                "wasmbus.ctl.v1.default.host.ping.more",
                "wasmbus.ctl.v1.default.host",
                "wasmbus.ctl.v1.default.",
                "wasmbus.ctl.v1.default.config.put.a.b",
                "",
                "host.ping"
            })
    void other_subjects_are_unsupported(String subject) {
        assertThat(control.parse(subject)).isEqualTo(new ControlOperation.Unsupported());
    }

    @Test
    void a_name_that_cannot_be_is_refused() {
        assertThatThrownBy(() -> control.parse("wasmbus.ctl.v1.default.config.put."))
                .isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> control.parse("wasmbus.ctl.v1.default.host.get.NOTAHOST"))
                .isInstanceOf(ProtocolException.class);
    }

    @Test
    void a_host_listens_where_wasmcloud_hosts_do_in_the_same_groups() {
        assertThat(control.listens(HOST))
                .contains(
                        new ControlSubjects.Listen("wasmbus.ctl.v1.default.host.ping", Optional.empty()),
                        new ControlSubjects.Listen(
                                "wasmbus.ctl.v1.default.link.*", Optional.of("wasmbus.ctl.v1.default.link")),
                        new ControlSubjects.Listen(
                                "wasmbus.ctl.v1.default.claims.get", Optional.of("wasmbus.ctl.v1.default.claims")),
                        new ControlSubjects.Listen(
                                "wasmbus.ctl.v1.default.config.>", Optional.of("wasmbus.ctl.v1.default.config")),
                        new ControlSubjects.Listen("wasmbus.ctl.v1.default.component.*." + HOST, Optional.empty()))
                .hasSize(11);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a.>", "*", "a..b", "a.\n"})
    void a_prefix_cannot_add_what_it_should_not(String prefix) {
        assertThatThrownBy(() -> new ControlSubjects(prefix, LATTICE)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void calls_go_to_the_subjects_of_wrpc() {
        var subjects = new WrpcSubjects(LATTICE, new WorkloadId("http-hello"));
        assertThat(subjects.invocation(InterfaceName.parse("wrpc:http/incoming-handler@0.1.0"), "handle"))
                .isEqualTo("default.http-hello.wrpc.0.0.1.wrpc:http/incoming-handler@0.1.0.handle");
        assertThat(subjects.rootInvocation("process-payment"))
                .isEqualTo("default.http-hello.wrpc.0.0.1.process-payment");
        assertThat(subjects.rootInvocation("[method]r.f")).endsWith(".r.f");
        assertThat(subjects.rootInvocation("[static]r.f")).endsWith(".r.f");
        assertThat(subjects.rootInvocation("[constructor]r")).endsWith("0.0.1.r");
        assertThat(subjects.queueGroup()).isEqualTo("default.http-hello");
        assertThat(subjects.all()).isEqualTo("default.http-hello.wrpc.>");
        assertThat(WrpcSubjects.results("_INBOX.x")).isEqualTo("_INBOX.x.results");
        assertThat(WrpcSubjects.parameters("_INBOX.y")).isEqualTo("_INBOX.y.params");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "*", "a.>", "a..b", "a.b.c", "[method]", "a\r\nb", "ünï"})
    void a_function_cannot_add_tokens(String function) {
        var subjects = new WrpcSubjects(LATTICE, new WorkloadId("x"));
        assertThatThrownBy(() -> subjects.rootInvocation(function)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_instance_cannot_add_wildcards() {
        var subjects = new WrpcSubjects(LATTICE, new WorkloadId("x"));
        var evil = new InterfaceName("a", "b", "c.>", Optional.empty());
        assertThatThrownBy(() -> subjects.invocation(evil, "f")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void beats_have_subjects_of_ours() {
        assertThat(LatticeSubjects.beat(LATTICE, HOST)).isEqualTo("wattle.v1.default.beat." + HOST);
        assertThat(LatticeSubjects.beats(LATTICE)).isEqualTo("wattle.v1.default.beat.*");
        assertThat(LatticeSubjects.events(LATTICE)).isEqualTo("wasmbus.evt.default.>");
    }

    @Test
    void failures_travel_in_a_header_that_is_plain_text() {
        String reason = "unreachable\r\nX: ü " + "y".repeat(5000);
        String value = WrpcHeaders.trapped(reason);
        assertThat(value).matches("[\\x20-\\x7e]+").hasSizeLessThan(2000);
        assertThat(WrpcHeaders.failure(Map.of(WrpcHeaders.FAILURE, value)))
                .contains(new CallFailure.PeerTrapped(reason.substring(0, 512)));
        assertThat(WrpcHeaders.failure(Map.of(WrpcHeaders.FAILURE, WrpcHeaders.refused("busy"))))
                .contains(new CallFailure.PeerRefused("busy"));
        assertThat(WrpcHeaders.failure(Map.of(WrpcHeaders.FAILURE, "trapped %zz")))
                .isPresent();
        assertThat(WrpcHeaders.failure(Map.of(WrpcHeaders.FAILURE, "other"))).isEmpty();
        assertThat(WrpcHeaders.failure(Map.of())).isEmpty();
    }

    @Test
    void numbers_in_headers_are_numbers() {
        assertThat(WrpcHeaders.number(Map.of(WrpcHeaders.EPOCH, "7"), WrpcHeaders.EPOCH))
                .hasValue(7);
        assertThat(WrpcHeaders.number(Map.of(), WrpcHeaders.EPOCH)).isEmpty();
        assertThatThrownBy(() -> WrpcHeaders.number(Map.of(WrpcHeaders.EPOCH, "-1"), WrpcHeaders.EPOCH))
                .isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> WrpcHeaders.number(Map.of(WrpcHeaders.EPOCH, "x"), WrpcHeaders.EPOCH))
                .isInstanceOf(ProtocolException.class);
    }
}
