package dev.wattle.control.model;

import dev.wattle.wit.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// JSON trees of what this module stores and answers.
final class Json {
    /// A stored application with all its versions.
    static final int MAX_BYTES = 4 << 20;

    /// An answer around a manifest, whose own depth is limited.
    private static final int MAX_DEPTH = SourceLimits.MAX_DEPTH + 20;

    private static final JsonMapper MAPPER = new JsonMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxDocumentLength(MAX_BYTES)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    static ByteString write(JsonNode node) {
        return ByteString.adopt(text(node).getBytes(StandardCharsets.UTF_8));
    }

    static String text(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }

    static JsonNode parse(String text) {
        return parse(text.getBytes(StandardCharsets.UTF_8));
    }

    static JsonNode parse(ByteString text) {
        return parse(text.toArray());
    }

    private static JsonNode parse(byte[] text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            if (node.isMissingNode()) {
                throw new StoredFormatException("no JSON in " + text.length + " bytes");
            }
            return node;
        } catch (JacksonException damaged) {
            throw new StoredFormatException("not JSON: " + Texts.abbreviate(damaged.getOriginalMessage()));
        }
    }

    /// A leaf as JSON; numbers that JSON does not know stay text.
    static JsonNode scalar(SourceNode.ScalarType type, String text) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (type) {
            case TEXT -> nodes.stringNode(text);
            case NULL -> nodes.nullNode();
            case BOOLEAN -> nodes.booleanNode(text.toLowerCase(Locale.ROOT).equals("true"));
            case INTEGER, DECIMAL ->
                text.matches("-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,17})?") ? parse(text) : nodes.stringNode(text);
        };
    }
}
