package dev.wattle.host.component.binary;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// The type of an instance: its exports, in the order of the file.
///
/// @param depth of instances and components in instances
public record InstanceShape(SequencedMap<String, Entity> exports, int depth) {
    /// Instances and components in instances: WIT has none at all. Types are walked by recursion.
    static final int MAX_DEPTH = 100;

    public InstanceShape {
        exports = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(exports));
    }

    /// @param offset of the definition, for the limit's message
    static InstanceShape of(long offset, SequencedMap<String, Entity> exports) {
        return new InstanceShape(exports, depthAround(offset, exports));
    }

    static int depthAround(long offset, Map<String, Entity> items) {
        int depth = 1;
        for (Entity entity : items.values()) {
            depth = Math.max(depth, 1 + depthOf(entity));
        }
        if (depth > MAX_DEPTH) {
            throw Failures.limit(offset, "instances and components are nested deeper than " + MAX_DEPTH);
        }
        return depth;
    }

    private static int depthOf(Entity entity) {
        return switch (entity) {
            case Entity.OfInstance(InstanceShape inner) -> inner.depth;
            case Entity.OfInstanceType(InstanceShape inner, var _) -> inner.depth;
            case Entity.OfComponent(ComponentShape inner) -> inner.depth();
            case Entity.OfComponentType(ComponentShape inner) -> inner.depth();
            case Entity.OfFunction _,
                    Entity.OfValueType _,
                    Entity.OfFunctionType _,
                    Entity.OfResource _,
                    Entity.OfValue _,
                    Entity.OfModule _ -> 0;
        };
    }
}
