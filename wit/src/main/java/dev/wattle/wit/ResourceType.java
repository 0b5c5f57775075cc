package dev.wattle.wit;

import java.util.Objects;

/// The type of a resource. Two are the same only when they are the same object: the Component Model generates a
/// fresh type for each instance that defines one.
///
/// @spec Explainer.md `resource`
public final class ResourceType {
    private final String name;

    /// @param name for messages and WIT text, such as `input-stream`
    public ResourceType(String name) {
        this.name = Objects.requireNonNull(name, "name");
    }

    /// The name it was declared with.
    public String name() {
        return name;
    }

    @Override
    public String toString() {
        return name;
    }
}
