package dev.wattle.lattice.protocol;

/// Names a link among several of one source and one interface; `default` when nobody says.
public record LinkName(String value) implements Comparable<LinkName> {
    /// The name that nobody has to say.
    public static final LinkName DEFAULT = new LinkName("default");

    public LinkName {
        Identifiers.require("link name", value);
    }

    @Override
    public int compareTo(LinkName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
