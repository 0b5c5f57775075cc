package dev.wattle.host.component;

import dev.wattle.host.component.ComponentException.Code;
import dev.wattle.host.component.binary.ComponentShape;
import dev.wattle.host.component.binary.Entity;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.ResourceType;
import dev.wattle.wit.WitType;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// The public type of a component, and what a component at the root may not have.
final class WorldType {
    private WorldType() {}

    /// @throws ComponentException when something is imported or exported that the host cannot supply or call
    /// yet
    static ComponentType of(ComponentShape shape) {
        return new ComponentType(items("import", shape.imports()), items("export", shape.exports()));
    }

    private static SequencedMap<String, ExternType> items(String direction, SequencedMap<String, Entity> entities) {
        SequencedMap<String, ExternType> items = new LinkedHashMap<>();
        entities.forEach((name, entity) -> items.put(name, item(direction, name, entity)));
        return items;
    }

    private static ExternType item(String direction, String name, Entity entity) {
        return switch (entity) {
            case Entity.OfFunction(FunctionType type) -> new ExternType.FunctionItem(type);
            case Entity.OfValueType(var sized) -> new ExternType.TypeItem(sized.type());
            case Entity.OfResource(ResourceType type) -> new ExternType.ResourceItem(type);
            case Entity.OfInstance(var shape) -> interfaceItem(direction, name, shape.exports());
            case Entity.OfComponent _, Entity.OfModule _ ->
                throw unsupported("the " + direction + " '" + name + "' is a " + entity.words() + ": this is");
        };
    }

    private static ExternType interfaceItem(String direction, String name, SequencedMap<String, Entity> exports) {
        SequencedMap<String, FunctionType> functions = new LinkedHashMap<>();
        SequencedMap<String, ResourceType> resources = new LinkedHashMap<>();
        SequencedMap<String, WitType> types = new LinkedHashMap<>();
        exports.forEach((inner, entity) -> {
            switch (entity) {
                case Entity.OfFunction(FunctionType type) -> functions.put(inner, type);
                case Entity.OfValueType(var sized) -> types.put(inner, sized.type());
                case Entity.OfResource(ResourceType type) -> resources.put(inner, type);
                case Entity.OfInstance _, Entity.OfComponent _, Entity.OfModule _ ->
                    throw unsupported("the " + direction + " '" + name + "' has a " + entity.words() + " '" + inner
                            + "' inside: this is");
            }
        });
        return new ExternType.InterfaceItem(functions, resources, types);
    }

    private static ComponentException unsupported(String feature) {
        return new ComponentException(Code.UNSUPPORTED, -1, feature + " not supported yet", null);
    }
}
