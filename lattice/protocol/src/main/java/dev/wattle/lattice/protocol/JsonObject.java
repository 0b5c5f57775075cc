package dev.wattle.lattice.protocol;

import dev.wattle.lattice.protocol.ProtocolException.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads the fields of one JSON object and knows where it stands. `null` counts as absent; fields that nobody
/// asks for are ignored.
final class JsonObject {
    private final String where;
    private final JsonNode node;

    JsonObject(String where, JsonNode node) {
        if (!node.isObject()) {
            throw Json.wrongType(where, "an object", node);
        }
        this.where = where;
        this.node = node;
    }

    String where(String field) {
        return where + "." + field;
    }

    Optional<JsonNode> find(String field) {
        @Nullable JsonNode value = node.get(field);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
    }

    JsonNode require(String field) {
        return find(field).orElseThrow(() -> missing(field));
    }

    ProtocolException missing(String field) {
        return new ProtocolException(Code.MISSING, where(field), "is required");
    }

    Optional<String> findText(String field) {
        return find(field).map(value -> Json.requireText(where(field), value));
    }

    String text(String field) {
        return Json.requireText(where(field), require(field));
    }

    String text(String field, String whenAbsent) {
        return findText(field).orElse(whenAbsent);
    }

    /// A text that becomes a value object, whose own refusal is told with the place.
    <T> T parsed(String field, Function<String, T> parser) {
        return parse(where(field), text(field), parser);
    }

    /// The same for a field that may be absent or empty.
    <T> Optional<T> findParsed(String field, Function<String, T> parser) {
        return findText(field).filter(text -> !text.isEmpty()).map(text -> parse(where(field), text, parser));
    }

    boolean flag(String field) {
        JsonNode value = require(field);
        if (!value.isBoolean()) {
            throw Json.wrongType(where(field), "true or false", value);
        }
        return value.booleanValue();
    }

    boolean flag(String field, boolean whenAbsent) {
        return find(field).isEmpty() ? whenAbsent : flag(field);
    }

    /// An integer, 0 or above.
    OptionalLong findCount(String field) {
        Optional<JsonNode> found = find(field);
        if (found.isEmpty()) {
            return OptionalLong.empty();
        }
        long value = integer(field, found.get());
        if (value < 0) {
            throw new ProtocolException(Code.BAD_VALUE, where(field), "must not be negative: " + value);
        }
        return OptionalLong.of(value);
    }

    long count(String field) {
        return findCount(field).orElseThrow(() -> missing(field));
    }

    /// A `u32` as Java's `int`: what lies above is cut to the largest, since it says "without limit".
    int instances(String field, long whenAbsent) {
        return (int) Math.min(findCount(field).orElse(whenAbsent), Integer.MAX_VALUE);
    }

    int number(String field) {
        long value = integer(field, require(field));
        if (value != (int) value) {
            throw new ProtocolException(Code.BAD_VALUE, where(field), "does not fit in 32 bits: " + value);
        }
        return (int) value;
    }

    private long integer(String field, JsonNode value) {
        if (!value.isIntegralNumber()) {
            throw Json.wrongType(where(field), "an integer", value);
        }
        if (!value.canConvertToLong()) {
            throw new ProtocolException(Code.BAD_VALUE, where(field), "does not fit in 64 bits");
        }
        return value.longValue();
    }

    /// An object of strings; empty when absent.
    SortedMap<String, String> textMap(String field) {
        return find(field).map(value -> textMap(where(field), value)).orElseGet(TreeMap::new);
    }

    SortedMap<String, String> requireTextMap(String field) {
        return textMap(where(field), require(field));
    }

    static SortedMap<String, String> textMap(String where, JsonNode value) {
        if (!value.isObject()) {
            throw Json.wrongType(where, "an object of strings", value);
        }
        SortedMap<String, String> map = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            String key = Json.requireWhole(where, entry.getKey());
            map.put(key, Json.requireText(where + "[" + Identifiers.abbreviate(key) + "]", entry.getValue()));
        }
        return map;
    }

    Optional<JsonObject> findObject(String field) {
        return find(field).map(value -> new JsonObject(where(field), value));
    }

    JsonObject object(String field) {
        return new JsonObject(where(field), require(field));
    }

    <T> List<T> objects(String field, Function<JsonObject, T> reader) {
        return elements(where(field), require(field), (place, element) -> reader.apply(new JsonObject(place, element)));
    }

    /// A list of texts; empty when absent.
    <T> List<T> texts(String field, Function<String, T> parser) {
        return find(field)
                .map(value -> elements(
                        where(field),
                        value,
                        (place, element) -> parse(place, Json.requireText(place, element), parser)))
                .orElseGet(List::of);
    }

    static <T> List<T> elements(String where, JsonNode list, ElementReader<T> reader) {
        if (!list.isArray()) {
            throw Json.wrongType(where, "a list", list);
        }
        List<T> result = new ArrayList<>(list.size());
        for (JsonNode element : list.values()) {
            result.add(reader.read(where + "[" + result.size() + "]", element));
        }
        return result;
    }

    private static <T> T parse(String where, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException refused) {
            throw new ProtocolException(Code.BAD_VALUE, where, String.valueOf(refused.getMessage()), refused);
        }
    }

    @FunctionalInterface
    interface ElementReader<T> {
        T read(String where, JsonNode element);
    }
}
