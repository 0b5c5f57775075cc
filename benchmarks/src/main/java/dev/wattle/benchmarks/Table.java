package dev.wattle.benchmarks;

import java.util.List;

/// Lines of Markdown under one header, with a sentence before them.
record Table(String caption, String header, List<String> lines) {
    Table {
        lines = List.copyOf(lines);
    }

    /// Ours beside an anchor.
    static Table of(List<Row> rows) {
        return captioned("", rows);
    }

    static Table captioned(String caption, List<Row> rows) {
        return new Table(caption, Row.HEADER, rows.stream().map(Row::toMarkdown).toList());
    }

    String toMarkdown() {
        String before = caption.isEmpty() ? "" : caption + "\n\n";
        return before + header + String.join("\n", lines) + "\n";
    }
}
