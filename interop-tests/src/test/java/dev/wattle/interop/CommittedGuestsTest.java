package dev.wattle.interop;

import dev.wattle.testkit.Gen;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Guests of other people's compilers, small enough to be committed, answer everything as the rules want it.
final class CommittedGuestsTest {
    private static final int RANDOMS = 20;

    @ParameterizedTest
    @ValueSource(strings = {"everything-rust", "everything-c"})
    void a_guest_passes_every_kind_of_value_on_and_back(String guest) throws IOException {
        long seed = Gen.seed();
        try (var ours = GuestChecks.load(Guest.committed(GuestChecks.HOME, guest));
                var rules = new Rules()) {
            GuestChecks.check(new Script(ours.type()).values(Gen.of(seed), RANDOMS), ours, rules, "seed " + seed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"everything-rust", "everything-c"})
    void a_guest_makes_lends_and_gives_away_resources_around_those_of_its_host(String guest) throws IOException {
        try (var ours = GuestChecks.load(Guest.committed(GuestChecks.HOME, guest));
                var rules = new Rules()) {
            var script = new Script(ours.type());
            GuestChecks.check(script.resources(), ours, rules, "");
            GuestChecks.check(script.drops(), ours, rules, "");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"everything-rust", "everything-c"})
    void a_guest_traps_alone(String guest) throws IOException {
        try (var ours = GuestChecks.load(Guest.committed(GuestChecks.HOME, guest));
                var rules = new Rules()) {
            GuestChecks.check(new Script(ours.type()).faults(), ours, rules, "");
        }
    }
}
