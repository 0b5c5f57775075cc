package dev.wattle.host.component.binary;

import java.util.List;

/// A component as it stands in the file: well-formed, not validated.
///
/// @param offset of its preamble
/// @param definitions in the order of the file
public record ComponentDefinition(long offset, List<Definition> definitions) {
    public ComponentDefinition {
        definitions = List.copyOf(definitions);
    }
}
