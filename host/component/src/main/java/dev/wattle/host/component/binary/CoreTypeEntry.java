package dev.wattle.host.component.binary;

import dev.wattle.host.engine.CoreType;

/// An element of the core type index space.
sealed interface CoreTypeEntry {
    /// @param open other types may be its subtypes
    /// @param shared threads that run at the same time may call it
    record OfFunction(CoreType.Function type, boolean open, boolean shared) implements CoreTypeEntry {}

    record OfStruct(boolean open) implements CoreTypeEntry {}

    record OfArray(boolean open) implements CoreTypeEntry {}

    record OfModule(ModuleShape shape) implements CoreTypeEntry {}

    default String words() {
        return switch (this) {
            case OfFunction _ -> "function type";
            case OfStruct _ -> "struct type";
            case OfArray _ -> "array type";
            case OfModule _ -> "module type";
        };
    }

    /// May a type of the same form as `other` be declared as a subtype of this one?
    default boolean opensTo(CoreTypeEntry other) {
        return switch (this) {
            case OfFunction(var _, boolean open, boolean shared) ->
                open && other instanceof OfFunction function && function.shared() == shared;
            case OfStruct(boolean open) -> open && other instanceof OfStruct;
            case OfArray(boolean open) -> open && other instanceof OfArray;
            case OfModule _ -> false;
        };
    }
}
