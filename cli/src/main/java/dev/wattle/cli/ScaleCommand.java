package dev.wattle.cli;

import dev.wattle.lattice.protocol.ControlOperation;
import dev.wattle.lattice.protocol.HostId;
import dev.wattle.lattice.protocol.ScaleComponentCommand;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// `wattle scale`: how many calls of a component may run at once.
@Command(
        name = "scale",
        description = "Scales a component on one host.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = ScaleCommand.Component.class)
final class ScaleCommand {
    private ScaleCommand() {}

    /// `wattle scale component`.
    @Command(name = "component", description = "Sets how many calls of a component one host runs at once.")
    static final class Component extends BaseCommand {
        @Mixin
        private LatticeOptions options = new LatticeOptions();

        @Parameters(index = "0", paramLabel = "HOST", description = "An id, the beginning of one, or a part of a name.")
        private String host = "";

        @Parameters(index = "1", paramLabel = "IMAGE", description = "Its image.")
        private String image = "";

        @Parameters(index = "2", paramLabel = "ID", description = "Its name in the lattice.")
        private String id = "";

        @Option(
                names = {"-c", "--max-instances"},
                paramLabel = "N",
                defaultValue = "1",
                description = "0 stops it (default: ${DEFAULT-VALUE}).")
        private int maxInstances = 1;

        @Option(names = "--config", paramLabel = "NAME", description = "A configuration; may be repeated.")
        private List<String> config = List.of();

        Component(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        int run(Output output) {
            if (maxInstances < 0) {
                throw CommandFailure.usage("--max-instances is at least 0");
            }
            try (Lattice lattice = options.connect(surroundings())) {
                HostId chosen = lattice.host(host).id();
                var command = new ScaleComponentCommand(
                        Ids.workload(id),
                        ImageReference.absolute(image, surroundings().directory()),
                        Collections.emptySortedMap(),
                        maxInstances,
                        Optional.empty(),
                        Optional.of(chosen),
                        Ids.configs(config),
                        false);
                lattice.ask(new ControlOperation.ScaleComponent(chosen), command.toJson());
                String result = "Host " + chosen + " scales component '" + id + "' to " + maxInstances;
                ObjectNode json = Json.object();
                json.put("result", result);
                output.answer(json, result);
                return ExitCode.OK;
            }
        }
    }
}
