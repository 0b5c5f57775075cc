package dev.wattle.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.host.engine.Engines;
import dev.wattle.testkit.Gen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Guests of other people's compilers, small enough to be committed, answer everything as the rules want it.
final class CommittedGuestsTest {
    private static final Path PREBUILT = Path.of(System.getProperty("wattle.home", ".."), "components/prebuilt");
    private static final int RANDOMS = 20;

    @ParameterizedTest
    @ValueSource(strings = {"everything-rust", "everything-c"})
    void a_guest_passes_every_kind_of_value_on_and_back(String guest) throws IOException {
        long seed = Gen.seed();
        try (var ours = load(guest);
                var rules = new Rules()) {
            check(new Script(ours.type()).values(Gen.of(seed), RANDOMS), ours, rules, "seed " + seed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"everything-rust", "everything-c"})
    void a_guest_makes_lends_and_gives_away_resources_around_those_of_its_host(String guest) throws IOException {
        try (var ours = load(guest);
                var rules = new Rules()) {
            check(new Script(ours.type()).resources(), ours, rules, "");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"everything-rust", "everything-c"})
    void a_guest_traps_alone(String guest) throws IOException {
        try (var ours = load(guest);
                var rules = new Rules()) {
            check(new Script(ours.type()).faults(), ours, rules, "");
        }
    }

    private static OurRuntime load(String guest) throws IOException {
        return new OurRuntime(Engines.create(), Files.readAllBytes(PREBUILT.resolve(guest + ".wasm")));
    }

    private static void check(List<Step> steps, Performer ours, Performer rules, String seed) throws IOException {
        Comparison comparison = Comparison.of(steps, ours, rules);

        assertThat(comparison.differences()).as(seed).isEmpty();
        assertThat(comparison.steps()).isGreaterThan(10);
    }
}
