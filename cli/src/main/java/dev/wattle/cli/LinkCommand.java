package dev.wattle.cli;

import dev.wattle.lattice.protocol.ControlOperation;
import dev.wattle.lattice.protocol.DeleteLinkCommand;
import dev.wattle.lattice.protocol.Link;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// `wattle link`: who may call whom.
@Command(
        name = "link",
        description = "Links the imports of one component or provider to the exports of another.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {LinkCommand.Put.class, LinkCommand.Delete.class, LinkCommand.Query.class})
final class LinkCommand {
    private LinkCommand() {}

    /// `wattle link put`.
    @Command(name = "put", description = "Makes a link, or changes its configuration.", sortOptions = false)
    static final class Put extends BaseCommand {
        @Mixin
        private LatticeOptions options = new LatticeOptions();

        @Parameters(index = "0", paramLabel = "SOURCE", description = "The id of the one that calls.")
        private String source = "";

        @Parameters(index = "1", paramLabel = "TARGET", description = "The id of the one that is called.")
        private String target = "";

        @Parameters(index = "2", paramLabel = "NAMESPACE", description = "The WIT namespace, such as wasi.")
        private String namespace = "";

        @Parameters(index = "3", paramLabel = "PACKAGE", description = "The WIT package, such as http.")
        private String witPackage = "";

        @Option(names = "--interface", required = true, paramLabel = "NAME", description = "May be repeated.")
        private List<String> interfaces = List.of();

        @Option(names = "--source-config", paramLabel = "NAME", description = "A configuration for the source.")
        private List<String> sourceConfig = List.of();

        @Option(names = "--target-config", paramLabel = "NAME", description = "A configuration for the target.")
        private List<String> targetConfig = List.of();

        @Option(
                names = {"-l", "--link-name"},
                paramLabel = "NAME",
                defaultValue = "default",
                description = "Default: default.")
        private String name = "default";

        Put(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        int run(Output output) {
            var link = new Link(
                    Ids.workload(source),
                    Ids.workload(target),
                    Ids.link(name),
                    namespace,
                    witPackage,
                    interfaces,
                    Ids.configs(sourceConfig),
                    Ids.configs(targetConfig));
            try (Lattice lattice = options.connect(surroundings())) {
                lattice.ask(new ControlOperation.PutLink(), link.toJson());
            }
            ObjectNode json = Json.object();
            json.put("source_id", source);
            json.put("target", target);
            json.put("name", name);
            json.put("wit_namespace", namespace);
            json.put("wit_package", witPackage);
            output.answer(json, "Linked " + source + " to " + target + " (" + namespace + ":" + witPackage + ")");
            return ExitCode.OK;
        }
    }

    /// `wattle link del`.
    @Command(name = "del", aliases = "delete", description = "Deletes a link.")
    static final class Delete extends BaseCommand {
        @Mixin
        private LatticeOptions options = new LatticeOptions();

        @Parameters(index = "0", paramLabel = "SOURCE", description = "The id of the one that calls.")
        private String source = "";

        @Parameters(index = "1", paramLabel = "NAMESPACE", description = "The WIT namespace.")
        private String namespace = "";

        @Parameters(index = "2", paramLabel = "PACKAGE", description = "The WIT package.")
        private String witPackage = "";

        @Option(
                names = {"-l", "--link-name"},
                paramLabel = "NAME",
                defaultValue = "default",
                description = "Default: default.")
        private String name = "default";

        Delete(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        int run(Output output) {
            var command = new DeleteLinkCommand(Ids.workload(source), Ids.link(name), namespace, witPackage);
            try (Lattice lattice = options.connect(surroundings())) {
                lattice.ask(new ControlOperation.DeleteLink(), command.toJson());
            }
            ObjectNode json = Json.object();
            json.put("source_id", source);
            json.put("name", name);
            json.put("wit_namespace", namespace);
            json.put("wit_package", witPackage);
            output.answer(
                    json, "Deleted the link '" + name + "' of " + source + " (" + namespace + ":" + witPackage + ")");
            return ExitCode.OK;
        }
    }

    /// `wattle link query`.
    @Command(name = "query", description = "Lists the links of the lattice.")
    static final class Query extends BaseCommand {
        @Mixin
        private LatticeOptions options = new LatticeOptions();

        Query(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        int run(Output output) {
            return GetCommand.Links.list(options, surroundings(), output);
        }
    }
}
