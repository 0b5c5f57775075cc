package dev.wattle.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process with an engine, told what to do.
final class PeerTest {
    private static final Path HOME =
            Path.of(System.getProperty("wattle.home", "..")).toAbsolutePath();

    @TempDir
    private Path folder;

    private Peer peer;

    @BeforeEach
    void start() throws IOException {
        peer = Peer.start("jvm", folder, Java.command(HOME, EnginePeer.class, "jvm"));
    }

    @AfterEach
    void stop() {
        peer.close();
    }

    private String load(String module) throws IOException, InterruptedException {
        return peer.ask("load " + module + " " + HOME.resolve("benchmarks/kernels/prebuilt/" + module + ".wasm"));
    }

    @Test
    void it_loads_and_times_modules_that_import_each_other() throws Exception {
        assertThat(load("callee")).isEqualTo("ok");
        assertThat(load("caller")).isEqualTo("ok");
        String inside = peer.time("run caller inside 1000").result();
        assertThat(inside).isEqualTo(peer.time("run caller across 1000").result());
        assertThat(inside).isEqualTo(peer.time("run caller indirect 1000 0").result());
        assertThat(inside).isEqualTo(peer.time("run caller indirect 1000 1").result());
        assertThat(inside).isEqualTo(peer.time("host caller step 1000").result());
        assertThat(peer.time("run caller inside 1000").nanos()).isPositive();
    }

    @Test
    void what_fails_there_is_an_error_here() {
        assertThatThrownBy(() -> peer.ask("run nothing run 1"))
                .isInstanceOf(WrongAnswerException.class)
                .hasMessageContaining("nothing");
    }
}
