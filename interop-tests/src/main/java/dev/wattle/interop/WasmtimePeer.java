package dev.wattle.interop;

import dev.wattle.wit.FunctionType;
import dev.wattle.wit.WitType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The same guest on wasmtime, in a process of Python: `peers/wasmtime_peer.py`. One thread.
final class WasmtimePeer implements Performer {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Process process;
    private final Writer commands;
    private final BufferedReader answers;

    private WasmtimePeer(Process process) {
        this.process = process;
        this.commands = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /// @param packages the folder with the package `wasmtime` of Python
    static WasmtimePeer start(Path home, Path packages, Path component) throws IOException {
        var builder = new ProcessBuilder(
                        "python3",
                        home.resolve("interop-tests/peers/wasmtime_peer.py").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("PYTHONPATH", packages.toString());
        var peer = new WasmtimePeer(builder.start());
        ObjectNode load = command("load");
        load.put("file", component.toString());
        peer.ask(load);
        return peer;
    }

    @Override
    public Outcome perform(Step step) throws IOException {
        ObjectNode answer = ask(written(step));
        JsonNode detail = answer.remove("detail");
        return new Outcome(answer, Optional.ofNullable(detail).map(JsonNode::stringValue));
    }

    @Override
    public double nanosPerCall(Step.Call call, int times) throws IOException {
        ObjectNode command = written(call);
        command.put("do", "time").put("times", times);
        JsonNode nanos = ask(command).get("nanos");
        return nanos.isNumber() ? nanos.doubleValue() : Double.NaN;
    }

    private static ObjectNode written(Step step) {
        return switch (step) {
            case Step.Fresh _ -> command("fresh");
            case Step.Drop(var name) -> command("drop").put("name", name);
            case Step.Call call -> written(call);
        };
    }

    private static ObjectNode written(Step.Call call) {
        List<WitType> parameters = call.type().parameters().stream()
                .map(FunctionType.Parameter::type)
                .toList();
        ObjectNode command =
                command("call").put("interface", call.interfaceName()).put("function", call.function());
        command.set("arguments", ValueJson.row(call.arguments(), parameters));
        call.answer()
                .ifPresent(answer -> command.set(
                        "answer", ValueJson.of(answer, call.type().result().orElseThrow())));
        ArrayNode keep = command.putArray("keep");
        call.keep().forEach(keep::add);
        return command;
    }

    private static ObjectNode command(String name) {
        return JSON.createObjectNode().put("do", name);
    }

    private ObjectNode ask(ObjectNode command) throws IOException {
        commands.write(JSON.writeValueAsString(command) + "\n");
        commands.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("wasmtime's process ended at " + command);
        }
        return (ObjectNode) JSON.readTree(answer);
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        commands.close();
        answers.close();
    }
}
