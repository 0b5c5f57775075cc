package dev.wattle.host.component;

import dev.wattle.host.component.Composition.Member;
import dev.wattle.host.component.Composition.Port;
import dev.wattle.host.component.binary.ComponentShape;
import dev.wattle.host.component.binary.Entity;
import dev.wattle.host.component.binary.InstanceShape;
import dev.wattle.host.component.binary.Substitution;
import dev.wattle.host.component.binary.Subtyping;
import dev.wattle.host.component.binary.TypeQuestions;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.InterfaceName;
import dev.wattle.wit.ResourceType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Do the links of a composition fit? Each member's resource types become what they stand for: a type of the
/// host, or one that stands for what another member makes. One use, one thread.
final class CompositionTypes {
    private final Composition composition;
    private final List<String> problems = new ArrayList<>();
    private final Map<Port, Port> links = new LinkedHashMap<>();
    private final Map<String, Substitution> resources = new HashMap<>();
    private final Map<ResourceType, HostResource> hostResources = new HashMap<>();
    private final Set<ResourceType> made = new HashSet<>();
    private final Set<String> underWay = new LinkedHashSet<>();

    CompositionTypes(Composition composition) {
        this.composition = composition;
        composition.links().forEach(this::findExport);
    }

    List<String> problems() {
        return problems;
    }

    /// The links, with the exports' full names; those that name nothing are left out.
    Map<Port, Port> links() {
        return links;
    }

    private void findExport(Port wanted, Port given) {
        Member importer = composition.members().get(wanted.member());
        Member exporter = composition.members().get(given.member());
        if (importer == null || exporter == null) {
            String missing = importer == null ? wanted.member() : given.member();
            problems.add("%s: there is no component '%s'".formatted(wanted, missing));
            return;
        }
        Set<String> imports = importer.component().type().imports().keySet();
        Optional<String> name = InterfaceName.best(wanted.name(), imports);
        if (name.isEmpty()) {
            problems.add("%s: it imports no such thing; it imports %s".formatted(wanted, listed(imports)));
            return;
        }
        Set<String> exports = exporter.component().type().exports().keySet();
        Optional<String> export =
                InterfaceName.best(given.name().equals(wanted.name()) ? name.get() : given.name(), exports);
        if (export.isEmpty()) {
            problems.add("%s: %s exports no '%s'; it exports %s"
                    .formatted(wanted, given.member(), given.name(), listed(exports)));
            return;
        }
        links.put(new Port(wanted.member(), name.get()), new Port(given.member(), export.get()));
    }

    private static String listed(Set<String> names) {
        return names.isEmpty() ? "nothing" : String.join(", ", names);
    }

    /// Checks every link; what does not fit is among the problems afterwards.
    void check() {
        composition.members().keySet().forEach(this::resources);
        links.forEach((wanted, given) -> {
            try {
                Subtyping.require(
                        wanted.name(),
                        imported(wanted),
                        resources(wanted.member()),
                        exported(given),
                        resources(given.member()));
            } catch (ComponentException e) {
                problems.add("%s, linked to %s: %s".formatted(wanted, given, e.getMessage()));
            }
        });
    }

    Entity imported(Port port) {
        return known(shape(port.member()).imports().get(port.name()));
    }

    private Entity exported(Port port) {
        return known(shape(port.member()).exports().get(port.name()));
    }

    private ComponentShape shape(String member) {
        return known(composition.members().get(member))
                .component()
                .item()
                .component()
                .shape();
    }

    private static <T> T known(@Nullable T found) {
        if (found == null) {
            throw new IllegalStateException("a link to what is not there");
        }
        return found;
    }

    /// What the resource types of a member stand for. Those that other members make are found there first, so
    /// members that give each other resources never end.
    private Substitution resources(String member) {
        Substitution known = resources.get(member);
        if (known != null) {
            return known;
        }
        Substitution found = Substitution.empty();
        if (!underWay.add(member)) {
            problems.add("components give each other resources in a circle: " + String.join(", ", underWay));
            return found;
        }
        for (ResourceType type : shape(member).definedResources()) {
            ResourceType own = new ResourceType(type.name());
            made.add(own);
            found.bind(type, own);
        }
        shape(member).imports().forEach((name, entity) -> bind(member, name, entity, found));
        underWay.remove(member);
        resources.put(member, found);
        return found;
    }

    private void bind(String member, String name, Entity entity, Substitution found) {
        if (!(entity instanceof Entity.OfInstance(InstanceShape wanted))) {
            return;
        }
        wanted.exports().forEach((inner, export) -> {
            if (export instanceof Entity.OfResource(ResourceType type) && !found.binds(type)) {
                supplied(new Port(member, name), inner).ifPresent(supplied -> found.bind(type, supplied));
            }
        });
    }

    private Optional<ResourceType> supplied(Port port, String resource) {
        Port given = links.get(port);
        if (given == null) {
            Optional<HostResource> host = known(composition.members().get(port.member()))
                    .host()
                    .find(port.name())
                    .flatMap(supply -> supply.resource(resource));
            host.ifPresent(each -> hostResources.put(each.type(), each));
            return host.map(HostResource::type);
        }
        Substitution theirs = resources(given.member());
        return exported(given) instanceof Entity.OfInstance(InstanceShape shape)
                        && shape.exports().get(resource) instanceof Entity.OfResource(ResourceType type)
                ? Optional.of(theirs.apply(type))
                : Optional.empty();
    }

    /// The resource that a member imports, if the host makes it.
    Optional<HostResource> hostResource(String member, ResourceType type) {
        return Optional.ofNullable(hostResources.get(resources(member).apply(type)));
    }

    /// What the type stands for in a member.
    ResourceType resource(String member, ResourceType type) {
        return resources(member).apply(type);
    }

    /// Must the import be served by one instance for as long as the importer lives? Its types are that
    /// instance's then.
    boolean isBound(Port wanted) {
        return isBound(wanted.member(), imported(wanted));
    }

    private boolean isBound(String member, Entity entity) {
        return switch (entity) {
            case Entity.OfResource(ResourceType type) -> isMade(member, type);
            case Entity.OfFunction(FunctionType type) -> {
                boolean[] found = {false};
                TypeQuestions.resources(type, (resource, _) -> found[0] |= isMade(member, resource));
                yield found[0];
            }
            case Entity.OfInstance(InstanceShape shape) ->
                shape.exports().values().stream().anyMatch(inner -> isBound(member, inner));
            case Entity.OfModule _, Entity.OfComponent _, Entity.OfValue _ -> true;
            case Entity.OfValueType _, Entity.OfFunctionType _, Entity.OfInstanceType _, Entity.OfComponentType _ ->
                false;
        };
    }

    private boolean isMade(String member, ResourceType type) {
        return made.contains(resources(member).apply(type));
    }
}
