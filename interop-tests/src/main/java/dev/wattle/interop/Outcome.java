package dev.wattle.interop;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What came of a step: what the host was asked meanwhile, and the result or that there was a trap. Equal
/// outcomes are equal JSON. How a trap is worded is each runtime's own.
///
/// @param json `{"log": […], "result": …}`, without a result where there is none, `{"log": […], "trap": true}`,
/// or `{"log": [], "impossible": true}`
/// @param detail for people: the message of a trap
record Outcome(ObjectNode json, Optional<String> detail) {
    static Outcome of(ArrayNode log) {
        return new Outcome(object(log), Optional.empty());
    }

    static Outcome of(ArrayNode log, JsonNode result) {
        ObjectNode json = object(log);
        json.set("result", result);
        return new Outcome(json, Optional.empty());
    }

    /// The step wants a resource that was never got, because one before ended in a trap.
    static Outcome impossible(ArrayNode log) {
        return new Outcome(object(log).put("impossible", true), Optional.empty());
    }

    static Outcome trap(ArrayNode log, String message) {
        return new Outcome(object(log).put("trap", true), Optional.of(message));
    }

    boolean trapped() {
        return json.has("trap");
    }

    boolean sameAs(Outcome other) {
        return json.equals(other.json);
    }

    @Override
    public String toString() {
        return json + detail.map(text -> " (" + text + ")").orElse("");
    }

    private static ObjectNode object(ArrayNode log) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("log", log);
        return json;
    }
}
