package dev.wattle.cli;

import dev.wattle.lattice.protocol.ConfigName;
import dev.wattle.lattice.protocol.ControlJson;
import dev.wattle.lattice.protocol.ControlOperation;
import dev.wattle.lattice.protocol.ControlResponse;
import dev.wattle.wit.ByteString;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// `wattle config`: named values for components, providers and links.
@Command(
        name = "config",
        description = "Keeps named values in the lattice.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ConfigCommand.Put.class, ConfigCommand.Get.class, ConfigCommand.Delete.class})
final class ConfigCommand {
    /// Entries of that name are references to secrets.
    private static final String SECRET = "SECRET";

    private ConfigCommand() {}

    private static ConfigName name(String text) {
        if (text.toUpperCase(Locale.ROOT).startsWith(SECRET)) {
            throw CommandFailure.usage("names that begin with " + SECRET + " are for references to secrets");
        }
        return Ids.config(text);
    }

    private static ObjectNode done(String message) {
        ObjectNode json = Json.object();
        json.put("message", message);
        return json;
    }

    /// `wattle config put`.
    @Command(name = "put", description = "Keeps values under a name, in place of those that it has.")
    static final class Put extends BaseCommand {
        @Mixin
        private LatticeOptions options = new LatticeOptions();

        @Parameters(index = "0", paramLabel = "NAME", description = "Letters, digits, '_' and '-'.")
        private String name = "";

        @Parameters(index = "1..*", arity = "1..*", paramLabel = "KEY=VALUE", description = "The values.")
        private List<String> values = List.of();

        Put(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        int run(Output output) {
            ConfigName config = name(name);
            SortedMap<String, String> texts = Pairs.of("config put", values);
            try (Lattice lattice = options.connect(surroundings())) {
                lattice.ask(new ControlOperation.PutConfig(config), ControlJson.writeTexts(texts));
            }
            String message = "Configuration '" + name + "' put";
            output.answer(done(message), message);
            return ExitCode.OK;
        }
    }

    /// `wattle config get`: in JSON the map alone, as `wash` has it.
    @Command(name = "get", description = "Shows the values of a name.")
    static final class Get extends BaseCommand {
        @Mixin
        private LatticeOptions options = new LatticeOptions();

        @Parameters(paramLabel = "NAME", description = "Which.")
        private String name = "";

        Get(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        int run(Output output) {
            ConfigName config = name(name);
            try (Lattice lattice = options.connect(surroundings())) {
                ControlResponse found = lattice.ask(new ControlOperation.FindConfig(config), ByteString.EMPTY);
                SortedMap<String, String> texts = found.response()
                        .map(ControlJson::readTexts)
                        .orElseThrow(() -> CommandFailure.failed("there is no configuration '" + name + "'"));
                var table = new Table("KEY", "VALUE");
                texts.forEach(table::row);
                output.plainAnswer(
                        Json.map(texts), table.text(output.colours(), "(empty)").stripTrailing());
                return ExitCode.OK;
            }
        }
    }

    /// `wattle config del`.
    @Command(name = "del", aliases = "delete", description = "Deletes a name and its values.")
    static final class Delete extends BaseCommand {
        @Mixin
        private LatticeOptions options = new LatticeOptions();

        @Parameters(paramLabel = "NAME", description = "Which.")
        private String name = "";

        Delete(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        int run(Output output) {
            ConfigName config = name(name);
            try (Lattice lattice = options.connect(surroundings())) {
                lattice.ask(new ControlOperation.DeleteConfig(config), ByteString.EMPTY);
            }
            String message = "Configuration '" + name + "' deleted";
            output.answer(done(message), message);
            return ExitCode.OK;
        }
    }
}
