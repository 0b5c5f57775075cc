package dev.wattle.cli;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads `key=value`, as it stands in options.
final class Pairs {
    private Pairs() {}

    /// @param option for messages
    /// @throws CommandFailure when one has another shape, or a key comes twice
    static SortedMap<String, String> of(String option, List<String> pairs) {
        SortedMap<String, String> map = new TreeMap<>();
        for (String pair : pairs) {
            int middle = pair.indexOf('=');
            if (middle < 1) {
                // Not the text itself: a value that lost its key may be a secret.
                throw CommandFailure.usage(option + " takes key=value; one has no key or no '='");
            }
            String key = pair.substring(0, middle);
            if (map.put(key, pair.substring(middle + 1)) != null) {
                throw CommandFailure.usage(option + " has the key '" + key + "' twice");
            }
        }
        return map;
    }
}
