package dev.wattle.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.wattle.host.engine.Engines;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A real script in whole runtimes of languages, on our engine. They are too large to be committed: without
/// those that `benchmarks/guests/build` builds, this is skipped.
final class ScriptGuestsTest {
    private static final Path HOME = Path.of(System.getProperty("wattle.home", ".."));

    @ParameterizedTest
    @ValueSource(strings = {"spidermonkey", "quickjs", "cpython"})
    void a_script_takes_json_apart_sorts_formats_and_catches_exceptions(String name) throws IOException {
        Path file = new Guests(HOME, _ -> {}).component(name);
        assumeThat(file)
                .as("run benchmarks/guests/build " + name + " to have this tested")
                .exists();
        try (ScriptGuest guest = ScriptGuest.load(Engines.named(Peers.engineName()), file)) {
            assertThat(guest.report(ScriptOrders.ORDERS)).isEqualTo(ScriptOrders.REPORT);
            assertThat(guest.work(1000)).isEqualTo(ScriptOrders.work(1000));
        }
    }
}
