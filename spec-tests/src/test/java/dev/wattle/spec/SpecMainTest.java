package dev.wattle.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command as a person runs it, but for the process.
final class SpecMainTest {
    private static final String GOOD = """
            (module (func (export "answer") (result i32) (i32.const 42)))
            (assert_return (invoke "answer") (i32.const 42))
            (assert_malformed (module quote "(func") "unexpected token")
            """;

    @TempDir
    private Path folder;

    private record Ended(int code, List<String> out, String err) {}

    private Ended run(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int code = SpecMain.run(
                List.of(arguments),
                Suites.HOME,
                System.getenv(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Ended(
                code, out.toString(StandardCharsets.UTF_8).lines().toList(), err.toString(StandardCharsets.UTF_8));
    }

    private Ended runSuite(String... more) {
        return run(Stream.concat(Stream.of("--core", folder.toString(), "--engine", "endive"), Stream.of(more))
                .toArray(String[]::new));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    @Test
    void nothing_to_run_is_code_2_with_a_reason() {
        assertThat(runSuite()).isEqualTo(new Ended(2, List.of(), runSuite().err()));
        assertThat(runSuite().err()).contains("no .wast file");
        assertThat(run("--core", folder.resolve("none").toString()).code()).isEqualTo(2);
        assertThat(run().code()).isEqualTo(2);
        assertThat(run("--core").code()).isEqualTo(2);
        assertThat(run("--core", folder.toString(), "--colour").code()).isEqualTo(2);
        assertThat(runSuite("--mode", "quick").err()).contains("lazy, eager, split, disk");
        assertThat(runSuite("--layer", "quick").err()).contains("generated, interpreter");
        assertThat(runSuite("--mode", "split").err()).contains("--mode is for the engine jvm");
    }

    @Test
    void an_engine_that_is_not_there_is_named() throws IOException {
        write("a.wast", GOOD);
        assertThat(run("--core", folder.toString(), "--engine", "steam").err()).contains("steam", "endive");
    }

    @Test
    void without_wasm_tools_it_says_what_to_do() throws IOException {
        write("a.wast", GOOD);
        var err = new ByteArrayOutputStream();
        int code = SpecMain.run(
                List.of("--core", folder.toString(), "--engine", "endive"),
                folder,
                Map.of(),
                System.out,
                new PrintStream(err, true, StandardCharsets.UTF_8));
        assertThat(code).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(WasmTools.ENVIRONMENT_VARIABLE);
    }

    @Test
    @Tag("slow")
    void what_passes_is_counted_and_the_counts_stand_last() throws IOException {
        Suites.requireWasmTools();
        write("a.wast", GOOD);
        write("b.wast", "(module)");
        var ended = runSuite();
        assertThat(ended.code()).isZero();
        assertThat(ended.out())
                .containsExactly(
                        "a.wast: 3 passed, 0 failed, 0 skipped",
                        "b.wast: 1 passed, 0 failed, 0 skipped",
                        "4 passed, 0 failed, 0 skipped");
    }

    @Test
    @Tag("slow")
    void a_wrong_expectation_is_found() throws IOException {
        Suites.requireWasmTools();
        write("a.wast", GOOD.replace("(invoke \"answer\") (i32.const 42)", "(invoke \"answer\") (i32.const 43)"));
        var ended = runSuite();
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out().getLast()).isEqualTo("2 passed, 1 failed, 0 skipped");
        assertThat(ended.err()).contains("a.wast:2", "i32 42");
    }

    @Test
    @Tag("slow")
    void a_text_that_is_fine_is_not_malformed() throws IOException {
        Suites.requireWasmTools();
        write("a.wast", GOOD.replace("\"(func\"", "\"(func)\""));
        assertThat(runSuite().out().getLast()).isEqualTo("2 passed, 1 failed, 0 skipped");
    }

    @Test
    @Tag("slow")
    void a_file_that_cannot_be_converted_has_all_its_commands_failed() throws IOException {
        Suites.requireWasmTools();
        write("a.wast", "(module) (assert_return (invoke $$$)) (module");
        write("b.wast", "(module)");
        var ended = runSuite();
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out())
                .containsExactly(
                        "a.wast: 0 passed, 3 failed, 0 skipped",
                        "b.wast: 1 passed, 0 failed, 0 skipped",
                        "1 passed, 3 failed, 0 skipped");
    }
}
