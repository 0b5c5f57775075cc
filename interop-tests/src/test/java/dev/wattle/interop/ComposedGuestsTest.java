package dev.wattle.interop;

import dev.wattle.testkit.Gen;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Two guests in one component that another tool composed: every value and resource goes through both, and
/// back.
final class ComposedGuestsTest {
    private static final int RANDOMS = 20;

    private static OurRuntime load(String guest) throws IOException {
        Path file = GuestChecks.HOME.resolve("interop-tests/src/test/resources/composed/" + guest + ".wasm");
        return GuestChecks.load(new Guest(guest, file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rust-over-c", "c-over-rust"})
    void every_kind_of_value_goes_through_both_guests(String guest) throws IOException {
        long seed = Gen.seed();
        try (var ours = load(guest);
                var rules = new Rules()) {
            GuestChecks.check(new Script(ours.type()).values(Gen.of(seed), RANDOMS), ours, rules, "seed " + seed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rust-over-c", "c-over-rust"})
    void resources_go_through_both_guests(String guest) throws IOException {
        try (var ours = load(guest);
                var rules = new Rules()) {
            var script = new Script(ours.type());
            GuestChecks.check(script.resources(), ours, rules, "");
            GuestChecks.check(script.drops(), ours, rules, "");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rust-over-c", "c-over-rust"})
    void a_fault_ends_both_guests(String guest) throws IOException {
        try (var ours = load(guest);
                var rules = new Rules()) {
            GuestChecks.check(new Script(ours.type()).faults(), ours, rules, "");
        }
    }
}
