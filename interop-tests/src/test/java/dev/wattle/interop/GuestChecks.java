package dev.wattle.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.host.engine.Engines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What tests of a guest share.
final class GuestChecks {
    static final Path HOME = Path.of(System.getProperty("wattle.home", ".."));

    private GuestChecks() {}

    static OurRuntime load(Guest guest) throws IOException {
        return new OurRuntime(Engines.create(), Files.readAllBytes(guest.file()));
    }

    static void check(List<Step> steps, Performer ours, Performer rules, String seed) throws IOException {
        Comparison comparison = Comparison.of(steps, ours, rules);

        assertThat(comparison.differences()).as(seed).isEmpty();
        assertThat(comparison.steps()).isEqualTo(steps.size());
    }
}
