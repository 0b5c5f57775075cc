package dev.wattle.cli;

import dev.wattle.lattice.protocol.ComponentAuction;
import dev.wattle.lattice.protocol.ComponentAuctionAck;
import dev.wattle.lattice.protocol.ControlOperation;
import dev.wattle.lattice.protocol.ControlResponse;
import dev.wattle.lattice.protocol.HostId;
import dev.wattle.lattice.protocol.ProviderAuction;
import dev.wattle.lattice.protocol.ProviderAuctionAck;
import dev.wattle.lattice.protocol.ScaleComponentCommand;
import dev.wattle.lattice.protocol.StartProviderCommand;
import dev.wattle.lattice.protocol.WorkloadId;
import dev.wattle.wit.ByteString;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// `wattle start`: a component or a provider, on a host that can.
@Command(
        name = "start",
        description = "Starts a component or a provider, without an application.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {StartCommand.Component.class, StartCommand.Provider.class})
final class StartCommand {
    private StartCommand() {}

    /// What both have.
    abstract static class Start extends BaseCommand {
        @Mixin
        private LatticeOptions options = new LatticeOptions();

        @Parameters(index = "0", paramLabel = "IMAGE", description = "Such as file:components/prebuilt/converter.wasm.")
        private String image = "";

        @Parameters(index = "1", paramLabel = "ID", description = "Its name in the lattice.")
        private String id = "";

        @Option(names = "--host-id", paramLabel = "HOST", description = "Where (default: a host that can).")
        private Optional<String> host = Optional.empty();

        @Option(
                names = {"-c", "--constraint"},
                paramLabel = "LABEL=VALUE",
                description = "What the host must have.")
        private List<String> constraints = List.of();

        @Option(names = "--config", paramLabel = "NAME", description = "A configuration; may be repeated.")
        private List<String> config = List.of();

        Start(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        final int run(Output output) {
            WorkloadId workload = Ids.workload(id);
            SortedMap<String, String> labels = Pairs.of("--constraint", constraints);
            String reference = ImageReference.absolute(image, surroundings().directory());
            try (Lattice lattice = options.connect(surroundings())) {
                HostId chosen = host.isPresent()
                        ? lattice.host(host.get()).id()
                        : auction(lattice, workload, reference, labels);
                start(lattice, chosen, workload, reference, config);
                ObjectNode json = Json.object();
                json.put(kind() + "_id", id);
                json.put(kind() + "_ref", reference);
                json.put("host_id", chosen.value());
                output.answer(json, "Host " + chosen + " starts " + kind() + " '" + id + "'");
                return ExitCode.OK;
            }
        }

        abstract String kind();

        abstract HostId auction(Lattice lattice, WorkloadId id, String image, SortedMap<String, String> labels);

        abstract void start(Lattice lattice, HostId host, WorkloadId id, String image, List<String> config);

        /// The first by id of those that answer, so that the same question gets the same answer.
        static HostId first(List<ControlResponse> answers, Function<ByteString, HostId> reader) {
            return answers.stream()
                    .map(ControlResponse::requireResponse)
                    .map(reader)
                    .min(HostId::compareTo)
                    .orElseThrow(() -> CommandFailure.failed(
                            "no host can run it: its labels do not fit, or it runs there already"));
        }
    }

    /// `wattle start component`.
    @Command(name = "component", description = "Starts a component.", sortOptions = false)
    static final class Component extends Start {
        @Option(
                names = "--max-instances",
                paramLabel = "N",
                defaultValue = "1",
                description = "How many calls may run at once (default: ${DEFAULT-VALUE}).")
        private int maxInstances = 1;

        Component(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        String kind() {
            return "component";
        }

        @Override
        HostId auction(Lattice lattice, WorkloadId id, String image, SortedMap<String, String> labels) {
            ByteString payload = new ComponentAuction(id, image, labels).toJson();
            return first(
                    lattice.askAll(new ControlOperation.AuctionComponent(), payload),
                    json -> ComponentAuctionAck.fromJson(json).hostId());
        }

        @Override
        void start(Lattice lattice, HostId host, WorkloadId id, String image, List<String> config) {
            if (maxInstances < 1) {
                throw CommandFailure.usage("--max-instances is at least 1");
            }
            var command = new ScaleComponentCommand(
                    id,
                    image,
                    Collections.emptySortedMap(),
                    maxInstances,
                    Optional.empty(),
                    Optional.of(host),
                    Ids.configs(config),
                    false);
            lattice.ask(new ControlOperation.ScaleComponent(host), command.toJson());
        }
    }

    /// `wattle start provider`.
    @Command(name = "provider", description = "Starts a provider.", sortOptions = false)
    static final class Provider extends Start {
        Provider(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        String kind() {
            return "provider";
        }

        @Override
        HostId auction(Lattice lattice, WorkloadId id, String image, SortedMap<String, String> labels) {
            ByteString payload = new ProviderAuction(id, image, labels).toJson();
            return first(
                    lattice.askAll(new ControlOperation.AuctionProvider(), payload),
                    json -> ProviderAuctionAck.fromJson(json).hostId());
        }

        @Override
        void start(Lattice lattice, HostId host, WorkloadId id, String image, List<String> config) {
            var command = new StartProviderCommand(
                    id, image, Optional.of(host), Ids.configs(config), Collections.emptySortedMap());
            lattice.ask(new ControlOperation.StartProvider(host), command.toJson());
        }
    }
}
