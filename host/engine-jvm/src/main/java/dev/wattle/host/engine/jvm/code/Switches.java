package dev.wattle.host.engine.jvm.code;

import java.util.Arrays;

/// When a table of branches is too large for the JVM's.
final class Switches {
    /// Of entries, with four bytes each: half of what HotSpot compiles.
    static final int MAX_ENTRIES = 1000;

    private Switches() {}

    /// Whether its targets are found by looking up their numbers in a constant, and entered from outside.
    static boolean isIndirect(Target[] targets) {
        return targets.length > MAX_ENTRIES;
    }

    /// The numbers of entries, as the characters of strings: two for each.
    static String encoded(Target[] targets, int from, int to) {
        var text = new StringBuilder();
        Arrays.stream(targets, from, to)
                .forEach(target -> text.append((char) target.chunk).append((char) target.entry));
        return text.toString();
    }
}
