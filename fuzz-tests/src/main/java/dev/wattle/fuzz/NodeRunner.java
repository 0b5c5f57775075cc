package dev.wattle.fuzz;

import dev.wattle.fuzz.Case.Argument;
import dev.wattle.fuzz.Case.Call;
import dev.wattle.fuzz.Outcome.Event;
import dev.wattle.host.engine.Trap.Kind;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Runs cases in a node process of its own.
final class NodeRunner implements Runner {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int STOP_SECONDS = 5;

    /// V8 names its traps in words of its own; each message begins with one of these.
    private static final Map<String, Set<Kind>> KINDS = Map.ofEntries(
            Map.entry("unreachable", EnumSet.of(Kind.UNREACHABLE)),
            Map.entry("memory access out of bounds", EnumSet.of(Kind.MEMORY_OUT_OF_BOUNDS)),
            Map.entry("data segment", EnumSet.of(Kind.MEMORY_OUT_OF_BOUNDS)),
            Map.entry("divide by zero", EnumSet.of(Kind.INTEGER_DIVIDE_BY_ZERO)),
            Map.entry("remainder by zero", EnumSet.of(Kind.INTEGER_DIVIDE_BY_ZERO)),
            Map.entry("divide result unrepresentable", EnumSet.of(Kind.INTEGER_OVERFLOW)),
            Map.entry("float unrepresentable", EnumSet.of(Kind.INTEGER_OVERFLOW, Kind.INVALID_CONVERSION)),
            Map.entry("table index is out of bounds", EnumSet.of(Kind.UNDEFINED_ELEMENT, Kind.TABLE_OUT_OF_BOUNDS)),
            Map.entry("table access out of bounds", EnumSet.of(Kind.TABLE_OUT_OF_BOUNDS)),
            Map.entry("table.", EnumSet.of(Kind.TABLE_OUT_OF_BOUNDS)),
            Map.entry("element segment", EnumSet.of(Kind.TABLE_OUT_OF_BOUNDS)),
            Map.entry("null function", EnumSet.of(Kind.UNINITIALIZED_ELEMENT, Kind.INDIRECT_CALL_TYPE_MISMATCH)),
            Map.entry("dereferencing a null", EnumSet.of(Kind.NULL_REFERENCE, Kind.UNINITIALIZED_ELEMENT)),
            Map.entry("rethrowing null", EnumSet.of(Kind.NULL_REFERENCE)),
            Map.entry("exception", EnumSet.of(Kind.UNCAUGHT_EXCEPTION)),
            Map.entry("Maximum call stack", EnumSet.of(Kind.STACK_EXHAUSTED)));

    private final Watchdog watchdog = new Watchdog();
    private final Set<Feature> features;
    private final String executable;
    private Process process;
    private BufferedWriter requests;
    private BufferedReader responses;

    private NodeRunner(String executable, Process process) {
        this.executable = executable;
        this.process = process;
        this.requests = process.outputWriter(StandardCharsets.UTF_8);
        this.responses = process.inputReader(StandardCharsets.UTF_8);
        this.features = probe();
    }

    /// Starts the environment's node, the checkout's own (which `build/node.sh` gets), or the first on the
    /// `PATH`; nothing where there is none.
    static Optional<NodeRunner> open() {
        var home = Path.of(System.getProperty("wattle.home", ".."));
        var named = System.getenv().getOrDefault("WATTLE_NODE", "");
        var own = home.resolve(".wattle").resolve("tools").resolve("node");
        String executable = !named.isBlank()
                ? named
                : Files.isExecutable(own) ? own.toAbsolutePath().toString() : "node";
        try {
            return Optional.of(new NodeRunner(executable, launch(executable)));
        } catch (IOException missing) {
            return Optional.empty();
        }
    }

