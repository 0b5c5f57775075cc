package dev.wattle.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.cli.LatticeState.Member;
import dev.wattle.cli.LatticeState.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StateFolderTest {
    private static final LatticeState STATE = new LatticeState(
            "default",
            "nats://127.0.0.1:4222",
            Path.of("/checkout/.wattle/nats/credentials.json"),
            1,
            8080,
            true,
            new ProcessMark(10, 1_000),
            List.of(
                    new Member("nats-server", Role.NATS, new ProcessMark(11, 2_000), Path.of("/log/nats")),
                    new Member("host-1", Role.HOST, new ProcessMark(12, 3_000), Path.of("/log/host-1"))));

    @TempDir
    private Path home = Path.of("");

    private StateFolder folder = new StateFolder(home);

    @BeforeEach
    void make_the_folder() {
        folder = new StateFolder(home);
        folder.create();
    }

    @Test
    void what_is_saved_is_loaded() {
        assertThat(folder.load()).isEmpty();
        folder.save(STATE);
        assertThat(folder.load()).contains(STATE);
        folder.forget();
        assertThat(folder.load()).isEmpty();
    }

    @Test
    void the_file_has_a_stable_form_without_secrets() throws IOException {
        folder.save(STATE);
        assertThat(Files.readString(folder.stateFile()))
                .isEqualTo("{\"format\":1,\"lattice\":\"default\",\"nats_url\":\"nats://127.0.0.1:4222\","
                        + "\"credentials\":\"/checkout/.wattle/nats/credentials.json\",\"hosts\":1,\"http_port\":8080,"
                        + "\"detached\":true,\"supervisor\":{\"pid\":10,\"start_millis\":1000},\"members\":["
                        + "{\"name\":\"nats-server\",\"role\":\"NATS\",\"process\":{\"pid\":11,\"start_millis\":2000},"
                        + "\"log\":\"/log/nats\"},"
                        + "{\"name\":\"host-1\",\"role\":\"HOST\",\"process\":{\"pid\":12,\"start_millis\":3000},"
                        + "\"log\":\"/log/host-1\"}]}\n");
    }

    @Test
    void nobody_else_may_look_inside() throws IOException {
        folder.save(STATE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(".wattle"))))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.stateFile())))
                .isEqualTo("rw-------");
    }

    @Test
    void writing_leaves_nothing_behind() throws IOException {
        folder.save(STATE);
        folder.save(STATE);
        try (Stream<Path> files = Files.list(home.resolve(".wattle"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("state.json", "run", "logs", "nats");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"format\":99}", "{\"format\":1}", "nonsense"})
    void a_damaged_file_is_an_error_and_not_taken_for_nothing(String text) throws IOException {
        Files.writeString(folder.stateFile(), text);
        assertThatThrownBy(folder::load)
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("damaged")
                .hasMessageContaining("state.json");
    }

    @Test
    void only_one_may_start_or_stop_at_a_time() {
        try (StateFolder.Lock _ = folder.tryLock().orElseThrow()) {
            assertThat(folder.tryLock()).isEmpty();
        }
        folder.tryLock().orElseThrow().close();
    }

    @Test
    void one_old_log_is_kept() throws IOException {
        Path log = folder.log("host-1");
        Files.writeString(log, "first");
        folder.rotate(log);
        Files.writeString(log, "second");
        folder.rotate(log);
        folder.rotate(log);
        assertThat(log).doesNotExist();
        assertThat(log.resolveSibling("host-1.log.1")).hasContent("second");
    }
}
