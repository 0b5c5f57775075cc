package dev.wattle.control.model;

/// Where something stands in a text; both counted from 1.
public record Place(int line, int column) implements Comparable<Place> {
    /// The beginning.
    static final Place START = new Place(1, 1);

    @Override
    public int compareTo(Place other) {
        return line != other.line ? Integer.compare(line, other.line) : Integer.compare(column, other.column);
    }

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
