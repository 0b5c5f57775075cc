package dev.wattle.lattice.protocol;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The bucket `CONFIGDATA_{lattice}`: a key is the name of a configuration, a value its strings by name
/// ([ControlJson#writeTexts]).
public final class ConfigData {
    private ConfigData() {}

    /// The bucket of a lattice.
    public static String bucket(LatticeName lattice) {
        return "CONFIGDATA_" + lattice;
    }

    /// The name that a key holds; nothing when it cannot be one.
    public static Optional<ConfigName> nameOf(String key) {
        try {
            return Optional.of(new ConfigName(key));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// Named configurations as one: the right-most wins, a name that is not there is empty.
    public static SortedMap<String, String> merge(
            List<ConfigName> names, Map<ConfigName, SortedMap<String, String>> known) {
        SortedMap<String, String> merged = new TreeMap<>();
        for (ConfigName name : names) {
            SortedMap<String, String> one = known.get(name);
            if (one != null) {
                merged.putAll(one);
            }
        }
        return merged;
    }
}
