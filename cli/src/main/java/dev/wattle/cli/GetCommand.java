package dev.wattle.cli;

import dev.wattle.cli.Lattice.HostMatch;
import dev.wattle.lattice.protocol.ControlJson;
import dev.wattle.lattice.protocol.ControlOperation;
import dev.wattle.lattice.protocol.HostId;
import dev.wattle.lattice.protocol.HostInventory;
import dev.wattle.lattice.protocol.HostSummary;
import dev.wattle.lattice.protocol.Link;
import dev.wattle.wit.ByteString;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `wattle get`: what is in the lattice.
@Command(
        name = "get",
        description = "Shows what is in the lattice.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            GetCommand.Hosts.class,
            GetCommand.Inventory.class,
            GetCommand.Links.class,
            GetCommand.Claims.class
        })
final class GetCommand {
    /// Long enough to tell hosts apart, short enough for a table.
    private static final int SHORT_ID = 12;

    /// Labels that every host has tell nothing in a table.
    private static final String BUILT_IN = "hostcore.";

    private static String labels(SortedMap<String, String> labels) {
        return labels.entrySet().stream()
                .filter(label -> !label.getKey().startsWith(BUILT_IN))
                .map(Map.Entry::toString)
                .collect(Collectors.joining(", "));
    }

    /// `wattle get hosts`.
    @Command(name = "hosts", description = "Lists the hosts that answer.")
    static final class Hosts extends BaseCommand {
        @Mixin
        private LatticeOptions options = new LatticeOptions();

        Hosts(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        int run(Output output) {
            try (Lattice lattice = options.connect(surroundings())) {
                ArrayNode list = Json.array();
                var table = new Table("NAME", "ID", "UPTIME", "VERSION", "LABELS");
                for (HostMatch host : lattice.hosts()) {
                    HostSummary summary = host.summary();
                    list.add(Json.parse(host.json()));
                    table.row(
                            summary.friendlyName(),
                            summary.id(),
                            summary.uptimeSeconds() + "s",
                            summary.version(),
                            labels(summary.labels()));
                }
                ObjectNode json = Json.object();
                json.set("hosts", list);
                output.answer(json, table.text(output.colours(), "No host answers."));
                return ExitCode.OK;
            }
        }
    }

    /// `wattle get inventory`.
    @Command(name = "inventory", description = "Lists what hosts run: all of them, or one.")
    static final class Inventory extends BaseCommand {
        @Mixin
        private LatticeOptions options = new LatticeOptions();

        @Parameters(
                arity = "0..1",
                paramLabel = "HOST",
                description = "An id, the beginning of one, or a part of a friendly name.")
        private Optional<String> host = Optional.empty();

        Inventory(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        int run(Output output) {
            try (Lattice lattice = options.connect(surroundings())) {
                List<HostId> hosts = host.isPresent()
                        ? List.of(lattice.host(host.get()).id())
                        : lattice.hosts().stream()
                                .map(found -> found.summary().id())
                                .toList();
                ArrayNode list = Json.array();
                List<HostInventory> inventories = new ArrayList<>();
                for (HostId id : hosts) {
                    ByteString json = lattice.ask(new ControlOperation.Inventory(id), ByteString.EMPTY)
                            .requireResponse();
                    list.add(Json.parse(json));
                    inventories.add(HostInventory.fromJson(json));
                }
                ObjectNode json = Json.object();
                json.set("inventories", list);
                output.answer(json, text(inventories, output.colours()));
                return ExitCode.OK;
            }
        }

        private static String text(List<HostInventory> inventories, boolean colours) {
            if (inventories.isEmpty()) {
                return "No host answers.";
            }
            List<String> parts = new ArrayList<>();
            for (HostInventory inventory : inventories) {
                String head = inventory.friendlyName() + " ("
                        + inventory.hostId().value().substring(0, SHORT_ID) + "…)  " + labels(inventory.labels());
                var table = new Table("KIND", "ID", "MAX", "IMAGE");
                inventory.components().stream()
                        .sorted(Comparator.comparing(HostInventory.ComponentDescription::id))
                        .forEach(one -> table.row("component", one.id(), one.maxInstances(), one.imageRef()));
                inventory.providers().stream()
                        .sorted(Comparator.comparing(HostInventory.ProviderDescription::id))
                        .forEach(one -> table.row(
                                "provider", one.id(), "", one.imageRef().orElse("")));
                parts.add(head.stripTrailing() + "\n"
                        + table.text(colours, "(runs nothing)\n").indent(2));
            }
            return String.join("\n", parts);
        }
    }

    /// `wattle get links`.
    @Command(name = "links", description = "Lists the links of the lattice.")
    static final class Links extends BaseCommand {
        @Mixin
        private LatticeOptions options = new LatticeOptions();

        Links(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        int run(Output output) {
            return list(options, surroundings(), output);
        }

        static int list(LatticeOptions options, Surroundings surroundings, Output output) {
            try (Lattice lattice = options.connect(surroundings)) {
                ByteString links = lattice.ask(new ControlOperation.ListLinks(), ByteString.EMPTY)
                        .requireResponse();
                var table = new Table("SOURCE", "TARGET", "NAME", "INTERFACES");
                ControlJson.readLinks(links).stream()
                        .sorted(Comparator.comparing(Link::source)
                                .thenComparing(Link::target)
                                .thenComparing(Link::name)
                                .thenComparing(Links::interfaces))
                        .forEach(link -> table.row(link.source(), link.target(), link.name(), interfaces(link)));
                ObjectNode json = Json.object();
                json.set("links", Json.parse(links));
                output.answer(json, table.text(output.colours(), "There are no links."));
                return ExitCode.OK;
            }
        }

        private static String interfaces(Link link) {
            return link.witNamespace() + ":" + link.witPackage() + "/" + String.join(",", link.interfaces());
        }
    }

    /// `wattle get claims`.
    @Command(name = "claims", description = "Lists the claims of signed components and providers.")
    static final class Claims extends BaseCommand {
        @Mixin
        private LatticeOptions options = new LatticeOptions();

        Claims(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        int run(Output output) {
            try (Lattice lattice = options.connect(surroundings())) {
                ByteString claims = lattice.ask(new ControlOperation.ListClaims(), ByteString.EMPTY)
                        .requireResponse();
                var table = new Table("SUBJECT", "NAME", "ISSUER", "VERSION");
                for (SortedMap<String, String> claim : ControlJson.readClaims(claims)) {
                    table.row(
                            claim.getOrDefault("sub", ""),
                            claim.getOrDefault("name", ""),
                            claim.getOrDefault("iss", ""),
                            claim.getOrDefault("version", ""));
                }
                ObjectNode json = Json.object();
                json.set("claims", Json.parse(claims));
                output.answer(json, table.text(output.colours(), "There are no claims."));
                return ExitCode.OK;
            }
        }
    }
}
