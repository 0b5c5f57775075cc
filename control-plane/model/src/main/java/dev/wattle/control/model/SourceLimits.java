package dev.wattle.control.model;

import dev.wattle.control.model.Problem.Code;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/// Counts what a text unfolds to, and stops reading it when that is beyond reason.
final class SourceLimits {
    /// Twenty versions of a manifest of usual size share one stored value of at most 1 MiB, NATS's default.
    static final int MAX_BYTES = 256 << 10;

    /// A manifest has 9 levels; what foreign traits hold may have more.
    static final int MAX_DEPTH = 40;

    /// 256 KiB hold some 50,000 nodes when each is a few characters; aliases may not unfold to more.
    static final int MAX_NODES = 60_000;

    /// People use a handful of aliases; generators none.
    static final int MAX_ALIASES = 200;

    private int nodes;
    private int aliases;

    /// Reading cannot go on.
    static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final Code code;
        private final transient Place place;

        Unreadable(Code code, Place place, String message) {
            super(message, null, false, false);
            this.code = code;
            this.place = place;
        }

        Code code() {
            return code;
        }

        Place place() {
            return place;
        }

        String text() {
            return String.valueOf(getMessage());
        }
    }

    void enter(int depth, Place place) {
        if (depth > MAX_DEPTH) {
            throw new Unreadable(Code.TOO_DEEP, place, "nested deeper than " + MAX_DEPTH + " levels");
        }
        addNodes(1, place);
    }

    void alias(SourceNode target, int depth, Place place) {
        if (++aliases > MAX_ALIASES) {
            throw new Unreadable(Code.ALIASES, place, "more than " + MAX_ALIASES + " aliases");
        }
        if (depth + depthOf(target) > MAX_DEPTH) {
            throw new Unreadable(Code.TOO_DEEP, place, "nested deeper than " + MAX_DEPTH + " levels by aliases");
        }
        addNodes(target.size(), place);
    }

    private void addNodes(int count, Place place) {
        nodes += count;
        if (nodes > MAX_NODES) {
            throw new Unreadable(
                    aliases > 0 ? Code.ALIASES : Code.TOO_LARGE,
                    place,
                    aliases > 0
                            ? "aliases unfold this text to more than " + MAX_NODES + " values"
                            : "more than " + MAX_NODES + " values");
        }
    }

    private final IdentityHashMap<SourceNode, Integer> depths = new IdentityHashMap<>();

    /// Remembered for each node: an anchor that is built of aliases is looked at once.
    private int depthOf(SourceNode node) {
        Integer known = depths.get(node);
        if (known != null) {
            return known;
        }
        int depth = switch (node) {
            case SourceNode.Scalar _ -> 1;
            case SourceNode.Sequence sequence ->
                1 + sequence.elements().stream().mapToInt(this::depthOf).max().orElse(0);
            case SourceNode.Mapping mapping ->
                1
                        + mapping.entries().stream()
                                .mapToInt(entry -> depthOf(entry.value()))
                                .max()
                                .orElse(0);
        };
        depths.put(node, depth);
        return depth;
    }

    /// The keys of one mapping, to find one that comes twice.
    static final class Keys {
        private final Map<String, Place> seen = new HashMap<>();

        /// True when it is new; else the problem is told.
        boolean add(String key, Place place, Problems problems) {
            Place first = seen.putIfAbsent(key, place);
            if (first == null) {
                return true;
            }
            problems.error(
                    Code.DUPLICATE_KEY,
                    place,
                    "",
                    "the key '" + Texts.abbreviate(key) + "' is here a second time; the first is at line "
                            + first.line());
            return false;
        }
    }
}
