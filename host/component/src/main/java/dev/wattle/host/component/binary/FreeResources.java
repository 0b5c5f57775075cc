package dev.wattle.host.component.binary;

import dev.wattle.wit.FunctionType;
import dev.wattle.wit.ResourceType;
import dev.wattle.wit.WitType;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Does a type mention resources that it does not bring along itself? One use.
final class FreeResources {
    private final Work work;
    private final Set<ResourceType> bound = new HashSet<>();
    private boolean found;

    FreeResources(Work work) {
        this.work = work;
    }

    boolean in(TypeEntry entry) {
        switch (entry) {
            case TypeEntry.OfResource(ResourceType type, Object _) -> look(type);
            case TypeEntry.OfValue(SizedType sized) -> look(sized);
            case TypeEntry.OfFunction(FunctionType type) -> look(type);
            case TypeEntry.OfInstance(InstanceShape shape, Set<ResourceType> declared) -> look(shape, declared);
            case TypeEntry.OfComponent(ComponentShape shape) -> look(shape);
        }
        return found;
    }

    private void look(ResourceType type) {
        found |= !bound.contains(type);
    }

    private void look(SizedType sized) {
        work.spend(sized.size());
        TypeQuestions.resources(sized.type(), (resource, _) -> look(resource));
    }

    private void look(WitType type) {
        TypeQuestions.spend(type, work);
        TypeQuestions.resources(type, (resource, _) -> look(resource));
    }

    private void look(FunctionType type) {
        TypeQuestions.spend(type, work);
        TypeQuestions.resources(type, (resource, _) -> look(resource));
    }

    private void look(InstanceShape shape, Set<ResourceType> declared) {
        bound.addAll(declared);
        look(shape.exports());
    }

    private void look(ComponentShape shape) {
        bound.addAll(shape.importedResources());
        bound.addAll(shape.definedResources());
        look(shape.imports());
        look(shape.exports());
    }

    private void look(Map<String, Entity> items) {
        work.spend(1 + items.size());
        for (Entity entity : items.values()) {
            switch (entity) {
                case Entity.OfFunction(FunctionType type) -> look(type);
                case Entity.OfFunctionType(FunctionType type) -> look(type);
                case Entity.OfValueType(SizedType sized) -> look(sized);
                case Entity.OfValue(WitType type) -> look(type);
                case Entity.OfResource(ResourceType type) -> look(type);
                case Entity.OfInstance(InstanceShape shape) -> look(shape.exports());
                case Entity.OfInstanceType(InstanceShape shape, Set<ResourceType> declared) -> look(shape, declared);
                case Entity.OfComponent(ComponentShape shape) -> look(shape);
                case Entity.OfComponentType(ComponentShape shape) -> look(shape);
                case Entity.OfModule _ -> {}
            }
        }
    }
}
