package dev.wattle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class InspectCommandTest {
    private static final String CALCULATOR = "components/prebuilt/calculator.wasm";

    @Test
    void prints_the_world_as_wit() {
        CommandRun run = CommandRun.of("inspect", CALCULATOR);
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("export cyber:math/operations")
                .contains("add: func(a: u32, b: u32) -> u32;")
                .endsWith("}\n");
    }

    @Test
    void json_has_names_and_the_text() {
        CommandRun run = CommandRun.of("inspect", CALCULATOR, "--output", "json");
        assertThat(run.out()).startsWith("{\"success\":true,\"imports\":[").hasLineCount(1);
        JsonNode json = Json.parse(run.out().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(json.path("exports").path(0).stringValue()).startsWith("cyber:math/operations");
        assertThat(json.path("wit").stringValue()).contains("interface operations");
    }
}
