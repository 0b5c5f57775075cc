package dev.wattle.cli;

import dev.wattle.cli.LatticeState.Member;
import dev.wattle.cli.LatticeState.Role;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How a process that `wattle up` started ends: by a signal, or because its `up` is gone.
final class ProcessLife {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessLife.class);

    private ProcessLife() {}

    /// Runs `stop` when this process is told to end.
    static void onStop(String name, Runnable stop) {
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("wattle-stop").unstarted(() -> {
                    LOG.info("process.stopping name={}", name);
                    try {
                        stop.run();
                    } catch (RuntimeException e) {
                        LOG.error("process.stop.failed name={}", name, e);
                    }
                    LOG.info("process.stopped name={}", name);
                }));
    }

    /// Ends this process when its `up` was killed. With a home, ends the others too, NATS last.
    static void watch(Guard guard, boolean cleansUp, Path home) {
        guard.watch(() -> {
            LOG.warn("process.orphaned reason=\"wattle up is gone\"");
            try {
                if (cleansUp) {
                    cleanUp(new StateFolder(home), guard);
                }
            } catch (CommandFailure e) {
                LOG.error("process.cleanup.failed", e);
            }
            System.exit(ExitCode.FAILED);
        });
    }

    /// The hosts notice by themselves; this waits for them. Then nobody needs the control plane, and then NATS.
    private static void cleanUp(StateFolder folder, Guard guard) {
        List<Member> others = folder
                .load()
                .filter(state ->
                        guard.parent().filter(state.supervisor()::equals).isPresent())
                .map(LatticeState::members)
                .orElse(List.of())
                .stream()
                .filter(member ->
                        member.process().pid() != ProcessHandle.current().pid())
                .toList();
        Processes.stop(
                others.stream().filter(member -> member.role() != Role.NATS).toList());
        // While NATS is still there, this one can say goodbye; it goes down with us, as nobody is left to use it.
        List<Member> servers =
                others.stream().filter(member -> member.role() == Role.NATS).toList();
        if (!others.isEmpty()) {
            Runtime.getRuntime()
                    .addShutdownHook(
                            Thread.ofPlatform().name("wattle-stop-nats").unstarted(() -> {
                                Processes.stop(servers);
                                folder.forget();
                            }));
        }
    }
}
