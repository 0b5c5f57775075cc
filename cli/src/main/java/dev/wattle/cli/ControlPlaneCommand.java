package dev.wattle.cli;

import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `wattle control-plane`: one control plane, until it is told to stop. Started by `wattle up`.
@Command(name = "control-plane", hidden = true, description = "Runs one control plane until it is told to stop.")
final class ControlPlaneCommand extends BaseCommand {
    @Option(names = "--settings", required = true, paramLabel = "FILE", description = "A file that 'wattle up' wrote.")
    private String settings = "";

    ControlPlaneCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(Output output) {
        ControlPlaneProcessSettings process = ControlPlaneProcessSettings.fromJson(Json.parse(
                InputFile.read("file of settings", settings, surroundings().resolve(settings))));
        RunningControlPlane running =
                RunningControlPlane.start(process.lattice(), process.natsUrl(), process.credentials());
        ProcessLife.onStop("control-plane", running::close);
        ProcessLife.watch(process.guard(), true, process.home());
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ExitCode.OK;
    }
}
