package dev.wattle.interop;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.wattle.testkit.Gen;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The guest of JavaScript in SpiderMonkey answers everything as the rules want it. It is too large to be
/// committed: without what `components/build-large` builds, this is skipped.
@Tag("slow")
final class SpiderMonkeyGuestTest {
    private static final int RANDOMS = 3;

    @Test
    void a_guest_of_javascript_passes_values_and_resources_on_and_back_and_traps_alone() throws IOException {
        Guest guest = Guest.large(GuestChecks.HOME, "everything-spidermonkey");
        assumeThat(guest.file())
                .as("run components/build-large everything-spidermonkey to have this tested")
                .exists();
        long seed = Gen.seed();
        try (var ours = GuestChecks.load(guest);
                var rules = new Rules()) {
            var script = new Script(ours.type());
            GuestChecks.check(script.values(Gen.of(seed), RANDOMS), ours, rules, "seed " + seed);
            // Without the drops: componentize-js has no destructors.
            GuestChecks.check(script.resources(), ours, rules, "");
            GuestChecks.check(script.faults(), ours, rules, "");
        }
    }
}
