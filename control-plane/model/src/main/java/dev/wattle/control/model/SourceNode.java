package dev.wattle.control.model;

import java.util.List;

/// A YAML or JSON text as a tree that knows where each part stands. What the two formats have in common, no
/// more.
sealed interface SourceNode {
    Place place();

    /// What a reader of messages calls it.
    String kind();

    /// How many nodes, itself included.
    int size();

    /// A leaf; `text` is as written, without quotes.
    record Scalar(Place place, ScalarType type, String text) implements SourceNode {
        @Override
        public String kind() {
            return switch (type) {
                case TEXT -> "the text '" + Texts.abbreviate(text) + "'";
                case INTEGER, DECIMAL -> "the number " + Texts.abbreviate(text);
                case BOOLEAN -> text;
                case NULL -> "nothing";
            };
        }

        @Override
        public int size() {
            return 1;
        }
    }

    /// What a leaf is, by YAML's core schema.
    enum ScalarType {
        TEXT,
        INTEGER,
        DECIMAL,
        BOOLEAN,
        NULL
    }

    /// Elements in order.
    record Sequence(Place place, List<SourceNode> elements, int size) implements SourceNode {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /// Fields in order; no key twice.
    record Mapping(Place place, List<Entry> entries, int size) implements SourceNode {
        @Override
        public String kind() {
            return "a mapping";
        }
    }

    /// One field.
    record Entry(Place keyPlace, String key, SourceNode value) {}
}
