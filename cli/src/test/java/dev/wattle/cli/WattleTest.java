package dev.wattle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class WattleTest {
    @Test
    void help_goes_to_stdout_and_succeeds() {
        CommandRun run = CommandRun.of("--help");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("Usage: wattle").contains("up", "call").doesNotContain("control-plane");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void version_names_the_program() {
        CommandRun run = CommandRun.of("--version");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("wattle ");
    }

    @Test
    void an_unknown_option_is_a_usage_error_on_stderr() {
        CommandRun run = CommandRun.of("--no-such-option");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("--no-such-option").contains("Try 'wattle --help'.");
    }

    @Test
    void an_unknown_command_suggests_one_that_is_alike() {
        CommandRun run = CommandRun.of("inspct", "file.wasm");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("there is no command 'wattle inspct'").contains("wattle inspect");
    }

    @Test
    void an_unknown_command_below_another_suggests_too() {
        CommandRun run = CommandRun.of("get", "host");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("there is no command 'wattle get host'").contains("hosts");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "get", "app", "link", "config", "start", "stop", "scale"})
    void a_command_that_is_not_complete_shows_what_may_follow(String command) {
        CommandRun run = command.isEmpty() ? CommandRun.of() : CommandRun.of(command);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("needs a command after it").contains("Commands:");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_command_has_help_and_takes_the_format_of_the_answer(List<String> command) {
        List<String> arguments = new ArrayList<>(command);
        arguments.addAll(List.of("-o", "json", "--help"));
        CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
        assertThat(run.exitCode()).as("%s", run.err()).isZero();
        assertThat(run.out())
                .startsWith("Usage: wattle " + String.join(" ", command))
                .contains("--output");
    }

    static Stream<List<String>> commands() {
        var found = new ArrayList<List<String>>();
        collect(Wattle.commandLine(surroundings()), List.of(), found);
        return found.stream();
    }

    private static Surroundings surroundings() {
        return new Surroundings(CommandRun.HOME, CommandRun.HOME, new TreeMap<>(), false);
    }

    private static void collect(CommandLine command, List<String> path, List<List<String>> found) {
        for (Map.Entry<String, CommandLine> inner : command.getSubcommands().entrySet()) {
            if (inner.getKey().equals("help")) {
                continue;
            }
            List<String> name = new ArrayList<>(path);
            name.add(inner.getValue().getCommandName());
            found.add(name);
            collect(inner.getValue(), name, found);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-o json", "-ojson", "--output json", "--output=json", "--output=JSON"})
    void a_usage_error_is_json_too_when_json_was_asked_for(String option) {
        List<String> arguments = new ArrayList<>(List.of("get", "nothing"));
        arguments.addAll(List.of(option.split(" ")));
        CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEqualTo("{\"success\":false,\"error\":\"there is no command 'wattle get nothing'\"}\n");
    }

    @Test
    void an_unknown_format_names_those_that_are_known() {
        CommandRun run = CommandRun.of("get", "hosts", "--output=yaml");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("yaml").contains("text").contains("json");
    }

    @Test
    void completion_prints_a_script() {
        CommandRun run = CommandRun.of("completion", "bash");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("#!/usr/bin/env bash").contains("inspect");
        assertThat(CommandRun.of("completion", "fish").exitCode()).isEqualTo(2);
    }
}
