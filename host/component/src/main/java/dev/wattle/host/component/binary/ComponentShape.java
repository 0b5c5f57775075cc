package dev.wattle.host.component.binary;

import dev.wattle.wit.ResourceType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;

/// The type of a component.
///
/// @param importedResources the stand-ins for the resources that whoever instantiates it supplies; every other
///     resource
///     type of its exports is made anew with each instance
public record ComponentShape(
        SequencedMap<String, Entity> imports,
        SequencedMap<String, Entity> exports,
        Set<ResourceType> importedResources) {
    public ComponentShape {
        imports = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(imports));
        exports = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(exports));
        importedResources = Set.copyOf(importedResources);
    }
}
