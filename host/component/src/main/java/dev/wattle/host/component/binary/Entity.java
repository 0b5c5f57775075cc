package dev.wattle.host.component.binary;

import dev.wattle.wit.FunctionType;
import dev.wattle.wit.ResourceType;
import dev.wattle.wit.WitType;
import java.util.Set;

/// What an import or export is, as validation sees it. Resource types are stand-ins until a component is
/// linked.
///
/// @spec Explainer.md `externtype`
public sealed interface Entity {
    /// A function.
    record OfFunction(FunctionType type) implements Entity {}

    /// A name for a value type.
    record OfValueType(SizedType sized) implements Entity {}

    /// A name for a function type.
    record OfFunctionType(FunctionType type) implements Entity {}

    /// A name for an instance type.
    ///
    /// @param declared the resources that each instance of this type brings along
    record OfInstanceType(InstanceShape shape, Set<ResourceType> declared) implements Entity {}

    /// A name for a component type.
    record OfComponentType(ComponentShape shape) implements Entity {}

    /// A resource type.
    record OfResource(ResourceType type) implements Entity {}

    /// An instance.
    record OfInstance(InstanceShape shape) implements Entity {}

    /// A component.
    record OfComponent(ComponentShape shape) implements Entity {}

    /// A core module.
    record OfModule(ModuleShape shape) implements Entity {}

    /// A value that is known when the component is instantiated.
    record OfValue(WitType type) implements Entity {}

    /// For messages.
    default String words() {
        return switch (this) {
            case OfFunction _ -> "function";
            case OfValueType _ -> "value type";
            case OfFunctionType _ -> "function type";
            case OfInstanceType _ -> "instance type";
            case OfComponentType _ -> "component type";
            case OfResource _ -> "resource";
            case OfInstance _ -> "instance";
            case OfComponent _ -> "component";
            case OfModule _ -> "core module";
            case OfValue _ -> "value";
        };
    }
}
