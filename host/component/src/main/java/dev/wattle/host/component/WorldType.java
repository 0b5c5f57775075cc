package dev.wattle.host.component;

import dev.wattle.host.component.binary.ComponentShape;
import dev.wattle.host.component.binary.Entity;
import dev.wattle.host.component.binary.ModuleShape;
import dev.wattle.host.component.binary.Work;
import dev.wattle.host.engine.CoreModule.CoreExport;
import dev.wattle.host.engine.CoreModule.CoreImport;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.ResourceType;
import dev.wattle.wit.WitType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// The public type of a component. Its parts may be shared, so that few bytes describe a huge tree: what is looked
/// at is counted.
final class WorldType {
    private final Work work = new Work();

    private WorldType() {}

    /// @throws ComponentException when the type is too large to be written out
    static ComponentType of(ComponentShape shape) {
        return new WorldType().type(shape);
    }

    private ComponentType type(ComponentShape shape) {
        return new ComponentType(items(shape.imports()), items(shape.exports()));
    }

    private SequencedMap<String, ExternType> items(SequencedMap<String, Entity> entities) {
        work.copy(entities.size());
        SequencedMap<String, ExternType> items = new LinkedHashMap<>();
        entities.forEach((name, entity) -> items.put(name, item(entity)));
        return items;
    }

    private ExternType item(Entity entity) {
        return switch (entity) {
            case Entity.OfFunction(FunctionType type) -> new ExternType.FunctionItem(type);
            case Entity.OfValueType(var sized) -> new ExternType.TypeItem(sized.type());
            case Entity.OfResource(ResourceType type) -> new ExternType.ResourceItem(type);
            case Entity.OfInstance(var shape) -> interfaceItem(shape.exports());
            case Entity.OfComponent(ComponentShape shape) -> new ExternType.ComponentItem(type(shape));
            case Entity.OfModule(ModuleShape shape) -> module(shape);
            case Entity.OfValue(WitType type) -> new ExternType.ValueItem(type);
            case Entity.OfFunctionType _, Entity.OfInstanceType _, Entity.OfComponentType _ ->
                new ExternType.OtherTypeItem();
        };
    }

    private ExternType interfaceItem(SequencedMap<String, Entity> exports) {
        work.copy(exports.size());
        SequencedMap<String, FunctionType> functions = new LinkedHashMap<>();
        SequencedMap<String, ResourceType> resources = new LinkedHashMap<>();
        SequencedMap<String, WitType> types = new LinkedHashMap<>();
        SequencedMap<String, ExternType> inner = new LinkedHashMap<>();
        exports.forEach((name, entity) -> {
            switch (entity) {
                case Entity.OfFunction(FunctionType type) -> functions.put(name, type);
                case Entity.OfValueType(var sized) -> types.put(name, sized.type());
                case Entity.OfResource(ResourceType type) -> resources.put(name, type);
                case Entity.OfInstance _, Entity.OfComponent _, Entity.OfModule _, Entity.OfValue _ ->
                    inner.put(name, item(entity));
                case Entity.OfFunctionType _, Entity.OfInstanceType _, Entity.OfComponentType _ -> {}
            }
        });
        return new ExternType.InterfaceItem(functions, resources, types, inner);
    }

    private ExternType module(ModuleShape shape) {
        work.copy(shape.imports().size() + shape.exports().size());
        List<CoreImport> imports = new ArrayList<>();
        shape.imports().forEach((name, type) -> imports.add(new CoreImport(name.module(), name.name(), type)));
        List<CoreExport> exports = new ArrayList<>();
        shape.exports().forEach((name, type) -> exports.add(new CoreExport(name, type)));
        return new ExternType.ModuleItem(imports, exports);
    }
}
