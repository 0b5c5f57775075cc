package dev.wattle.host.component;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// The world of a component: what it wants and what it gives, in the order of the binary. Immutable.
///
/// @param imports by name: `wasi:config/store@0.2.0`, or a plain name at the root
/// @param exports likewise
public record ComponentType(SequencedMap<String, ExternType> imports, SequencedMap<String, ExternType> exports) {
    public ComponentType {
        imports = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(imports));
        exports = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(exports));
    }
}
