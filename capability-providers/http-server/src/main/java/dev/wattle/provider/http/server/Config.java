package dev.wattle.provider.http.server;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Configuration with keys that are compared without case, as wasmCloud's are.
record Config(SortedMap<String, String> values) {
    static Config of(Map<String, String> values) {
        return of(Map.of(), values);
    }

    /// The upper layer wins.
    static Config of(Map<String, String> lower, Map<String, String> upper) {
        SortedMap<String, String> merged = new TreeMap<>();
        lower.forEach((key, value) -> merged.put(key.toLowerCase(Locale.ROOT), value));
        upper.forEach((key, value) -> merged.put(key.toLowerCase(Locale.ROOT), value));
        return new Config(merged);
    }

    /// An empty value counts as none.
    Optional<String> find(String key) {
        return Optional.ofNullable(values.get(key)).filter(value -> !value.isBlank());
    }

    boolean flag(String key) {
        return find(key).map(Boolean::parseBoolean).orElse(false);
    }

    @Override
    public String toString() {
        return "Config" + values.keySet();
    }
}
