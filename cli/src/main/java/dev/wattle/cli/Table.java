package dev.wattle.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Rows for people, in columns as wide as what stands in them.
final class Table {
    private static final String GAP = "  ";
    private static final String BOLD = "\u001b[1m";
    private static final String PLAIN = "\u001b[0m";

    private final List<String> head;
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... head) {
        this.head = List.of(head);
    }

    /// One row, with a cell for each column.
    Table row(Object... cells) {
        if (cells.length != head.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + head.size() + " columns");
        }
        rows.add(Arrays.stream(cells).map(cell -> printable(cell.toString())).toList());
        return this;
    }

    /// Names come from elsewhere: none may write to the terminal what is no text.
    static String printable(String cell) {
        return cell.replaceAll("\\p{Cntrl}", "?");
    }

    /// All of it, or `empty` when there is no row.
    String text(boolean colours, String empty) {
        if (rows.isEmpty()) {
            return empty;
        }
        var text = new StringBuilder();
        String title = line(head);
        text.append(colours ? BOLD + title + PLAIN : title).append('\n');
        rows.forEach(row -> text.append(line(row)).append('\n'));
        return text.toString();
    }

    private String line(List<String> cells) {
        var line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            line.append(cell).append(" ".repeat(width(column) - cell.length())).append(GAP);
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        int width = head.get(column).length();
        for (List<String> row : rows) {
            width = Math.max(width, row.get(column).length());
        }
        return width;
    }
}
