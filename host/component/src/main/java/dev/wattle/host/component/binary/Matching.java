package dev.wattle.host.component.binary;

import dev.wattle.wit.FunctionType;
import dev.wattle.wit.ResourceType;
import dev.wattle.wit.WitType;
import java.util.Set;

/// Is what is supplied what is wanted? The spec's subtyping; resource types that are wanted abstractly are
/// bound to what is supplied as they come.
///
/// @spec Explainer.md "Type Checking"
final class Matching {
    private final long offset;
    private final Set<ResourceType> open;
    private final Substitution bindings;
    private final Work work;

    /// @param open the resource types that stand for anything, until bound in `bindings`
    Matching(long offset, Set<ResourceType> open, Substitution bindings, Work work) {
        this.offset = offset;
        this.open = open;
        this.bindings = bindings;
        this.work = work;
    }

    /// @param name of the import or export, for messages
    void require(String name, Entity wanted, Entity supplied) {
        work.spendOn(name);
        switch (wanted) {
            case Entity.OfFunction(FunctionType type)
            when supplied instanceof Entity.OfFunction(var other) -> require(name, type, other);
            case Entity.OfFunctionType(FunctionType type)
            when supplied instanceof Entity.OfFunctionType(var other) -> require(name, type, other);
            case Entity.OfValueType(SizedType sized)
            when supplied instanceof Entity.OfValueType(var other) -> require(name, sized, other);
            case Entity.OfResource(ResourceType type)
            when supplied instanceof Entity.OfResource(var other) -> require(name, type, other);
            case Entity.OfInstance(InstanceShape shape)
            when supplied instanceof Entity.OfInstance(var other) -> require(name, shape, other);
            case Entity.OfInstanceType(InstanceShape shape, var declared)
            when supplied instanceof Entity.OfInstanceType(var other, var _) ->
                new Matching(offset, declared, new Substitution(null, work), work)
                        .require(name, bindings.apply(shape), other);
            case Entity.OfComponent(ComponentShape shape)
            when supplied instanceof Entity.OfComponent(var other) -> require(name, bindings.apply(shape), other);
            case Entity.OfComponentType(ComponentShape shape)
            when supplied instanceof Entity.OfComponentType(var other) -> require(name, bindings.apply(shape), other);
            case Entity.OfModule(ModuleShape shape)
            when supplied instanceof Entity.OfModule(var other) ->
                CoreMatching.require(offset, name, shape, other, work);
            case Entity.OfValue(WitType type)
            when supplied instanceof Entity.OfValue(var other) -> {
                TypeQuestions.spend(type, work);
                requireSame(name, type, other);
            }
            case Entity.OfFunction _,
                    Entity.OfFunctionType _,
                    Entity.OfValue _,
                    Entity.OfValueType _,
                    Entity.OfResource _,
                    Entity.OfInstance _,
                    Entity.OfInstanceType _,
                    Entity.OfComponent _,
                    Entity.OfComponentType _,
                    Entity.OfModule _ ->
                throw Failures.invalid(
                        offset, "'" + name + "' is a " + supplied.words() + "; a " + wanted.words() + " is wanted");
        }
    }

    private void require(String name, FunctionType wanted, FunctionType supplied) {
        work.spend(1 + wanted.parameters().size());
        if (!bindings.apply(wanted).equals(supplied)) {
            throw Failures.invalid(offset, "the function '" + name + "' has another type than is wanted");
        }
    }

    private void require(String name, SizedType wanted, SizedType supplied) {
        work.spend(wanted.size());
        requireSame(name, wanted.type(), supplied.type());
        bindings.bind(wanted.type(), supplied.type());
    }

    private void requireSame(String name, WitType wanted, WitType supplied) {
        if (!bindings.apply(wanted).equals(supplied)) {
            throw Failures.invalid(offset, "'" + name + "' is another type than is wanted");
        }
    }

    private void require(String name, ResourceType wanted, ResourceType supplied) {
        if (open.contains(wanted) && !bindings.binds(wanted)) {
            bindings.bind(wanted, supplied);
        } else if (!bindings.apply(wanted).equals(supplied)) {
            throw Failures.invalid(offset, "'" + name + "' is another resource than is wanted");
        }
    }

    private void require(String name, InstanceShape wanted, InstanceShape supplied) {
        wanted.exports().forEach((export, entity) -> {
            Entity other = supplied.exports().get(export);
            if (other == null) {
                throw Failures.invalid(offset, "'" + name + "' has no export '" + export + "'");
            }
            require(name + "#" + export, entity, other);
        });
    }

    /// A component is supplied that may want less than it will be given, and make more than is asked of it.
    private void require(String name, ComponentShape wanted, ComponentShape supplied) {
        Substitution given = new Substitution(null, work);
        Matching imports = new Matching(offset, supplied.importedResources(), given, work);
        supplied.imports().forEach((one, entity) -> {
            Entity other = wanted.imports().get(one);
            if (other == null) {
                throw Failures.invalid(
                        offset, "the component '" + name + "' imports '" + one + "', which nobody is to supply");
            }
            imports.require(name + "#" + one, entity, other);
        });
        InstanceShape made = ExternRules.freshen(offset, supplied, given, work);
        new Matching(offset, wanted.definedResources(), new Substitution(null, work), work)
                .require(name, new InstanceShape(wanted.exports(), wanted.depth()), made);
    }
}
