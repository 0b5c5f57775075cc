package dev.wattle.cli;

import dev.wattle.control.model.Manifest;
import dev.wattle.control.model.ManifestWriter;
import dev.wattle.wit.ByteString;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What the control plane is asked about applications: wadm's requests.
record Applications(Lattice lattice) {
    /// An application's name is one token of a subject.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,255}");

    private static final Set<String> FAILED = Set.of("error", "notfound");

    /// A version of an application that the control plane keeps.
    record Kept(String name, String version) {}

    JsonNode list() {
        return ask("list", Optional.empty(), ByteString.EMPTY);
    }

    JsonNode get(String name, Optional<String> version) {
        return ask("get", Optional.of(name), version(version));
    }

    JsonNode status(String name) {
        return ask("status", Optional.of(name), ByteString.EMPTY);
    }

    JsonNode versions(String name) {
        return ask("versions", Optional.of(name), ByteString.EMPTY);
    }

    Kept put(Manifest manifest) {
        JsonNode answer = ask("put", Optional.empty(), ManifestWriter.write(manifest));
        return new Kept(
                answer.path("name").asString(manifest.name().value()),
                answer.path("current_version").asString(""));
    }

    JsonNode deploy(String name, Optional<String> version) {
        return ask("deploy", Optional.of(name), version(version));
    }

    JsonNode undeploy(String name) {
        return ask("undeploy", Optional.of(name), ByteString.EMPTY);
    }

    JsonNode delete(String name, Optional<String> version) {
        return ask("del", Optional.of(name), version(version));
    }

    private static ByteString version(Optional<String> version) {
        ObjectNode json = Json.object();
        version.ifPresent(text -> json.put("version", text));
        return Json.bytes(json);
    }

    private JsonNode ask(String operation, Optional<String> name, ByteString payload) {
        name.filter(text -> !NAME.matcher(text).matches()).ifPresent(text -> {
            throw CommandFailure.usage("'" + text + "' is no name of an application: letters, digits, '_' and '-'");
        });
        String subject = "wadm.api." + lattice.name() + ".model." + operation
                + name.map(text -> "." + text).orElse("");
        JsonNode answer =
                parse(lattice.request(subject, payload, "no control plane of lattice '" + lattice.name() + "' answers")
                        .payload());
        if (answer.isObject() && FAILED.contains(answer.path("result").asString(""))) {
            throw CommandFailure.failed(answer.path("message").asString("refused, without a reason"));
        }
        return answer;
    }

    private static JsonNode parse(ByteString payload) {
        try {
            return Json.parse(payload);
        } catch (JacksonException e) {
            throw CommandFailure.failed("the control plane sent an answer that is no JSON", e);
        }
    }
}
