package dev.wattle.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.lattice.protocol.ControlOperation;
import dev.wattle.lattice.protocol.ControlResponse;
import dev.wattle.lattice.protocol.HostId;
import dev.wattle.lattice.protocol.HostSummary;
import dev.wattle.lattice.protocol.LatticeName;
import dev.wattle.lattice.transport.InMemoryLattice;
import dev.wattle.lattice.transport.Message;
import dev.wattle.lattice.transport.Transport;
import dev.wattle.wit.ByteString;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LatticeTest {
    private static final LatticeName NAME = new LatticeName("default");
    private static final HostId FIRST = new HostId("NA" + "A".repeat(54));
    private static final HostId SECOND = new HostId("NB" + "B".repeat(54));

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private final InMemoryLattice network = InMemoryLattice.on(executor);
    private final Transport hosts = network.transport();
    private final Lattice lattice = new Lattice(network.transport(), NAME, Duration.ofMillis(500), 2);

    @BeforeEach
    void let_two_hosts_answer() {
        answer("wasmbus.ctl.v1.default.host.ping", summary(SECOND, "zebra"));
        answer("wasmbus.ctl.v1.default.host.ping", summary(FIRST, "aardvark-zebra"));
    }

    @AfterEach
    void close_all() {
        lattice.close();
        hosts.close();
        network.close();
        executor.shutdownNow();
    }

    private void answer(String subject, ControlResponse response) {
        hosts.subscribe(
                subject,
                Optional.empty(),
                message -> hosts.publish(Message.of(message.replyTo().orElseThrow(), response.toJson())));
    }

    private static ControlResponse summary(HostId id, String name) {
        return ControlResponse.ok(
                "",
                new HostSummary(id, name, new TreeMap<>(), NAME, 1, "0.1.0", Optional.empty(), Optional.empty())
                        .toJson());
    }

    @Test
    void all_hosts_are_collected_by_name() {
        assertThat(lattice.hosts().stream().map(host -> host.summary().friendlyName()))
                .containsExactly("aardvark-zebra", "zebra");
    }

    @Test
    void a_host_is_found_by_id_by_its_beginning_and_by_name() {
        assertThat(lattice.host(FIRST.value()).id()).isEqualTo(FIRST);
        assertThat(lattice.host("NB").id()).isEqualTo(SECOND);
        assertThat(lattice.host("aard").id()).isEqualTo(FIRST);
        assertThat(lattice.host("zebra").id())
                .as("the exact name before a part of one")
                .isEqualTo(SECOND);
    }

    @Test
    void a_reference_to_several_hosts_or_to_none_lists_them() {
        assertThatThrownBy(() -> lattice.host("zeb"))
                .hasMessageContaining("several hosts")
                .hasMessageContaining(FIRST.value())
                .hasMessageContaining(SECOND.value());
        assertThatThrownBy(() -> lattice.host("lion")).hasMessageContaining("no host is called 'lion'");
    }

    @Test
    void a_refusal_is_told_with_its_reason() {
        answer("wasmbus.ctl.v1.default.link.put", ControlResponse.refused("configuration x not found"));
        assertThatThrownBy(() -> lattice.ask(new ControlOperation.PutLink(), ByteString.EMPTY))
                .hasMessage("configuration x not found");
    }

    @Test
    void a_question_that_nobody_listens_to_fails_at_once() {
        assertThatThrownBy(() -> lattice.ask(new ControlOperation.ListLinks(), ByteString.EMPTY))
                .hasMessageContaining("no host of lattice 'default' answers");
    }

    @Test
    void a_question_that_nobody_answers_times_out() {
        hosts.subscribe("wasmbus.ctl.v1.default.link.get", Optional.empty(), _ -> {});
        assertThatThrownBy(() -> lattice.ask(new ControlOperation.ListLinks(), ByteString.EMPTY))
                .isInstanceOfSatisfying(
                        CommandFailure.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.TIMED_OUT));
    }
}
