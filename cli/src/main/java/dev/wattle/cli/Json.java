package dev.wattle.cli;

import dev.wattle.wit.ByteString;
import java.util.Collection;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// JSON as this command writes and reads it: compact, keys in the order in which they were put.
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    static ArrayNode texts(Collection<?> values) {
        ArrayNode list = array();
        values.forEach(value -> list.add(value.toString()));
        return list;
    }

    static ObjectNode map(Map<String, String> values) {
        ObjectNode object = object();
        values.forEach(object::put);
        return object;
    }

    /// One line.
    static String compact(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }

    /// For people.
    static String pretty(JsonNode node) {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node);
    }

    /// @throws JacksonException when it is no JSON
    static JsonNode parse(ByteString bytes) {
        return parse(bytes.toArray());
    }

    /// @throws JacksonException when it is no JSON
    static JsonNode parse(byte[] bytes) {
        return MAPPER.readTree(bytes);
    }

    static ByteString bytes(JsonNode node) {
        return ByteString.adopt(MAPPER.writeValueAsBytes(node));
    }
}
