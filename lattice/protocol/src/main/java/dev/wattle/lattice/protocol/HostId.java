package dev.wattle.lattice.protocol;

/// Names a host: its nkey server public key, 56 characters, the first of them `N`.
public record HostId(String value) implements Comparable<HostId> {
    public HostId {
        Identifiers.requireHostId(value);
    }

    @Override
    public int compareTo(HostId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
