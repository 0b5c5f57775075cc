package dev.wattle.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SuiteRunTest {
    private static final Duration SHORT = Duration.ofMillis(50);

    @TempDir
    private Path folder;

    /// Carries out commands by a function; the latch opens when it is told to stop.
    private record FakeSession(Function<Command, Outcome> behaviour, CountDownLatch stopped)
            implements SuiteRun.Session {
        @Override
        public Outcome execute(Command command) {
            return behaviour.apply(command);
        }

        @Override
        public void stop(String reason) {
            stopped.countDown();
        }

        @Override
        public void close() {}
    }

    private static SuiteRun run(SuiteRun.Session session, int commands) {
        var script = java.util.stream.IntStream.rangeClosed(1, commands)
                .<Command>mapToObj(line -> new Command.Unknown(line, "test"))
                .toList();
        return new SuiteRun(_ -> new SuiteRun.Script(Path.of(""), script), _ -> session, NotYet.NOTHING, SHORT);
    }

    @Test
    void each_command_counts_once() {
        var session = new FakeSession(
                command -> command.line() == 2 ? new Outcome.Failed(2, "wrong") : new Outcome.Passed(command.line()),
                new CountDownLatch(1));
        assertThat(run(session, 3).run(Path.of("a.wast")).tally()).isEqualTo(new Tally(2, 1, 0));
    }

    @Test
    void a_command_that_does_not_end_fails_and_so_does_what_follows() {
        var never = new CountDownLatch(1);
        var session = new FakeSession(
                command -> {
                    if (command.line() == 2) {
                        awaitUninterrupted(never);
                    }
                    return new Outcome.Passed(command.line());
                },
                new CountDownLatch(1));
        var result = run(session, 3).run(Path.of("a.wast"));
        never.countDown();
        assertThat(result.tally()).isEqualTo(new Tally(1, 2, 0));
        assertThat(session.stopped().getCount()).isZero();
    }

    @Test
    void a_command_that_is_stopped_is_a_failure_of_its_own() {
        var stopped = new CountDownLatch(1);
        var session = new FakeSession(
                command -> {
                    if (command.line() == 2) {
                        awaitUninterrupted(stopped);
                        return new Outcome.Failed(2, "interrupted");
                    }
                    return new Outcome.Passed(command.line());
                },
                stopped);
        assertThat(run(session, 3).run(Path.of("a.wast")).outcomes())
                .containsExactly(new Outcome.Passed(1), new Outcome.Failed(2, "interrupted"), new Outcome.Passed(3));
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    @Test
    void a_file_that_cannot_be_read_has_all_its_commands_failed() throws IOException {
        Path file = Files.writeString(folder.resolve("a.wast"), "(module) (assert_return (invoke \"f\"))");
        var run = new SuiteRun(
                _ -> {
                    throw new SuiteException("no");
                },
                _ -> new FakeSession(command -> new Outcome.Passed(command.line()), new CountDownLatch(1)),
                NotYet.NOTHING);
        assertThat(run.run(file).tally()).isEqualTo(new Tally(0, 2, 0));
    }

    @Test
    void the_files_of_a_folder_are_sorted_and_only_scripts() throws IOException {
        for (String name : List.of("b.wast", "a.wast", "readme.md")) {
            Files.createFile(folder.resolve(name));
        }
        assertThat(SuiteRun.filesIn(folder)).containsExactly(folder.resolve("a.wast"), folder.resolve("b.wast"));
    }

    @Test
    void a_folder_without_scripts_is_refused() {
        assertThatThrownBy(() -> SuiteRun.filesIn(folder)).hasMessageContaining("no .wast file");
        assertThatThrownBy(() -> SuiteRun.filesIn(folder.resolve("none"))).hasMessageContaining("not a folder");
    }
}
