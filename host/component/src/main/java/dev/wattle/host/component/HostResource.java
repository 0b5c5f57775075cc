package dev.wattle.host.component;

import dev.wattle.wit.ResourceType;
import java.util.Objects;
import java.util.function.BiConsumer;

/// A resource that the host defines: its type, and what happens when a guest drops an owned handle.
///
/// @param type one object for the whole process: interfaces that share the resource share the type
/// @param drop gets the sandbox and the resource's Java object
public record HostResource(ResourceType type, BiConsumer<Sandbox, Object> drop) {
    public HostResource {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(drop, "drop");
    }
}
