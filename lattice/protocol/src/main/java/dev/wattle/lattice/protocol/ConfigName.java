package dev.wattle.lattice.protocol;

/// Names a configuration in the lattice: one key of `CONFIGDATA_{lattice}`.
public record ConfigName(String value) implements Comparable<ConfigName> {
    public ConfigName {
        Identifiers.require("config name", value);
    }

    @Override
    public int compareTo(ConfigName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
