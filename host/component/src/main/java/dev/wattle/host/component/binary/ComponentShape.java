package dev.wattle.host.component.binary;

import dev.wattle.wit.ResourceType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;

/// The type of a component. Resource types that are in neither set belong to whoever encloses it.
///
/// @param importedResources the stand-ins for the resources that whoever instantiates it supplies
/// @param definedResources the stand-ins for those that are made anew with each instance
/// @param depth of components and instances in it
public record ComponentShape(
        SequencedMap<String, Entity> imports,
        SequencedMap<String, Entity> exports,
        Set<ResourceType> importedResources,
        Set<ResourceType> definedResources,
        int depth) {
    public ComponentShape {
        imports = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(imports));
        exports = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(exports));
        importedResources = Set.copyOf(importedResources);
        definedResources = Set.copyOf(definedResources);
    }

    /// @param offset of the definition, for the limit's message
    static ComponentShape of(
            long offset,
            SequencedMap<String, Entity> imports,
            SequencedMap<String, Entity> exports,
            Set<ResourceType> importedResources,
            Set<ResourceType> definedResources) {
        int depth = Math.max(InstanceShape.depthAround(offset, imports), InstanceShape.depthAround(offset, exports));
        return new ComponentShape(imports, exports, importedResources, definedResources, depth);
    }
}
