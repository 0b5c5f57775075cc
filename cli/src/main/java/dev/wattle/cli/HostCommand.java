package dev.wattle.cli;

import dev.wattle.host.node.Node;
import dev.wattle.host.node.NodeSettings;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `wattle host`: one host, until it is told to stop. Started by `wattle up`.
@Command(name = "host", hidden = true, description = "Runs one host until it is told to stop.")
final class HostCommand extends BaseCommand {
    @Option(names = "--settings", required = true, paramLabel = "FILE", description = "A file that 'wattle up' wrote.")
    private String settings = "";

    HostCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(Output output) {
        HostProcessSettings process = HostProcessSettings.fromJson(Json.parse(
                InputFile.read("file of settings", settings, surroundings().resolve(settings))));
        Optional<RunningControlPlane> controlPlane = process.withControlPlane()
                ? Optional.of(RunningControlPlane.start(process.lattice(), process.natsUrl(), process.credentials()))
                : Optional.empty();
        Node node = Node.start(new NodeSettings(
                process.lattice(),
                process.natsUrl(),
                Optional.of(process.credentials()),
                Optional.of(process.friendlyName()),
                process.labels(),
                process.httpAddress(),
                process.allowFiles(),
                process.adminPort(),
                process.hostSeed()));
        ProcessLife.onStop(process.friendlyName(), () -> {
            node.stop(Processes.DRAIN);
            controlPlane.ifPresent(RunningControlPlane::close);
        });
        ProcessLife.watch(process.guard(), process.withControlPlane(), process.home());
        try {
            node.awaitStopped();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ExitCode.OK;
    }
}
