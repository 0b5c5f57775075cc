package dev.wattle.host.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A host of 256 MiB survives guests that mean harm. Each scenario runs in a JVM of its own, which has exactly
/// that heap.
@Tag("slow")
final class HostileGuestsTest {
    private static final int PATIENCE_SECONDS = 90;

    @Test
    void memory_bombs_of_many_threads_get_answers_and_their_neighbour_too() throws Exception {
        assertSurvives("memory-bombs");
    }

    @Test
    void every_kind_of_harm_at_once_fails_no_call_of_a_neighbour() throws Exception {
        assertSurvives("all-at-once");
    }

    private static void assertSurvives(String scenario) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Xss2m",
                        "-XX:-DontCompileHugeMethods",
                        "-Dwattle.home=" + System.getProperty("wattle.home", "../.."),
                        "-Dwattle.engine=" + System.getProperty("wattle.engine", "jvm"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        HostileScenarios.class.getName(),
                        scenario)
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            System.out.println(output);
            assertThat(output).doesNotContain("OutOfMemoryError");
            assertThat(process.exitValue()).as(output).isZero();
        } finally {
            process.destroyForcibly();
        }
    }
}
