package dev.wattle.host.component.binary;

import dev.wattle.wit.FunctionType;
import dev.wattle.wit.ResourceType;
import dev.wattle.wit.WitType;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;

/// Which types of a component have a name outside: what it imports and exports may mention only those. Types
/// are told apart by identity here, since a name belongs to one definition.
///
/// @spec Explainer.md "External Visibility of Types"
final class Visibility {
    private final Scope scope;
    private final Work work;
    private final Names imported = new Names();
    private final Names exported = new Names();

    /// @param resources as [TypeEntry.OfResource#name()] knows them
    private record Names(Set<WitType> types, Set<Object> resources) {
        Names() {
            this(Collections.newSetFromMap(new IdentityHashMap<>()), new HashSet<>());
        }
    }

    Visibility(Scope scope, Work work) {
        this.scope = scope;
        this.work = work;
    }

    /// Takes an import in, and appends it to its index space; its types may be used by what follows.
    ///
    /// @param fresh it is a resource unlike any other
    void addImport(long offset, String name, Entity entity, boolean fresh) {
        if (entity instanceof Entity.OfResource(ResourceType type) && !fresh) {
            Object named = name(type);
            imported.resources.add(named);
            exported.resources.add(named);
            return;
        }
        register(entity, imported);
        register(entity, exported);
        require(offset, "the import '" + name + "'", entity, imported);
        scope.add(entity);
    }

    /// Takes an export in, and appends it to its index space; its types may be used by the exports that follow.
    ///
    /// @param fresh it is a resource unlike any other
    void addExport(long offset, String name, Entity entity, boolean fresh) {
        if (entity instanceof Entity.OfResource(ResourceType type) && !fresh) {
            exported.resources.add(name(type));
            return;
        }
        register(entity, exported);
        require(offset, "the export '" + name + "'", entity, exported);
        scope.add(entity);
    }

    /// A further entry for a resource: handles made with it may be seen outside, those made with others not.
    private Object name(ResourceType type) {
        Object named = new Object();
        scope.types.add(new TypeEntry.OfResource(type, named));
        return named;
    }

    private void register(Entity entity, Names names) {
        work.spend(1);
        switch (entity) {
            case Entity.OfValueType(SizedType sized) -> names.types.add(sized.type());
            case Entity.OfResource(ResourceType type) -> names.resources.add(type);
            case Entity.OfInstance(InstanceShape shape) ->
                shape.exports().values().forEach(inner -> register(inner, names));
            case Entity.OfInstanceType(InstanceShape shape, var _) ->
                shape.exports().values().forEach(inner -> register(inner, names));
            case Entity.OfFunction _,
                    Entity.OfFunctionType _,
                    Entity.OfComponentType _,
                    Entity.OfComponent _,
                    Entity.OfValue _,
                    Entity.OfModule _ -> {}
        }
    }

    private void require(long offset, String what, Entity entity, Names names) {
        work.spendOn(what);
        boolean visible = switch (entity) {
            case Entity.OfFunction(FunctionType type) -> visible(type, names);
            case Entity.OfFunctionType(FunctionType type) -> visible(type, names);
            case Entity.OfValueType(SizedType sized) -> partsVisible(sized.type(), names);
            case Entity.OfValue(WitType type) -> visible(type, names);
            case Entity.OfInstance(InstanceShape shape) -> {
                requireAll(offset, what, shape, names);
                yield true;
            }
            case Entity.OfInstanceType(InstanceShape shape, Set<ResourceType> _) -> {
                requireAll(offset, what, shape, names);
                yield true;
            }
            // A component's own imports and exports were looked at when its type was made.
            case Entity.OfResource _, Entity.OfComponent _, Entity.OfComponentType _, Entity.OfModule _ -> true;
        };
        if (!visible) {
            throw Failures.invalid(offset, what + " mentions a type that has no name outside");
        }
    }

    private void requireAll(long offset, String what, InstanceShape shape, Names names) {
        work.spend(1 + shape.exports().size());
        shape.exports().forEach((name, inner) -> require(offset, what + " '" + name + "'", inner, names));
    }

    private boolean visible(FunctionType type, Names names) {
        return type.parameters().stream().allMatch(parameter -> visible(parameter.type(), names))
                && visible(type.result(), names);
    }

    private boolean visible(Optional<WitType> type, Names names) {
        return type.isEmpty() || visible(type.get(), names);
    }

    private boolean visible(WitType type, Names names) {
        work.spend(1);
        return switch (type) {
            case WitType.RecordType _, WitType.VariantType _, WitType.EnumType _, WitType.FlagsType _ ->
                names.types.contains(type);
            case WitType other -> names.types.contains(other) || partsVisible(other, names);
        };
    }

    private boolean handleVisible(WitType handle, ResourceType resource, Names names) {
        return names.resources.contains(resource)
                || names.resources.contains(scope.handleNames.getOrDefault(handle, resource));
    }

    private boolean partsVisible(WitType type, Names names) {
        return switch (type) {
            case WitType.Primitive _, WitType.EnumType _, WitType.FlagsType _, WitType.ErrorContextType _ -> true;
            case WitType.OwnType(ResourceType resource) -> handleVisible(type, resource, names);
            case WitType.BorrowType(ResourceType resource) -> handleVisible(type, resource, names);
            case WitType.ListType(WitType element) -> visible(element, names);
            case WitType.FixedListType(WitType element, int _) -> visible(element, names);
            case WitType.MapType(var _, WitType value) -> visible(value, names);
            case WitType.OptionType(WitType some) -> visible(some, names);
            case WitType.TupleType(var types) -> types.stream().allMatch(one -> visible(one, names));
            case WitType.RecordType(var fields) -> fields.stream().allMatch(field -> visible(field.type(), names));
            case WitType.VariantType(var cases) -> cases.stream().allMatch(one -> visible(one.payload(), names));
            case WitType.ResultType(var ok, var error) -> visible(ok, names) && visible(error, names);
            case WitType.StreamType(var element) -> visible(element, names);
            case WitType.FutureType(var element) -> visible(element, names);
        };
    }
}
