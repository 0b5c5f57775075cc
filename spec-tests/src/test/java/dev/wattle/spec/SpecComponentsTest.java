package dev.wattle.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `wattle test --spec DIR` as a person runs it, but for the process: each kind of command, as it should be and with a
/// wrong expectation.
@Tag("slow")
final class SpecComponentsTest {
    private static final String DOUBLING = """
            (component definition $D
              (core module $m
                (func (export "double") (param i32) (result i32) (i32.mul (local.get 0) (i32.const 2)))
                (func (export "fall") unreachable))
              (core instance $i (instantiate $m))
              (func (export "double") (param "n" u32) (result u32) (canon lift (core func $i "double")))
              (func (export "fall") (canon lift (core func $i "fall"))))
            (component instance $one $D)
            """;

    @TempDir
    private Path folder;

    private record Ended(int code, List<String> out, String err) {
        String last() {
            return out.getLast();
        }
    }

    private Ended run(String... texts) throws IOException {
        Suites.requireWasmTools();
        for (int i = 0; i < texts.length; i++) {
            Path file = folder.resolve("deep".repeat(i)).resolve("file.wast");
            Files.createDirectories(file.getParent());
            Files.writeString(file, texts[i]);
        }
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int code = SpecMain.run(
                List.of("--spec", folder.toString()),
                Suites.HOME,
                System.getenv(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Ended(
                code, out.toString(StandardCharsets.UTF_8).lines().toList(), err.toString(StandardCharsets.UTF_8));
    }

    private void passes(String text, int commands) throws IOException {
        var ended = run(text);
        assertThat(ended.err()).doesNotContain("FAILED");
        assertThat(ended.last()).isEqualTo("%d passed, 0 failed, 0 skipped".formatted(commands));
        assertThat(ended.code()).isZero();
    }

    private void fails(String text, int line, String words) throws IOException {
        var ended = run(text);
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("file.wast:" + line).contains(words);
    }

    @Test
    void folders_are_searched_and_no_file_is_code_2() throws IOException {
        assertThat(run().code()).isEqualTo(2);
        assertThat(run("(component)", "(component)(component)").out())
                .containsExactly(
                        "deep/file.wast: 2 passed, 0 failed, 0 skipped",
                        "file.wast: 1 passed, 0 failed, 0 skipped",
                        "3 passed, 0 failed, 0 skipped");
    }

    @Test
    void results_are_compared() throws IOException {
        passes(DOUBLING + "(assert_return (invoke \"double\" (u32.const 21)) (u32.const 42))", 3);
        fails(DOUBLING + "(assert_return (invoke \"double\" (u32.const 21)) (u32.const 43))", 9, "42");
        fails(DOUBLING + "(assert_return (invoke \"double\" (u32.const 21)))", 9, "42");
        fails(DOUBLING + "(assert_return (invoke \"double\" (s32.const 21)) (u32.const 42))", 9, "not of the type");
        fails(DOUBLING + "(assert_return (invoke \"triple\") (u32.const 42))", 9, "triple");
    }

    @Test
    void traps_are_expected_and_lock_their_own_instance_alone() throws IOException {
        passes(DOUBLING + """
                (assert_trap (invoke "fall") "unreachable")
                (assert_trap (invoke "double" (u32.const 1)) "cannot enter component instance")
                (component instance $two $D)
                (assert_return (invoke "double" (u32.const 1)) (u32.const 2))
                """, 6);
        fails(DOUBLING + "(assert_trap (invoke \"fall\") \"unaligned pointer\")", 9, "UNREACHABLE");
        fails(DOUBLING + "(assert_trap (invoke \"double\" (u32.const 1)) \"unreachable\")", 9, "went well");
        fails(DOUBLING + "(invoke \"fall\")", 9, "UNREACHABLE");
    }

    @Test
    void refusals_are_expected() throws IOException {
        passes("(assert_invalid (component (export \"a\" (func 0))) \"unknown function\")", 1);
        passes("(assert_malformed (component binary \"\\00asm\" \"\\0d\\00\\01\\00\" \"\\63\") \"section id\")", 1);
        passes("(assert_malformed (component quote \"(nonsense)\") \"unexpected\")", 1);
        passes("(assert_malformed (component binary \"\\00asm\" \"\\01\\00\\00\\00\") \"a core module\")", 1);
        fails("(assert_invalid (component) \"unknown function\")", 1, "accepted");
        fails("(assert_malformed (component quote \"(component)\") \"unexpected\")", 1, "accepts");
    }

    @Test
    void what_cannot_be_linked_or_started_is_expected() throws IOException {
        passes("(assert_unlinkable (component (import \"nobody\" (func))) \"not found\")", 1);
        fails("(assert_unlinkable (component) \"not found\")", 1, "was linked");
        String starting = """
                (component (core module $m (func $f %s) (start $f)) (core instance (instantiate $m)))
                """;
        passes("(assert_trap " + starting.formatted("unreachable") + " \"unreachable\")", 1);
        fails("(assert_trap " + starting.formatted("nop") + " \"unreachable\")", 1, "went well");
    }

    @Test
    void core_modules_may_stand_between_components() throws IOException {
        passes(DOUBLING + """
                (module $core (func (export "f") (param f32) (result f32) (local.get 0)))
                (assert_return (invoke "f" (f32.const 1.5)) (f32.const 1.5))
                (assert_return (invoke $one "double" (u32.const 3)) (u32.const 6))
                (assert_invalid (module (func (result i32))) "type mismatch")
                """, 6);
    }

    @Test
    void the_host_has_its_functions() throws IOException {
        passes("(component (import \"host-return-two\" (func (result u32))))", 1);
        fails("(component (import \"host-return-two\" (func (result string))))", 1, "host-return-two");
    }

    @Test
    void a_file_that_cannot_be_run_has_all_its_commands_failed() throws IOException {
        var ended = run("(component) (assert_return (invoke $$$)) (component");
        assertThat(ended.last()).isEqualTo("0 passed, 3 failed, 0 skipped");
        assertThat(ended.code()).isEqualTo(1);
    }

    @Test
    void words_that_the_text_format_has_lost_are_put_into_the_binary_and_it_says_so() throws IOException {
        var ended = run("""
                (component
                  (core func (canon thread.yield))
                  (component (core func (canon thread.yield cancellable))))
                (assert_invalid (component (core func (canon thread.yield cancellable)) (export "a" (func 0))) "unknown")
                """);
        assertThat(ended.last()).isEqualTo("2 passed, 0 failed, 0 skipped");
        assertThat(ended.err()).contains("'cancellable'", "was put into the binaries");
    }
}
