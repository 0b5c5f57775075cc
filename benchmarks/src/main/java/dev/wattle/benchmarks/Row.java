package dev.wattle.benchmarks;

import java.util.Locale;

/// One line of a table: ours, the anchor, and ours as a multiple of the anchor, by round.
record Row(String what, String unit, double ours, double anchor, Statistics.Range ratio) {
    static final String HEADER = """
            | what | ours | anchor | ours ÷ anchor: median (range) |
            |---|---|---|---|
            """;

    static Row of(String what, String unit, double[] ours, double[] anchor) {
        return new Row(
                what,
                unit,
                Statistics.median(ours),
                Statistics.median(anchor),
                Statistics.range(Statistics.ratios(ours, anchor)));
    }

    String toMarkdown() {
        return "| %s | %s %s | %s %s | **%s** (%s–%s) |"
                .formatted(
                        what,
                        digits(ours),
                        unit,
                        digits(anchor),
                        unit,
                        digits(ratio.median()),
                        digits(ratio.smallest()),
                        digits(ratio.largest()));
    }

    /// Three digits that count; more would be noise.
    static String digits(double value) {
        double size = Math.abs(value);
        String format = size >= 99.95 ? "%,.0f" : size >= 9.995 ? "%.1f" : size >= 0.9995 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }
}
