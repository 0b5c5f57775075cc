package dev.wattle.lattice.agent;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// Merged configuration on its way to a workload. Values may be secret, so `toString` shows the names alone.
public record ConfigValues(SortedMap<String, String> values) {
    /// No configuration.
    public static final ConfigValues NONE = new ConfigValues(new TreeMap<>());

    public ConfigValues {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    @Override
    public String toString() {
        return "ConfigValues" + values.keySet();
    }
}
