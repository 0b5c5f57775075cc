package dev.wattle.cli;

import dev.wattle.lattice.protocol.ControlOperation;
import dev.wattle.lattice.protocol.HostId;
import dev.wattle.lattice.protocol.HostInventory;
import dev.wattle.lattice.protocol.HostSummary;
import dev.wattle.lattice.protocol.ScaleComponentCommand;
import dev.wattle.lattice.protocol.StopHostCommand;
import dev.wattle.lattice.protocol.StopProviderCommand;
import dev.wattle.lattice.protocol.WorkloadId;
import dev.wattle.wit.ByteString;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// `wattle stop`: a component, a provider, or a host.
@Command(
        name = "stop",
        description = "Stops a component, a provider, or a host.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {StopCommand.Component.class, StopCommand.Provider.class, StopCommand.Host.class})
final class StopCommand {
    private StopCommand() {}

    private static HostInventory inventory(Lattice lattice, HostId host) {
        return HostInventory.fromJson(lattice.ask(new ControlOperation.Inventory(host), ByteString.EMPTY)
                .requireResponse());
    }

    private static void answer(Output output, String kind, String id, HostId host) {
        String result = "Host " + host + " stops " + kind + " '" + id + "'";
        ObjectNode json = Json.object();
        json.put("host_id", host.value());
        json.put(kind + "_id", id);
        json.put("result", result);
        output.answer(json, result);
    }

    /// `wattle stop component`.
    @Command(name = "component", description = "Stops a component on one host.")
    static final class Component extends BaseCommand {
        @Mixin
        private LatticeOptions options = new LatticeOptions();

        @Parameters(index = "0", paramLabel = "HOST", description = "An id, the beginning of one, or a part of a name.")
        private String host = "";

        @Parameters(index = "1", paramLabel = "ID", description = "Its name in the lattice.")
        private String id = "";

        Component(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        int run(Output output) {
            WorkloadId workload = Ids.workload(id);
            try (Lattice lattice = options.connect(surroundings())) {
                HostId chosen = lattice.host(host).id();
                var running = inventory(lattice, chosen).components().stream()
                        .filter(component -> component.id().equals(workload))
                        .toList();
                if (running.isEmpty()) {
                    throw CommandFailure.failed("host " + chosen + " does not run component '" + id + "'");
                }
                // The host tells what it runs apart by these.
                for (var component : running) {
                    var command = new ScaleComponentCommand(
                            workload,
                            component.imageRef(),
                            component.annotations(),
                            0,
                            Optional.empty(),
                            Optional.of(chosen),
                            List.of(),
                            false);
                    lattice.ask(new ControlOperation.ScaleComponent(chosen), command.toJson());
                }
                answer(output, "component", id, chosen);
                return ExitCode.OK;
            }
        }
    }

    /// `wattle stop provider`.
    @Command(name = "provider", description = "Stops a provider on one host.")
    static final class Provider extends BaseCommand {
        @Mixin
        private LatticeOptions options = new LatticeOptions();

        @Parameters(index = "0", paramLabel = "HOST", description = "An id, the beginning of one, or a part of a name.")
        private String host = "";

        @Parameters(index = "1", paramLabel = "ID", description = "Its name in the lattice.")
        private String id = "";

        Provider(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        int run(Output output) {
            WorkloadId workload = Ids.workload(id);
            try (Lattice lattice = options.connect(surroundings())) {
                HostId chosen = lattice.host(host).id();
                ByteString payload = new StopProviderCommand(workload, Optional.of(chosen)).toJson();
                lattice.ask(new ControlOperation.StopProvider(chosen), payload);
                answer(output, "provider", id, chosen);
                return ExitCode.OK;
            }
        }
    }

    /// `wattle stop host`.
    @Command(name = "host", description = "Stops a host: it finishes its calls and leaves the lattice.")
    static final class Host extends BaseCommand {
        @Mixin
        private LatticeOptions options = new LatticeOptions();

        @Parameters(paramLabel = "HOST", description = "An id, the beginning of one, or a part of a name.")
        private String host = "";

        Host(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        int run(Output output) {
            try (Lattice lattice = options.connect(surroundings())) {
                HostSummary summary = lattice.host(host);
                HostId chosen = summary.id();
                long drainMillis = Processes.DRAIN.toMillis();
                lattice.ask(
                        new ControlOperation.StopHost(chosen),
                        new StopHostCommand(Optional.of(chosen), OptionalLong.of(drainMillis)).toJson());
                remember(summary.friendlyName(), output);
                String result = "Host " + chosen + " stops";
                ObjectNode json = Json.object();
                json.put("host_id", chosen.value());
                json.put("result", result);
                output.answer(json, result);
                return ExitCode.OK;
            }
        }

        /// The host stops in any case: a disk that is full only makes `up` call it lost.
        private void remember(String name, Output output) {
            try {
                options.ownState(surroundings())
                        .ifPresent(folder -> folder.load().ifPresent(state -> folder.save(state.stopping(name))));
            } catch (CommandFailure notKept) {
                output.note(String.valueOf(notKept.getMessage()));
            }
        }
    }
}
