package dev.wattle.cli;

import dev.wattle.cli.ComponentFile.Export;
import dev.wattle.host.wasi.WasiContext;
import dev.wattle.host.wasi.WasiImports;
import dev.wattle.wit.Wave;
import dev.wattle.wit.WaveCall;
import dev.wattle.wit.WaveException;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// `wattle call`: one component, one function, no lattice.
@Command(
        name = "call",
        description = {
            "Calls one function of a component, without a lattice, and prints what it returns.",
            "Arguments and result are in WAVE: 42, \"text\", [1, 2], {field: true}, some(1), err(\"why\").",
            "What the guest writes goes to stderr. Exit codes: 3 when the guest traps, 4 when time runs out.",
        },
        sortOptions = false)
final class CallCommand extends BaseCommand {
    @Parameters(index = "0", paramLabel = "FILE", description = "A component, such as calculator.wasm.")
    private String file = "";

    @Parameters(
            index = "1",
            paramLabel = "CALL",
            description = "Such as 'cyber:math/operations#add(2, 40)', or 'run()' for a function of the world itself.")
    private String call = "";

    @Option(names = "--config", paramLabel = "KEY=VALUE", description = "For wasi:config/store; may be repeated.")
    private List<String> config = List.of();

    @Option(names = "--env", paramLabel = "KEY=VALUE", description = "An environment variable; may be repeated.")
    private List<String> environment = List.of();

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "10s",
            converter = Durations.class,
            description = "How long the call may take (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofSeconds(10);

    CallCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(Output output) {
        WaveCall parsed = parse();
        SortedMap<String, String> settings = Pairs.of("--config", config);
        SortedMap<String, String> variables = Pairs.of("--env", environment);
        ComponentFile component = ComponentFile.load(surroundings(), file);
        Export export = component.find(parsed);
        var context = WasiContext.of("guest")
                .withEnvironment(variables)
                .withConfig(() -> settings)
                .withStdout(line -> say(output, line))
                .withStderr(line -> say(output, line))
                .withLog((level, _, message) -> say(output, level + " " + message));
        var guestCall = new GuestCall(component, export, arguments(parsed, export), timeout);
        answer(output, export, guestCall.run(new WasiImports(context)));
        return ExitCode.OK;
    }

    private WaveCall parse() {
        try {
            return WaveCall.parse(call);
        } catch (WaveException refused) {
            throw CommandFailure.usage(pointed(refused));
        }
    }

    private List<WitValue> arguments(WaveCall parsed, Export export) {
        try {
            return parsed.arguments(export.type());
        } catch (WaveException refused) {
            throw CommandFailure.usage(pointed(refused) + "\nits signature is " + export.signature());
        }
    }

    /// The message with a mark below the place that it means.
    private String pointed(WaveException refused) {
        if (call.codePoints().anyMatch(Character::isISOControl)) {
            return String.valueOf(refused.getMessage());
        }
        return refused.getMessage() + "\n  " + call + "\n  " + " ".repeat(refused.position()) + "^";
    }

    private static void answer(Output output, Export export, Optional<WitValue> result) {
        @Nullable String text = null;
        if (result.isPresent()) {
            WitType type = export.type().result().orElseThrow();
            try {
                text = Wave.print(type, result.get());
            } catch (IllegalArgumentException noText) {
                throw CommandFailure.failed(
                        "the call was made; its result cannot be written as text, as a resource never can: "
                                + export.signature(),
                        noText);
            }
        }
        ObjectNode json = Json.object();
        if (text != null) {
            json.put("result", text);
        }
        output.answer(json, text == null ? "" : text);
    }

    /// A guest's line may hold what a terminal would obey.
    private static void say(Output output, String line) {
        output.err().println(line.replaceAll("[\\p{Cntrl}&&[^\t]]", "?"));
        output.err().flush();
    }
}
