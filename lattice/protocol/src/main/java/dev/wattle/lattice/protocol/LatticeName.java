package dev.wattle.lattice.protocol;

/// Names a lattice: one token of a NATS subject.
public record LatticeName(String value) implements Comparable<LatticeName> {
    public LatticeName {
        Identifiers.require("lattice name", value);
    }

    @Override
    public int compareTo(LatticeName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
