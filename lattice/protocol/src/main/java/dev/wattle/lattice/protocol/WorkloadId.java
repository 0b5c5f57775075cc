package dev.wattle.lattice.protocol;

/// Names a component or a provider within one lattice: `[A-Za-z0-9_-]+`, as wadm builds them.
public record WorkloadId(String value) implements Comparable<WorkloadId> {
    public WorkloadId {
        Identifiers.require("component or provider id", value);
    }

    @Override
    public int compareTo(WorkloadId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
