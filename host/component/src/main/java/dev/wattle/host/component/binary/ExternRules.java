package dev.wattle.host.component.binary;

import dev.wattle.wit.ResourceType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
            case ExternSyntax.OfInstance(int type) -> {
                TypeEntry.OfInstance entry = scope.instanceType(type, offset);
                Substitution copies = new Substitution(names, work);
                for (ResourceType resource : entry.declared()) {
                    ResourceType copy = new ResourceType(resource.name());
                    copies.bind(resource, copy);
                    fresh.add(copy);
                }
                spendOn(entry.shape());
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
    /// those, all others are new.
    InstanceShape freshen(long offset, ComponentShape component, Substitution bindings) {
        Map<ResourceType, ResourceType> fresh = new HashMap<>();
        component.exports().values().forEach(entity -> freshen(component, entity, bindings, fresh));
        fresh.forEach(bindings::bind);
        SequencedMap<String, Entity> exports = new LinkedHashMap<>();
        component.exports().forEach((name, entity) -> exports.put(name, bindings.apply(entity)));
        return InstanceShape.of(offset, exports);
    }

    private void freshen(
            ComponentShape component, Entity entity, Substitution bindings, Map<ResourceType, ResourceType> fresh) {
        work.spend(1);
        switch (entity) {
            case Entity.OfResource(ResourceType type) -> {
                if (!bindings.binds(type)) {
                    fresh.computeIfAbsent(type, old -> new ResourceType(old.name()));
                }
            }
            case Entity.OfInstance(InstanceShape shape) ->
                shape.exports().values().forEach(inner -> freshen(component, inner, bindings, fresh));
            case Entity.OfFunction _, Entity.OfValueType _, Entity.OfComponent _, Entity.OfModule _ -> {}
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

    /// The scope that an outer alias counts to.
    Scope outer(Scope scope, Definition.AliasOuter alias) {
        Scope target = scope;
        for (int count = alias.count(); count > 0; count--) {
            Scope parent = target.parent;
            if (parent == null) {
                throw Failures.invalid(alias.offset(), "there are fewer than " + alias.count() + " enclosing scopes");
            }
            target = parent;
        }
        return target;
    }

    /// The type behind an outer alias. One that mentions resources cannot leave its component: each instance
    /// has its own.
    TypeEntry outerType(Scope scope, Scope target, Definition.AliasOuter alias) {
        TypeEntry entry = target.type(alias.index(), alias.offset());
        boolean leaves = false;
        for (Scope inner = scope; inner != target && inner.parent != null; inner = inner.parent) {
            leaves |= inner.component;
        }
        if (leaves && mentionsResource(entry)) {
            throw Failures.invalid(
                    alias.offset(), "an outer alias to a type with resources crosses the border of a component");
        }
        return entry;
    }

    private boolean mentionsResource(TypeEntry entry) {
        return switch (entry) {
            case TypeEntry.OfResource _ -> true;
            case TypeEntry.OfValue(SizedType sized) -> {
                work.spend(sized.size());
                yield TypeQuestions.hasResource(sized.type());
            }
            case TypeEntry.OfFunction(var type) -> {
                boolean[] any = {false};
                TypeQuestions.resources(type, (_, _) -> any[0] = true);
                yield any[0];
            }
            case TypeEntry.OfInstance(InstanceShape shape, Set<ResourceType> declared) -> {
                spendOn(shape);
                yield mentionsOther(shape, declared);
            }
        };
    }

    private static boolean mentionsOther(InstanceShape shape, Set<ResourceType> declared) {
        boolean[] any = {false};
        for (Entity entity : shape.exports().values()) {
            switch (entity) {
                case Entity.OfFunction(var type) ->
                    TypeQuestions.resources(type, (resource, _) -> any[0] |= !declared.contains(resource));
                case Entity.OfValueType(SizedType sized) ->
                    TypeQuestions.resources(sized.type(), (resource, _) -> any[0] |= !declared.contains(resource));
                case Entity.OfResource(ResourceType type) -> any[0] |= !declared.contains(type);
                case Entity.OfInstance(InstanceShape inner) -> any[0] |= mentionsOther(inner, declared);
                case Entity.OfComponent _, Entity.OfModule _ -> {}
            }
        }
        return any[0];
    }

    void spendOn(InstanceShape shape) {
        work.spend(1 + shape.exports().size());
        for (Entity entity : shape.exports().values()) {
            switch (entity) {
                case Entity.OfInstance(InstanceShape inner) -> spendOn(inner);
                case Entity.OfValueType(SizedType sized) -> work.spend(sized.size());
                case Entity.OfFunction _, Entity.OfResource _, Entity.OfComponent _, Entity.OfModule _ -> {}
            }
        }
    }
}
