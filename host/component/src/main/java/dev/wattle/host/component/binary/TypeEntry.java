package dev.wattle.host.component.binary;

import dev.wattle.wit.FunctionType;
import dev.wattle.wit.ResourceType;
import java.util.Set;

/// An element of the type index space.
sealed interface TypeEntry {
    record OfValue(SizedType sized) implements TypeEntry {}

    record OfFunction(FunctionType type) implements TypeEntry {}

    /// @param declared the resources that each instance of this type brings along
    record OfInstance(InstanceShape shape, Set<ResourceType> declared) implements TypeEntry {}

    record OfComponent(ComponentShape shape) implements TypeEntry {}

    /// @param name what handles made with this entry are known by outside: the resource itself, or one import or
    ///     export of it
    record OfResource(ResourceType type, Object name) implements TypeEntry {
        OfResource(ResourceType type) {
            this(type, type);
        }
    }

    default String words() {
        return switch (this) {
            case OfValue _ -> "value type";
            case OfFunction _ -> "function type";
            case OfInstance _ -> "instance type";
            case OfComponent _ -> "component type";
            case OfResource _ -> "resource type";
        };
    }
}
