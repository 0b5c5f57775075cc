package dev.wattle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class WattleTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Wattle.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void help_goes_to_stdout_and_succeeds() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).startsWith("Usage: wattle");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void version_names_the_program() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).startsWith("wattle ");
    }

    @Test
    void an_unknown_option_is_a_usage_error_on_stderr() {
        assertThat(run("--no-such-option")).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("--no-such-option");
    }
}
