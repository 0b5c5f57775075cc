package dev.wattle.host.component.binary;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// The type of an instance: its exports, in the order of the file.
///
/// @param depth of instances in instances
public record InstanceShape(SequencedMap<String, Entity> exports, int depth) {
    /// Instances in instances: WIT has none at all.
    static final int MAX_DEPTH = 30;

    public InstanceShape {
        exports = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(exports));
    }

    /// @param offset of the definition, for the limit's message
    static InstanceShape of(long offset, SequencedMap<String, Entity> exports) {
        int depth = 1;
        for (Entity entity : exports.values()) {
            depth = Math.max(depth, 1 + depthOf(entity));
        }
        if (depth > MAX_DEPTH) {
            throw Failures.limit(offset, "instances are nested deeper than " + MAX_DEPTH);
        }
        return new InstanceShape(exports, depth);
    }

    private static int depthOf(Entity entity) {
        return entity instanceof Entity.OfInstance(InstanceShape inner) ? inner.depth : 0;
    }
}
