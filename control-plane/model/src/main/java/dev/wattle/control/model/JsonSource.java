package dev.wattle.control.model;

import dev.wattle.control.model.Problem.Code;
import dev.wattle.control.model.SourceLimits.Unreadable;
import dev.wattle.control.model.SourceNode.Entry;
import dev.wattle.control.model.SourceNode.Mapping;
import dev.wattle.control.model.SourceNode.Scalar;
import dev.wattle.control.model.SourceNode.ScalarType;
import dev.wattle.control.model.SourceNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/// Reads strict JSON, token by token, with the same limits as YAML.
final class JsonSource {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    // Ours speak first, with a better message.
                    .maxNestingDepth(SourceLimits.MAX_DEPTH * 2)
                    .maxDocumentLength(SourceLimits.MAX_BYTES * 2L)
                    .maxNumberLength(1000)
                    .build())
            .build();

    private final JsonParser parser;
    private final Problems problems;
    private final SourceLimits limits = new SourceLimits();

    private JsonSource(JsonParser parser, Problems problems) {
        this.parser = parser;
        this.problems = problems;
    }

    /// The one value of `text`.
    ///
    /// @throws Unreadable when it cannot be read to its end
    static SourceNode read(String text, Problems problems) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            return new JsonSource(parser, problems).document();
        } catch (JacksonException syntax) {
            TokenStreamLocation at = syntax.getLocation();
            Place place =
                    at == null ? Place.START : new Place(Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()));
            throw new Unreadable(
                    Code.SYNTAX, place, "not JSON: " + Texts.abbreviate(String.valueOf(syntax.getOriginalMessage())));
        }
    }

    private SourceNode document() {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new Unreadable(Code.SYNTAX, Place.START, "the text is empty; expected a manifest");
        }
        SourceNode root = node(first, 1);
        if (parser.nextToken() != null) {
            throw new Unreadable(Code.SYNTAX, place(), "more text after the end of the manifest");
        }
        return root;
    }

    private SourceNode node(JsonToken token, int depth) {
        Place place = place();
        limits.enter(depth, place);
        return switch (token) {
            case START_OBJECT -> mapping(place, depth);
            case START_ARRAY -> sequence(place, depth);
            case VALUE_STRING -> new Scalar(place, ScalarType.TEXT, parser.getString());
            case VALUE_NUMBER_INT -> new Scalar(place, ScalarType.INTEGER, parser.getString());
            case VALUE_NUMBER_FLOAT -> new Scalar(place, ScalarType.DECIMAL, parser.getString());
            case VALUE_TRUE, VALUE_FALSE -> new Scalar(place, ScalarType.BOOLEAN, parser.getString());
            case VALUE_NULL -> new Scalar(place, ScalarType.NULL, "null");
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new Unreadable(Code.SYNTAX, place, "not JSON: unexpected " + token);
        };
    }

    private SourceNode sequence(Place place, int depth) {
        List<SourceNode> elements = new ArrayList<>();
        int size = 1;
        for (JsonToken token = next(); token != JsonToken.END_ARRAY; token = next()) {
            SourceNode element = node(token, depth + 1);
            elements.add(element);
            size += element.size();
        }
        return new Sequence(place, List.copyOf(elements), size);
    }

    private SourceNode mapping(Place place, int depth) {
        List<Entry> entries = new ArrayList<>();
        var keys = new SourceLimits.Keys();
        int size = 1;
        for (JsonToken token = next(); token != JsonToken.END_OBJECT; token = next()) {
            Place keyPlace = place();
            String key = parser.getString();
            SourceNode value = node(next(), depth + 1);
            if (keys.add(key, keyPlace, problems)) {
                entries.add(new Entry(keyPlace, key, value));
                size += value.size();
            }
        }
        return new Mapping(place, List.copyOf(entries), size);
    }

    private JsonToken next() {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw new Unreadable(Code.SYNTAX, place(), "not JSON: the text ends in the middle");
        }
        return token;
    }

    private Place place() {
        TokenStreamLocation at = parser.currentTokenLocation();
        return new Place(Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()));
    }
}
