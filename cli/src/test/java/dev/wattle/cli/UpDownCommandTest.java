package dev.wattle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.cli.LatticeState.Member;
import dev.wattle.cli.LatticeState.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `up` and `down` decide by the state file, with processes that only sleep.
final class UpDownCommandTest {
    private static final ProcessMark GONE = new ProcessMark(Integer.MAX_VALUE - 1L, 1_000);

    @TempDir
    private Path home = Path.of("");

    private final List<Member> started = new ArrayList<>();

    @AfterEach
    void stop_what_was_started() {
        Processes.stop(started);
    }

    private Member sleeper(String name, Role role) {
        Path log = home.resolve(name + ".log");
        var member = new Member(
                name,
                role,
                ProcessMark.of(
                        Processes.start(List.of("sleep", "300"), home, log).toHandle()),
                log);
        started.add(member);
        return member;
    }

    private Member ended(String name, Role role) {
        return new Member(name, role, GONE, home.resolve(name + ".log"));
    }

    private StateFolder save(Member... members) {
        var folder = new StateFolder(home);
        folder.create();
        folder.save(new LatticeState(
                "default", "nats://127.0.0.1:1", home.resolve("none"), 1, 8080, true, GONE, Arrays.asList(members)));
        return folder;
    }

    @Test
    void down_with_nothing_running_succeeds_and_says_so() {
        CommandRun run = CommandRun.at(home, "down");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("Nothing runs here.\n");
        assertThat(CommandRun.at(home, "down", "-o", "json").out()).isEqualTo("{\"success\":true,\"stopped\":[]}\n");
    }

    @Test
    void down_stops_what_the_state_names() {
        Member nats = sleeper("nats-server", Role.NATS);
        Member host = sleeper("host-1", Role.HOST);
        StateFolder folder = save(nats, host);
        CommandRun run = CommandRun.at(home, "down", "-o", "json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo("{\"success\":true,\"stopped\":[\"nats-server\",\"host-1\"]}\n");
        assertThat(nats.process().alive()).isFalse();
        assertThat(host.process().alive()).isFalse();
        assertThat(folder.load()).isEmpty();
    }

    @Test
    void down_leaves_a_process_alone_that_only_has_the_number() {
        Member mine = sleeper("mine", Role.HOST);
        ProcessMark other = new ProcessMark(mine.process().pid(), mine.process().startMillis() - 3_600_000);
        save(new Member("host-1", Role.HOST, other, mine.log()));
        assertThat(CommandRun.at(home, "down").exitCode()).isZero();
        assertThat(mine.process().alive()).isTrue();
    }

    @Test
    void a_second_up_says_what_runs_and_how_to_stop_it() {
        Member host = sleeper("host-1", Role.HOST);
        save(host);
        CommandRun run = CommandRun.at(home, "up", "-d", "-o", "json");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .startsWith("{\"success\":false,\"error\":\"the lattice 'default' already runs here")
                .contains("host-1 (process " + host.process().pid() + ")")
                .contains("./wattle down");
        assertThat(host.process().alive()).isTrue();
    }

    @Test
    void a_host_that_was_stopped_on_purpose_is_no_damage() {
        Member nats = sleeper("nats-server", Role.NATS);
        StateFolder folder = save(nats, ended("host-1", Role.HOST), ended("host-2", Role.HOST));
        folder.save(folder.load().orElseThrow().stopping("host-1").stopping("host-2"));
        CommandRun up = CommandRun.at(home, "up", "-d");
        assertThat(up.exitCode()).isEqualTo(1);
        assertThat(up.err())
                .contains("already runs here", "nats-server (process")
                .contains("stopped by 'wattle stop host': host-1, host-2")
                .doesNotContain("ended:");
        CommandRun down = CommandRun.at(home, "down");
        assertThat(down.exitCode()).as(down.err()).isZero();
        assertThat(nats.process().alive()).isFalse();
        assertThat(folder.load()).isEmpty();
    }

    @Test
    void up_over_a_half_dead_lattice_names_both_halves() {
        save(sleeper("nats-server", Role.NATS), ended("host-1", Role.HOST));
        CommandRun run = CommandRun.at(home, "up", "-d");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("nats-server (process")
                .contains("ended: host-1")
                .contains("./wattle down");
    }

    @Test
    void up_cleans_up_after_a_lattice_that_is_all_dead() throws IOException {
        StateFolder folder = save(ended("nats-server", Role.NATS), ended("host-1", Role.HOST));
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CommandRun run = CommandRun.at(home, "up", "-d", "--http-port", Integer.toString(taken.getLocalPort()));
            assertThat(run.err()).contains("was not stopped properly").contains("cleaned up");
            assertThat(run.exitCode()).isEqualTo(1);
        }
        assertThat(folder.load()).isEmpty();
    }

    @Test
    void a_taken_http_port_is_named_with_the_option_that_helps() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            CommandRun run = CommandRun.at(home, "up", "-d", "--http-port", port);
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).contains("port " + port + " is taken").contains("--http-port");
        }
    }

    @Test
    void a_taken_nats_port_that_was_asked_for_is_named() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            CommandRun run = CommandRun.at(home, "up", "-d", "--hosts", "2", "--http-port", "0", "--nats-port", port);
            assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
            assertThat(run.err()).contains("port " + port + " is taken").contains("--nats-port");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--hosts 0",
                "--hosts 99",
                "--hosts x",
                "--single --hosts 2",
                "--http-port 70000",
                "--http-port -1",
                "--nats-port 0",
                "--lattice a.b",
                "extra"
            })
    void options_that_make_no_sense_are_usage_errors(String options) {
        List<String> arguments = new ArrayList<>(List.of("up", "-d"));
        arguments.addAll(List.of(options.split(" ")));
        CommandRun run = CommandRun.at(home, arguments.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).doesNotContain("TypeConverter");
        assertThat(new StateFolder(home).load()).isEmpty();
    }
}
