package dev.wattle.host.component;

import dev.wattle.host.component.Composition.Member;
import dev.wattle.host.component.Composition.Port;
import dev.wattle.host.component.binary.Entity;
import dev.wattle.host.component.binary.InstanceShape;
import dev.wattle.host.engine.CoreModule;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.InterfaceName;
import dev.wattle.wit.ResourceType;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A component of a composition, linked: once, or, when resources of other members are among its types, for
/// each of its instances anew, since each instance of those makes types of its own. Immutable.
final class LinkedMember {
    private final Member member;
    private final Map<Port, Port> links;
    private final Map<String, HostInterface> free;
    private final Map<String, Port> bound;
    private final @Nullable LinkedComponent once;

    private LinkedMember(
            Member member,
            Map<Port, Port> links,
            Map<String, HostInterface> free,
            Map<String, Port> bound,
            @Nullable LinkedComponent once) {
        this.member = member;
        this.links = links;
        this.free = free;
        this.bound = bound;
        this.once = once;
    }

    /// @throws ComponentException naming all that is missing
    static LinkedMember link(String name, Member member, Map<Port, Port> links, CompositionTypes types) {
        Map<String, HostInterface> free = new LinkedHashMap<>();
        Map<String, Port> bound = new LinkedHashMap<>();
        Map<String, HostInterface> all = new LinkedHashMap<>();
        links.forEach((wanted, given) -> {
            Linked linked = new Linked(name, types.imported(wanted), given, types);
            all.put(wanted.name(), linked);
            if (types.isBound(wanted)) {
                bound.put(wanted.name(), given);
            } else {
                free.put(wanted.name(), linked);
            }
        });
        LinkedComponent linked = member.component().link(new Source(member.host(), all));
        return new LinkedMember(member, links, free, bound, bound.isEmpty() ? linked : null);
    }

    /// Would it be the same, linked again?
    boolean isFor(Member other, Map<Port, Port> otherLinks) {
        return member.equals(other) && links.equals(otherLinks) && bound.isEmpty();
    }

    /// The members whose instances its own instances are bound to.
    Set<String> boundMembers() {
        Set<String> members = new LinkedHashSet<>();
        bound.values().forEach(port -> members.add(port.member()));
        return members;
    }

    /// @param residents those that it is bound to, by member
    ComponentInstance instantiate(Sandbox sandbox, Residents all, Map<String, Residents.Resident> residents) {
        if (once != null) {
            return once.instantiate(sandbox);
        }
        Map<String, HostInterface> supplied = new LinkedHashMap<>(free);
        bound.forEach((wanted, given) -> {
            Residents.Resident resident = Objects.requireNonNull(residents.get(given.member()));
            supplied.put(wanted, bound(new ResidentInstance(all, resident), given.name()));
        });
        return member.component().link(new Source(member.host(), supplied)).instantiate(sandbox);
    }

    private static HostInterface bound(ComponentInstance instance, String export) {
        return instance.instance(export)
                .map(HostInterface::of)
                .orElseGet(() -> new OneFunction(HostInterface.of(instance), export));
    }

    /// A function at the root, whatever it is imported as.
    private record OneFunction(HostInterface root, String export) implements HostInterface {
        @Override
        public Optional<HostFunction> function(String name, FunctionType type) {
            return root.function(export, type);
        }

        @Override
        public Optional<HostResource> resource(String name) {
            return Optional.empty();
        }
    }

    /// Links first, then the host.
    private record Source(ImportSource host, Map<String, HostInterface> links) implements ImportSource {
        @Override
        public Optional<HostInterface> interfaceFor(InterfaceName name) {
            HostInterface linked = links.get(name.toString());
            return linked != null ? Optional.of(linked) : host.interfaceFor(name);
        }

        @Override
        public Optional<HostInterface> rootInstance(String name) {
            HostInterface linked = links.get(name);
            return linked != null ? Optional.of(linked) : host.rootInstance(name);
        }

        @Override
        public Optional<HostFunction> rootFunction(String name, FunctionType type) {
            HostInterface linked = links.get(name);
            return linked != null ? linked.function(name, type) : host.rootFunction(name, type);
        }

        @Override
        public Optional<HostResource> rootResource(String name) {
            return host.rootResource(name);
        }

        @Override
        public Optional<CoreModule> rootModule(String name) {
            return host.rootModule(name);
        }

        @Override
        public Optional<Component> rootComponent(String name) {
            return host.rootComponent(name);
        }
    }

    /// An import that another member serves: whichever instance of it is free when the import is called.
    private record Linked(String importer, Entity wanted, Port given, CompositionTypes types) implements HostInterface {
        @Override
        public Optional<HostFunction> function(String name, FunctionType type) {
            boolean root = !(wanted instanceof Entity.OfInstance);
            return Optional.of(
                    root
                            ? new LinkedFunction(given.member(), Optional.empty(), given.name())
                            : new LinkedFunction(given.member(), Optional.of(given.name()), name));
        }

        @Override
        public Optional<HostResource> resource(String name) {
            if (wanted instanceof Entity.OfInstance(InstanceShape shape)
                    && shape.exports().get(name) instanceof Entity.OfResource(ResourceType type)) {
                return Optional.of(types.hostResource(importer, type)
                        .orElseGet(() -> new HostResource(types.resource(importer, type), (_, _) -> {})));
            }
            return Optional.empty();
        }

        @Override
        public Optional<HostInterface> instance(String name) {
            return wanted instanceof Entity.OfInstance(InstanceShape shape)
                            && shape.exports().get(name) != null
                    ? Optional.of(new Linked(importer, shape.exports().get(name), given, types))
                    : Optional.empty();
        }
    }
}
