package dev.wattle.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.cli.LatticeState.Member;
import dev.wattle.cli.LatticeState.Role;
import dev.wattle.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessesTest {
    @TempDir
    private Path folder = Path.of("");

    private Member sleeper(String name, Role role) {
        Path log = folder.resolve(name + ".log");
        Process process = Processes.start(List.of("sleep", "300"), folder, log);
        return new Member(name, role, ProcessMark.of(process.toHandle()), log);
    }

    @Test
    void a_started_process_runs_until_it_is_stopped() {
        Member member = sleeper("one", Role.HOST);
        assertThat(member.process().alive()).isTrue();
        assertThat(Processes.stop(List.of(member))).isEmpty();
        assertThat(member.process().alive()).isFalse();
    }

    @Test
    void a_process_with_the_same_number_and_another_start_is_not_touched() {
        Member member = sleeper("one", Role.HOST);
        ProcessMark mark = member.process();
        var recycled =
                new Member("other", Role.HOST, new ProcessMark(mark.pid(), mark.startMillis() - 60_000), member.log());
        assertThat(recycled.process().alive()).isFalse();
        assertThat(Processes.stop(List.of(recycled))).isEmpty();
        assertThat(mark.alive()).isTrue();
        assertThat(Processes.stop(List.of(member))).isEmpty();
    }

    @Test
    void a_stubborn_process_is_killed() throws IOException {
        Path script = Files.writeString(
                folder.resolve("stubborn.sh"), "trap '' TERM\necho ready\nwhile :; do sleep 1; done\n");
        Path log = folder.resolve("stubborn.log");
        Process process = Processes.start(List.of("sh", script.toString()), folder, log);
        Eventually.within(
                5,
                java.util.concurrent.TimeUnit.SECONDS,
                () -> assertThat(log).content().contains("ready"));
        var member = new Member("stubborn", Role.NATS, ProcessMark.of(process.toHandle()), log);
        assertThat(Processes.stop(List.of(member))).isEmpty();
        assertThat(member.process().alive()).isFalse();
    }

    @Test
    void what_it_writes_is_in_its_log() {
        Path log = folder.resolve("echo.log");
        Processes.start(List.of("sh", "-c", "echo one; echo two >&2; printf '\\033[31mred'"), folder, log);
        Eventually.within(
                5,
                java.util.concurrent.TimeUnit.SECONDS,
                () -> assertThat(Processes.tail(log, 2)).isEqualTo("  | two\n  | ?[31mred"));
    }

    @Test
    void a_process_has_a_session_of_its_own() {
        Path log = folder.resolve("session.log");
        Processes.start(List.of("sh", "-c", "[ \"$(ps -o sid= -p $$ | tr -d ' ')\" = $$ ] && echo own"), folder, log);
        Eventually.within(
                5,
                java.util.concurrent.TimeUnit.SECONDS,
                () -> assertThat(log).content().isEqualTo("own\n"));
    }

    @Test
    void a_program_that_is_not_there_is_named() {
        if (Processes.ownSession().isEmpty()) {
            assertThatThrownBy(() -> Processes.start(List.of("/no/such/program"), folder, folder.resolve("none.log")))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("/no/such/program");
            return;
        }
        Path log = folder.resolve("none.log");
        Processes.start(List.of("/no/such/program"), folder, log);
        Eventually.within(
                5,
                java.util.concurrent.TimeUnit.SECONDS,
                () -> assertThat(log).content().contains("/no/such/program"));
    }
}
