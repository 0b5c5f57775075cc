package dev.wattle.host.component.binary;

import dev.wattle.host.component.binary.TypeSyntax.ValueSyntax;
import dev.wattle.wit.ResourceType;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/// The rules for what imports, exports and aliases are: where types come from, and when a resource type is a
/// new one.
///
/// @spec Explainer.md "Type Checking"
final class ExternRules {
    private final TypeNames names;
    private final Work work;

    ExternRules(TypeNames names, Work work) {
        this.names = names;
        this.work = work;
    }

    /// What an import or export is declared to be.
    ///
    /// @param fresh is told of the resources that come with it
    Entity declared(Scope scope, long offset, String name, ExternSyntax syntax, Set<ResourceType> fresh) {
        return switch (syntax) {
            case ExternSyntax.OfFunction(int type) -> new Entity.OfFunction(scope.functionType(type, offset));
            case ExternSyntax.OfResource() -> {
                ResourceType type = new ResourceType(name);
                fresh.add(type);
                yield new Entity.OfResource(type);
            }
            case ExternSyntax.OfValue(ValueSyntax type) ->
                new Entity.OfValue(new TypeBuilder(scope, offset).value(type));
            case ExternSyntax.OfEqualValue(int value) ->
                new Entity.OfValue(Scope.at(scope.values, value, Sort.VALUE, offset));
            case ExternSyntax.OfModule(int type) -> new Entity.OfModule(scope.moduleType(type, offset));
            case ExternSyntax.OfComponent(int type) -> new Entity.OfComponent(scope.componentType(type, offset));
            case ExternSyntax.OfInstance(int type) -> {
                TypeEntry.OfInstance entry = scope.instanceType(type, offset);
                Substitution copies = new Substitution(names, work);
                for (ResourceType resource : entry.declared()) {
                    ResourceType copy = new ResourceType(resource.name());
                    copies.bind(resource, copy);
                    fresh.add(copy);
                }
                yield new Entity.OfInstance(copies.apply(entry.shape()));
            }
            case ExternSyntax.OfEqualType(int type) ->
                switch (scope.entity(Sort.TYPE, type, offset)) {
                    case Entity.OfValueType(SizedType sized) ->
                        new Entity.OfValueType(sized.with(names.named(sized.type())));
                    case Entity other -> other;
                };
        };
    }

    /// What an export is from outside when it says so itself; checked against what it is.
    Entity ascribed(Scope scope, long offset, String name, ExternSyntax syntax, Entity actual) {
        Set<ResourceType> fresh = new HashSet<>();
        Entity shown = declared(scope, offset, name, syntax, fresh);
        new Matching(offset, fresh, new Substitution(null, work), work).require(name, shown, actual);
        return shown;
    }

    /// The instance that a component makes, as seen by who instantiates it: resources that were supplied are
    /// those, the component's own are new.
    static InstanceShape freshen(long offset, ComponentShape component, Substitution bindings, Work work) {
        for (ResourceType defined : component.definedResources()) {
            work.spend(1);
            bindings.bind(defined, new ResourceType(defined.name()));
        }
        SequencedMap<String, Entity> exports = new LinkedHashMap<>();
        component.exports().forEach((name, entity) -> exports.put(name, bindings.apply(entity)));
        return InstanceShape.of(offset, exports);
    }

    /// The resources that are new with each instance of a component: all that it exports and does not import.
    static Set<ResourceType> definedResources(Map<String, Entity> exports, Set<ResourceType> imported, Work work) {
        Set<ResourceType> defined = new LinkedHashSet<>();
        exports.values().forEach(entity -> addDefined(entity, imported, defined, work));
        return defined;
    }

    private static void addDefined(Entity entity, Set<ResourceType> imported, Set<ResourceType> defined, Work work) {
        work.spend(1);
        switch (entity) {
            case Entity.OfResource(ResourceType type) -> {
                if (!imported.contains(type)) {
                    defined.add(type);
                }
            }
            case Entity.OfInstance(InstanceShape shape) ->
                shape.exports().values().forEach(inner -> addDefined(inner, imported, defined, work));
            case Entity.OfFunction _,
                    Entity.OfFunctionType _,
                    Entity.OfValueType _,
                    Entity.OfInstanceType _,
                    Entity.OfComponent _,
                    Entity.OfComponentType _,
                    Entity.OfValue _,
                    Entity.OfModule _ -> {}
        }
    }

    /// What an alias of an instance's export stands for.
    Entity exported(Scope scope, Definition.AliasExport alias) {
        InstanceShape instance = Scope.at(scope.instances, alias.instance(), Sort.INSTANCE, alias.offset());
        Entity entity = instance.exports().get(alias.name());
        if (entity == null) {
            throw Failures.invalid(
                    alias.offset(), "instance " + alias.instance() + " has no export '" + alias.name() + "'");
        }
        if (!Scope.fits(alias.sort(), entity)) {
            throw Failures.invalid(
                    alias.offset(),
                    "the export '" + alias.name() + "' is a " + entity.words() + ", no "
                            + alias.sort().words());
        }
        return entity;
    }

    /// Appends a type or core type of an enclosing scope.
    void addOuter(Scope scope, Definition.AliasOuter alias) {
        Scope target = scope.outer(alias.count(), alias.offset());
        if (alias.sort() == Sort.CORE_TYPE) {
            scope.coreTypes.add(target.coreType(alias.index(), alias.offset()));
        } else {
            scope.types.add(outerType(scope, target, alias));
        }
    }

    /// The type behind an outer alias. One that mentions resources cannot leave its component: each instance
    /// has its own.
    private TypeEntry outerType(Scope scope, Scope target, Definition.AliasOuter alias) {
        TypeEntry entry = target.type(alias.index(), alias.offset());
        boolean leaves = false;
        for (Scope inner = scope; inner != target && inner.parent != null; inner = inner.parent) {
            leaves |= inner.component;
        }
        if (leaves && new FreeResources(work).in(entry)) {
            throw Failures.invalid(
                    alias.offset(),
                    "an outer alias to a type that transitively refers to resources crosses the border of a component");
        }
        return entry;
    }
}
