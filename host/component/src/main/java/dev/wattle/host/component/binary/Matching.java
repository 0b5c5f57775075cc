package dev.wattle.host.component.binary;

import dev.wattle.wit.FunctionType;
import dev.wattle.wit.ResourceType;
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
        work.spend(1);
        switch (wanted) {
            case Entity.OfFunction(FunctionType type)
            when supplied instanceof Entity.OfFunction(var other) -> {
                require(name, type, other);
            }
            case Entity.OfValueType(SizedType sized)
            when supplied instanceof Entity.OfValueType(var other) -> {
                work.spend(sized.size());
                if (!bindings.apply(sized.type()).equals(other.type())) {
                    throw Failures.invalid(offset, "'" + name + "' is another type than is wanted");
                }
                bindings.bind(sized.type(), other.type());
            }
            case Entity.OfResource(ResourceType type)
            when supplied instanceof Entity.OfResource(var other) -> {
                if (open.contains(type) && !bindings.binds(type)) {
                    bindings.bind(type, other);
                } else if (!bindings.apply(type).equals(other)) {
                    throw Failures.invalid(offset, "'" + name + "' is another resource than is wanted");
                }
            }
            case Entity.OfInstance(InstanceShape shape)
            when supplied instanceof Entity.OfInstance(var other) -> {
                require(name, shape, other);
            }
            case Entity.OfFunction _,
                    Entity.OfValueType _,
                    Entity.OfResource _,
                    Entity.OfInstance _,
                    Entity.OfComponent _,
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

    private void require(String name, InstanceShape wanted, InstanceShape supplied) {
        wanted.exports().forEach((export, entity) -> {
            Entity other = supplied.exports().get(export);
            if (other == null) {
                throw Failures.invalid(offset, "'" + name + "' has no export '" + export + "'");
            }
            require(name + "#" + export, entity, other);
        });
    }
}
