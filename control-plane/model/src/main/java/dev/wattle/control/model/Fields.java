package dev.wattle.control.model;

import dev.wattle.control.model.Problem.Code;
import dev.wattle.control.model.SourceNode.Entry;
import dev.wattle.control.model.SourceNode.Mapping;
import dev.wattle.control.model.SourceNode.Scalar;
import dev.wattle.control.model.SourceNode.ScalarType;
import dev.wattle.control.model.SourceNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

/// Reads the fields of one mapping and tells what is wrong with them; [#end()] tells which fields nobody asked
/// for.
final class Fields {
    private static final Mapping NOTHING = new Mapping(Place.START, List.of(), 1);

    private final Problems problems;
    private final Place place;
    private final String path;
    private final Mapping mapping;
    private final boolean readable;
    private final Set<String> known = new LinkedHashSet<>();

    Fields(Problems problems, String path, SourceNode node) {
        this.problems = problems;
        this.place = node.place();
        this.path = path;
        this.readable = node instanceof Mapping;
        this.mapping = node instanceof Mapping found ? found : NOTHING;
        if (!readable) {
            wrongType(node, path, "a mapping");
        }
    }

    Place place() {
        return place;
    }

    String path() {
        return path;
    }

    String path(String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    /// A value and where it stands.
    record Found<T>(T value, Place place, String path) {}

    /// The field's value; an explicit nothing counts as absent.
    Optional<SourceNode> find(String field) {
        known.add(field);
        return mapping.entries().stream()
                .filter(entry -> entry.key().equals(field))
                .map(Entry::value)
                .filter(value -> !(value instanceof Scalar scalar && scalar.type() == ScalarType.NULL))
                .findFirst();
    }

    private Optional<SourceNode> require(String field) {
        Optional<SourceNode> value = find(field);
        if (value.isEmpty() && readable) {
            missing(field);
        }
        return value;
    }

    void missing(String field) {
        Optional<String> near = Texts.closest(field, unknownKeys());
        problems.error(
                Code.MISSING_FIELD,
                place,
                path,
                "the field '" + field + "' is missing",
                near.map(written -> "is '" + Texts.abbreviate(written) + "' meant to be it?"));
    }

    private List<String> unknownKeys() {
        return mapping.entries().stream()
                .map(Entry::key)
                .filter(key -> !known.contains(key))
                .toList();
    }

    Optional<Found<String>> text(String field) {
        return find(field).flatMap(node -> textOf(node, path(field)));
    }

    Optional<Found<String>> requireText(String field) {
        return require(field).flatMap(node -> textOf(node, path(field)));
    }

    /// A text that is not blank.
    private Optional<Found<String>> textOf(SourceNode node, String where) {
        Optional<Found<String>> text = anyTextOf(node, where);
        if (text.isPresent() && text.get().value().isBlank()) {
            problems.error(Code.BAD_VALUE, node.place(), where, "must not be empty");
            return Optional.empty();
        }
        return text;
    }

    private Optional<Found<String>> anyTextOf(SourceNode node, String where) {
        if (node instanceof Scalar scalar && scalar.type() == ScalarType.TEXT) {
            return Optional.of(new Found<>(scalar.text(), node.place(), where));
        }
        Optional<String> quoted = node instanceof Scalar scalar && scalar.type() != ScalarType.NULL
                ? Optional.of("write it in quotes: \"" + Texts.abbreviate(scalar.text()) + "\"")
                : Optional.empty();
        problems.error(Code.WRONG_TYPE, node.place(), where, "expected text, found " + node.kind(), quoted);
        return Optional.empty();
    }

    /// A whole number from 0 to `max`.
    Optional<Found<Integer>> count(String field, int max) {
        String where = path(field);
        return find(field).flatMap(node -> {
            if (!(node instanceof Scalar scalar) || scalar.type() != ScalarType.INTEGER) {
                wrongType(node, where, "a whole number");
                return Optional.empty();
            }
            try {
                int value = Integer.decode(scalar.text().matches("0[0-9]+") ? "-1" : scalar.text());
                if (value >= 0 && value <= max) {
                    return Optional.of(new Found<>(value, node.place(), where));
                }
            } catch (NumberFormatException outOfRange) {
                // Told below, as any number that is too large.
            }
            problems.error(
                    Code.BAD_VALUE,
                    node.place(),
                    where,
                    "expected 0 to " + max + ", found " + Texts.abbreviate(scalar.text()));
            return Optional.empty();
        });
    }

    Optional<SortedMap<String, String>> textMap(String field) {
        return find(field).map(node -> textMapOf(node, path(field)));
    }

    Optional<SortedMap<String, String>> requireTextMap(String field) {
        return require(field).map(node -> textMapOf(node, path(field)));
    }

    private SortedMap<String, String> textMapOf(SourceNode node, String where) {
        SortedMap<String, String> map = new TreeMap<>();
        if (!(node instanceof Mapping values)) {
            wrongType(node, where, "a mapping of text to text");
            return map;
        }
        for (Entry entry : values.entries()) {
            anyTextOf(entry.value(), where + "." + Texts.abbreviate(entry.key()))
                    .ifPresent(text -> map.put(entry.key(), text.value()));
        }
        return map;
    }

    Optional<Fields> fields(String field) {
        return find(field).map(node -> new Fields(problems, path(field), node));
    }

    Optional<Fields> requireFields(String field) {
        return require(field).map(node -> new Fields(problems, path(field), node));
    }

    /// The elements of a list; none when it is absent.
    <T> List<T> list(String field, BiFunction<String, SourceNode, T> reader) {
        return find(field).map(node -> listOf(node, path(field), reader)).orElseGet(List::of);
    }

    <T> List<T> requireList(String field, BiFunction<String, SourceNode, T> reader) {
        return require(field).map(node -> listOf(node, path(field), reader)).orElseGet(List::of);
    }

    private <T> List<T> listOf(SourceNode node, String where, BiFunction<String, SourceNode, T> reader) {
        if (!(node instanceof Sequence sequence)) {
            wrongType(node, where, "a list");
            return List.of();
        }
        List<T> result = new ArrayList<>();
        int index = 0;
        for (SourceNode element : sequence.elements()) {
            result.add(reader.apply(where + "[" + index++ + "]", element));
        }
        return result;
    }

    /// A list of texts.
    List<Found<String>> requireTexts(String field) {
        return requireList(field, (where, node) -> textOf(node, where)).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private void wrongType(SourceNode node, String where, String expected) {
        problems.error(Code.WRONG_TYPE, node.place(), where, "expected " + expected + ", found " + node.kind());
    }

    /// Tells of every field that was not asked for.
    void end() {
        for (Entry entry : mapping.entries()) {
            if (known.contains(entry.key())) {
                continue;
            }
            problems.error(
                    Code.UNKNOWN_FIELD,
                    entry.keyPlace(),
                    path,
                    "unknown field '" + Texts.abbreviate(entry.key()) + "'; expected " + String.join(", ", known),
                    Texts.closest(entry.key(), known).map(near -> "did you mean '" + near + "'?"));
        }
    }
}
