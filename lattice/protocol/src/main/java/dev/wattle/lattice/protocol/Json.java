package dev.wattle.lattice.protocol;

import dev.wattle.lattice.protocol.ProtocolException.Code;
import dev.wattle.wit.ByteString;
import java.util.Map;
import java.util.SortedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// JSON as it comes from anybody: strict, without duplicate keys, and bounded.
final class Json {
    /// An inventory of 10,000 components takes some megabytes; nothing that is said in a lattice is larger.
    static final int MAX_BYTES = 16 << 20;

    /// The deepest message (an event with an inventory) has 6 levels.
    static final int MAX_DEPTH = 32;

    /// A configuration value may hold a certificate chain or a small file.
    static final int MAX_STRING_CHARACTERS = 1 << 20;

    /// Keys are names: of fields, labels, annotations, configuration values.
    static final int MAX_NAME_CHARACTERS = 4096;

    /// Digits of the longest number that means anything, with room for a float's.
    private static final int MAX_NUMBER_CHARACTERS = 64;

    private static final JsonMapper MAPPER = new JsonMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxDocumentLength(MAX_BYTES)
                    .maxStringLength(MAX_STRING_CHARACTERS)
                    .maxNameLength(MAX_NAME_CHARACTERS)
                    .maxNumberLength(MAX_NUMBER_CHARACTERS)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    private Json() {}

    static JsonNode parse(ByteString text) {
        if (text.size() > MAX_BYTES) {
            throw new ProtocolException(
                    Code.TOO_LARGE, "$", text.size() + " bytes of JSON; at most " + MAX_BYTES + " are read");
        }
        try {
            JsonNode node = MAPPER.readTree(text.toArray());
            if (node.isMissingNode()) {
                throw new ProtocolException(Code.MALFORMED, "$", "no JSON in " + text.size() + " bytes");
            }
            return node;
        } catch (StreamConstraintsException _) {
            throw new ProtocolException(
                    Code.TOO_LARGE, "$", "deeper than " + MAX_DEPTH + " levels, or a text or number that is too long");
        } catch (JacksonException damaged) {
            // Without the cause: its text may quote what was sent.
            var location = damaged.getLocation();
            String where =
                    location == null ? "$" : "line " + location.getLineNr() + " column " + location.getColumnNr();
            throw new ProtocolException(Code.MALFORMED, where, "not JSON that can be read");
        }
    }

    static JsonObject parseObject(ByteString text) {
        return new JsonObject("$", parse(text));
    }

    static ByteString write(JsonNode node) {
        return ByteString.adopt(MAPPER.writeValueAsBytes(node));
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    static ObjectNode textMap(SortedMap<String, String> map) {
        ObjectNode node = object();
        for (Map.Entry<String, String> entry : map.entrySet()) {
            node.put(entry.getKey(), entry.getValue());
        }
        return node;
    }

    static ArrayNode names(Iterable<?> names) {
        ArrayNode node = array();
        names.forEach(name -> node.add(name.toString()));
        return node;
    }

    /// A string that can be written again: no half of a surrogate pair.
    static String requireText(String where, JsonNode node) {
        if (!node.isString()) {
            throw wrongType(where, "a string", node);
        }
        return requireWhole(where, node.stringValue());
    }

    static String requireWhole(String where, String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (!Character.isSurrogate(unit)) {
                continue;
            }
            if (Character.isHighSurrogate(unit)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else {
                throw new ProtocolException(Code.BAD_VALUE, where, "half of a surrogate pair in the text");
            }
        }
        return text;
    }

    static ProtocolException wrongType(String where, String expected, JsonNode found) {
        String kind = found.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
        return new ProtocolException(Code.WRONG_TYPE, where, "expected " + expected + ", found " + kind);
    }
}
