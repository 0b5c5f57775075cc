package dev.wattle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CallCommandTest {
    private static final String PREBUILT = "components/prebuilt/";
    private static final String CALCULATOR = PREBUILT + "calculator.wasm";
    private static final String CONVERTER = PREBUILT + "converter.wasm";
    private static final String MISBEHAVING = PREBUILT + "misbehaving.wasm";

    @Test
    void prints_the_value_and_nothing_else() {
        CommandRun run = CommandRun.of("call", CALCULATOR, "cyber:math/operations#add(2, 40)");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("42\n");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void json_has_the_value_as_text() {
        CommandRun run = CommandRun.of("call", CALCULATOR, "cyber:math/operations#multiply(6, 7)", "-o", "json");
        assertThat(run.out()).isEqualTo("{\"success\":true,\"result\":\"42\"}\n");
    }

    @Test
    void an_error_result_is_a_value_and_succeeds() {
        CommandRun run = CommandRun.of("call", CONVERTER, "cyber:finance/converter#convert(1, \"USD\", \"XXX\")");
        assertThat(run.out()).startsWith("err(\"").endsWith(")\n");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void configuration_reaches_the_component() {
        CommandRun run = CommandRun.of(
                "call",
                CONVERTER,
                "cyber:finance/converter#convert(100, \"USD\", \"EUR\")",
                "--config",
                "USD_EUR=0.92");
        assertThat(run.out()).startsWith("ok({amount: 92").contains("currency: \"EUR\"");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void an_unknown_function_is_a_usage_error_that_lists_what_there_is() {
        CommandRun run = CommandRun.of("call", CALCULATOR, "cyber:math/operations#subtract(2, 1)");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("cyber:math/operations#add: func(", "cyber:math/operations#multiply: func(");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            cyber:math/operations#add(2)                    | func(
            cyber:math/operations#add(2, "x")               | func(
            cyber:math/operations#add(2, 40, 1)             | func(
            cyber:math/operations#add(2, -1)                | func(
            cyber:math/operations#add(2, 4294967296)        | func(
            cyber:math/operations#add                       | column
            cyber:math/operations#add(2, 40                 | func(
            """)
    void wrong_arguments_show_where_and_the_signature(String call, String expected) {
        CommandRun run = CommandRun.of("call", CALCULATOR, call);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("column").contains("^").contains(expected);
    }

    @Test
    void a_trap_has_an_exit_code_and_a_kind() {
        CommandRun run = CommandRun.of("call", MISBEHAVING, functionOf(MISBEHAVING, "trap") + "()");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("the guest trapped (unreachable)");
    }

    /// Our engine knows where it was.
    @Test
    @EnabledIfSystemProperty(named = "wattle.engine", matches = "jvm")
    void a_trap_tells_the_functions_that_were_being_called() {
        CommandRun run = CommandRun.of("call", MISBEHAVING, functionOf(MISBEHAVING, "trap") + "()");
        assertThat(run.err()).containsPattern("\n    at \\S+!\\S+@0x[0-9a-f]+");
    }

    @Test
    void a_guest_that_loops_for_ever_times_out() {
        CommandRun run = CommandRun.of(
                "call",
                MISBEHAVING,
                functionOf(MISBEHAVING, "loop-forever") + "()",
                "--timeout",
                "300ms",
                "--output=json");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(4);
        assertThat(run.out()).startsWith("{\"success\":false,\"error\":\"").contains("--timeout");
    }

    /// The name of the first exported function that has this word in it.
    private static String functionOf(String file, String word) {
        Surroundings here = new Surroundings(CommandRun.HOME, CommandRun.HOME, new java.util.TreeMap<>(), false);
        return ComponentFile.load(here, file).functions().stream()
                .filter(export -> export.function().contains(word))
                .map(export -> export.interfaceName().map(name -> name + "#").orElse("") + export.function())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void imports_that_nobody_supplies_are_named() {
        CommandRun run =
                CommandRun.of("call", PREBUILT + "processor.wasm", "process-payment(\"ada\", 1, \"EUR\", \"USD\")");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("cyber:finance/converter");
    }

    @Test
    void what_is_no_component_is_refused_with_what_it_is(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("text.wasm"), "hello, this is text");
        Files.write(folder.resolve("module.wasm"), new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
        Files.write(folder.resolve("empty.wasm"), new byte[0]);
        Files.createDirectory(folder.resolve("folder.wasm"));
        assertThat(failure(folder, "text.wasm")).contains("text.wasm").contains("text");
        assertThat(failure(folder, "module.wasm")).contains("core module");
        assertThat(failure(folder, "empty.wasm")).contains("is empty");
        assertThat(failure(folder, "folder.wasm")).contains("is a folder");
        assertThat(failure(folder, "none.wasm")).contains("there is no file none.wasm");
    }

    private static String failure(Path folder, String file) {
        CommandRun run = CommandRun.at(folder, "call", file, "f()");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        return run.err();
    }

    @Test
    void options_that_make_no_sense_are_usage_errors() {
        String call = "cyber:math/operations#add(2, 40)";
        assertThat(CommandRun.of("call", CALCULATOR, call, "--timeout", "soon").exitCode())
                .isEqualTo(2);
        assertThat(CommandRun.of("call", CALCULATOR, call, "--config", "novalue")
                        .exitCode())
                .isEqualTo(2);
        assertThat(CommandRun.of("call", CALCULATOR).exitCode()).isEqualTo(2);
        assertThat(CommandRun.of("call", "", call).exitCode()).isEqualTo(2);
        assertThat(CommandRun.of("call", CALCULATOR, "").exitCode()).isEqualTo(2);
    }
}
