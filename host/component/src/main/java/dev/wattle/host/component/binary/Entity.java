package dev.wattle.host.component.binary;

import dev.wattle.host.engine.CoreModule;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.ResourceType;

/// What an import or export is, as validation sees it. Resource types are stand-ins until a component is
/// linked.
///
/// @spec Explainer.md `externtype`
public sealed interface Entity {
    /// A function.
    record OfFunction(FunctionType type) implements Entity {}

    /// A name for a value type.
    record OfValueType(SizedType sized) implements Entity {}

    /// A resource type.
    record OfResource(ResourceType type) implements Entity {}

    /// An instance.
    record OfInstance(InstanceShape shape) implements Entity {}

    /// A component; in index spaces and in exports of nested components only.
    record OfComponent(ComponentShape shape) implements Entity {}

    /// A core module; likewise.
    record OfModule(CoreModule module) implements Entity {}

    /// For messages.
    default String words() {
        return switch (this) {
            case OfFunction _ -> "function";
            case OfValueType _ -> "value type";
            case OfResource _ -> "resource";
            case OfInstance _ -> "instance";
            case OfComponent _ -> "component";
            case OfModule _ -> "core module";
        };
    }
}
