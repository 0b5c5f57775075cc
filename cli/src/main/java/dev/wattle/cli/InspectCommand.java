package dev.wattle.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// `wattle inspect`: what a component wants and gives.
@Command(name = "inspect", description = "Prints the imports and exports of a component as WIT.")
final class InspectCommand extends BaseCommand {
    @Parameters(paramLabel = "FILE", description = "A component, such as converter.wasm.")
    private String file = "";

    InspectCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(Output output) {
        ComponentFile component = ComponentFile.load(surroundings(), file);
        ObjectNode json = Json.object();
        json.set("imports", Json.texts(component.component().type().imports().keySet()));
        json.set("exports", Json.texts(component.component().type().exports().keySet()));
        json.put("wit", component.component().wit());
        output.answer(json, component.component().wit());
        return ExitCode.OK;
    }
}