    private static Process launch(String executable) throws IOException {
        return new ProcessBuilder(executable, "-e", script())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String script() throws IOException {
        try (InputStream in = NodeRunner.class.getResourceAsStream("node-runner.js")) {
            if (in == null) {
                throw new IllegalStateException("node-runner.js is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public String name() {
        return "node";
    }

    @Override
    public Set<Feature> features() {
        return features;
    }

    private Set<Feature> probe() {
        var probes = FeatureProbe.modules();
        send(Map.of(
                "probe",
                probes.values().stream()
                        .map(Base64.getEncoder()::encodeToString)
                        .toList()));
        JsonNode answers = receive().path("valid");
        var found = EnumSet.noneOf(Feature.class);
        int next = 0;
        for (Feature feature : probes.keySet()) {
            if (answers.path(next++).asBoolean()) {
                found.add(feature);
            }
        }
        return found;
    }

    @Override
    public Supplier<Outcome> start(Case tried) {
        var request = new HashMap<>(module(tried));
        request.put("calls", tried.calls().stream().map(NodeRunner::call).toList());
        tried.library().ifPresent(library -> request.put("library", module(library)));
        send(request);
        watchdog.watch(process::destroyForcibly);
        return this::finish;
    }

    private static Map<String, Object> module(Case tried) {
        return Map.of(
                "wasm",
                Base64.getEncoder().encodeToString(tried.binary()),
                "memories",
                tried.memories(),
                "globals",
                tried.globals().stream()
                        .map(global -> Map.of(
                                "name",
                                global.name(),
                                "type",
                                String.valueOf(global.type().letter())))
                        .toList());
    }

    private Outcome finish() {
        try {
            return outcome(receive());
        } catch (IllegalStateException ended) {
            restart();
            return new Outcome.Broken(ended);
        } finally {
            watchdog.rest();
        }
    }

    private void restart() {
        try {
            process.destroyForcibly();
            process = launch(executable);
            requests = process.outputWriter(StandardCharsets.UTF_8);
            responses = process.inputReader(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("node does not start again", e);
        }
    }

    private static Map<String, Object> call(Call call) {
        return Map.of(
                "library",
                call.ofLibrary(),
                "name",
                call.name(),
                "arguments",
                call.arguments().stream().map(NodeRunner::argument).toList(),
                "results",
                call.results().stream()
                        .map(type -> String.valueOf(type.letter()))
                        .reduce("", String::concat));
    }

    private static String argument(Argument argument) {
        return argument.type().letter()
                + switch (argument.type()) {
                    case I32, I64 -> Long.toString(argument.bits());
                    case F32 -> Integer.toHexString((int) argument.bits());
                    case F64 -> Long.toHexString(argument.bits());
                    case V128, FUNCREF, EXTERNREF, EXNREF ->
                        throw new IllegalArgumentException("no number: " + argument);
                };
    }

    private static Outcome outcome(JsonNode response) {
        if (response.has("refused")) {
            return new Outcome.Refused(false, response.path("refused").asString());
        }
        if (response.has("broken")) {
            return new Outcome.Broken(
                    new IllegalStateException(response.path("broken").asString()));
        }
        var events = new ArrayList<Event>();
        for (JsonNode event : response.path("events")) {
            if (event.has("trap")) {
                events.add(new Event.Trapped(kinds(event.path("trap").asString())));
            } else {
                List<String> values = new ArrayList<>();
                event.path("values").forEach(value -> values.add(value.asString()));
                events.add(new Event.Values(values));
            }
        }
        return new Outcome.Ran(events);
    }

    private static Set<Kind> kinds(String message) {
        String words = message.startsWith("WebAssembly.Instance(): ")
                ? message.substring("WebAssembly.Instance(): ".length())
                        .replaceFirst("^(data|element) segment \\d+", "$1 segment")
                : message;
        return KINDS.entrySet().stream()
                .filter(entry -> words.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("node trapped in words that are not known: " + message));
    }

    private void send(Object request) {
        try {
            requests.write(JSON.writeValueAsString(request));
            requests.newLine();
            requests.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("node does not listen any more", e);
        }
    }

    private JsonNode receive() {
        try {
            String line = responses.readLine();
            if (line == null) {
                throw new IllegalStateException("node has ended");
            }
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException("node does not answer any more", e);
        }
    }

    @Override
    public void close() {
        watchdog.close();
        try {
            requests.close();
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
