package dev.wattle.cli;

import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Keeps a process from outliving the `wattle up` that it belongs to, when that one is killed and cannot stop
/// it.
///
/// @param parent nothing for a lattice that was detached
record Guard(Optional<ProcessMark> parent) {
    /// A lattice without its `up` is of no use to anybody; two looks a second cost nothing.
    private static final Duration PERIOD = Duration.ofMillis(500);

    static final Guard NONE = new Guard(Optional.empty());

    /// Runs `orphaned` once, on a thread of its own, when the parent is gone.
    void watch(Runnable orphaned) {
        parent.ifPresent(mark -> Thread.ofPlatform()
                .daemon()
                .name("wattle-guard")
                .start(() -> {
                    try {
                        while (mark.alive()) {
                            Thread.sleep(PERIOD);
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        return;
                    }
                    orphaned.run();
                }));
    }

    void write(ObjectNode json) {
        parent.ifPresent(
                mark -> json.putObject("guard").put("pid", mark.pid()).put("start_millis", mark.startMillis()));
    }

    static Guard read(JsonNode json) {
        JsonNode guard = json.path("guard");
        return guard.isMissingNode()
                ? NONE
                : new Guard(Optional.of(new ProcessMark(
                        guard.required("pid").longValue(),
                        guard.required("start_millis").longValue())));
    }
}
