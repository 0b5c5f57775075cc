package dev.wattle.cli;

import dev.wattle.cli.LatticeState.Member;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import tools.jackson.databind.node.ObjectNode;

/// `wattle down`: stops what `wattle up` started in this checkout, and nothing else.
@Command(
        name = "down",
        description =
                "Stops the lattice that 'wattle up' started in this checkout. What it keeps stays for the next one.")
final class DownCommand extends BaseCommand {
    /// It stops hosts, control plane and NATS, each with its own patience.
    private static final Duration SUPERVISOR = Duration.ofSeconds(40);

    DownCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(Output output) {
        var folder = new StateFolder(surroundings().home());
        Optional<LatticeState> state = folder.load();
        if (state.isEmpty()) {
            return nothing(output);
        }
        stopSupervisor(state.get(), output);
        try (StateFolder.Lock _ = folder.tryLock()
                .orElseThrow(() -> CommandFailure.failed(
                        "another 'wattle up' or 'wattle down' is at work in this checkout; wait for it to end"))) {
            List<Member> alive = folder.load().map(LatticeState::alive).orElse(List.of());
            List<Member> before = state.get().members();
            if (!alive.isEmpty()) {
                output.note("stopping " + names(alive));
            }
            List<Member> left = Processes.stop(alive);
            if (!left.isEmpty()) {
                throw CommandFailure.failed("these would not end: " + names(left));
            }
            folder.forget();
            ObjectNode json = Json.object();
            json.set("stopped", Json.texts(before.stream().map(Member::name).toList()));
            output.answer(json, "Stopped the lattice '" + state.get().lattice() + "'.");
            return ExitCode.OK;
        }
    }

    /// A `wattle up` in the foreground stops its own, and it would report their end as a loss otherwise.
    private static void stopSupervisor(LatticeState state, Output output) {
        state.supervisor().running().ifPresent(supervisor -> {
            if (supervisor.pid() == ProcessHandle.current().pid()) {
                return;
            }
            output.note("stopping 'wattle up' (process " + supervisor.pid() + ")");
            supervisor.destroy();
            Processes.await(SUPERVISOR, () -> !state.supervisor().alive());
        });
    }

    private static int nothing(Output output) {
        ObjectNode json = Json.object();
        json.set("stopped", Json.array());
        output.answer(json, "Nothing runs here.");
        return ExitCode.OK;
    }

    private static String names(List<Member> members) {
        return members.stream().map(Member::name).collect(Collectors.joining(", "));
    }
}
