package dev.wattle.cli;

import dev.wattle.lattice.protocol.ControlOperation;
import dev.wattle.lattice.protocol.DeleteLabelCommand;
import dev.wattle.lattice.protocol.HostId;
import dev.wattle.lattice.protocol.PutLabelCommand;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// `wattle label`: what a host is good for.
@Command(name = "label", description = "Sets labels of a host, or deletes them.")
final class LabelCommand extends BaseCommand {
    @Mixin
    private LatticeOptions options = new LatticeOptions();

    @Parameters(
            index = "0",
            paramLabel = "HOST",
            description = "An id, the beginning of one, or a part of a friendly name.")
    private String host = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "KEY=VALUE", description = "With --delete: KEY.")
    private List<String> labels = List.of();

    @Option(names = "--delete", description = "Deletes them.")
    private boolean delete;

    LabelCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(Output output) {
        SortedMap<String, String> pairs = Pairs.of("label", delete ? withoutValues(labels) : labels);
        try (Lattice lattice = options.connect(surroundings())) {
            HostId id = lattice.host(host).id();
            for (Map.Entry<String, String> label : pairs.entrySet()) {
                if (delete) {
                    lattice.ask(new ControlOperation.DeleteLabel(id), new DeleteLabelCommand(label.getKey()).toJson());
                } else {
                    lattice.ask(
                            new ControlOperation.PutLabel(id),
                            new PutLabelCommand(label.getKey(), label.getValue()).toJson());
                }
            }
        }
        ObjectNode json = Json.object();
        json.put("deleted", delete);
        json.set("processed", Json.texts(pairs.keySet()));
        output.answer(json, (delete ? "Deleted " : "Set ") + String.join(", ", pairs.keySet()));
        return ExitCode.OK;
    }

    private static List<String> withoutValues(List<String> keys) {
        return keys.stream().map(key -> key.contains("=") ? key : key + "=").toList();
    }
}
