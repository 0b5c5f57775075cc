package dev.wattle.host.component;

import dev.wattle.wit.InterfaceName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// Components, and which import of which is served by which export of which, or by the host. Immutable: each
/// call makes another that has more. Safe for any thread.
///
/// ```java
/// LinkedComposition shop = Composition.empty()
///         .with("processor", processor, wasi)
///         .with("converter", converter, wasi)
///         .link("processor", "cyber:finance/converter", "converter")
///         .link();
/// try (Sandbox sandbox = new Sandbox(new GuestControl(), CoreLimits.DEFAULTS)) {
///     ComponentInstance instance = shop.instantiate(sandbox).instance("processor");
///     instance.function("cyber:payments/processing", "process-payment");
/// }
/// LinkedComposition renewed = shop.replace("converter", newer);   // shop stays as it is
/// ```
///
/// @param members the components by the names that links know them by
/// @param links who serves which import
public record Composition(SequencedMap<String, Member> members, SequencedMap<Port, Port> links) {
    private static final Composition EMPTY = new Composition(new LinkedHashMap<>(), new LinkedHashMap<>());

    /// A component, and what the host supplies to it where no link does.
    public record Member(Component component, ImportSource host) {}

    /// An import or an export of a member: an interface, or a function at the root of its world.
    public record Port(String member, String name) {
        @Override
        public String toString() {
            return member + " " + name;
        }
    }

    public Composition {
        members = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(members));
        links = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(links));
    }

    /// No component.
    public static Composition empty() {
        return EMPTY;
    }

    /// Adds a component, in place of one of the same name.
    public Composition with(String name, Component component, ImportSource host) {
        SequencedMap<String, Member> more = new LinkedHashMap<>(members);
        more.put(name, new Member(component, host));
        return new Composition(more, links);
    }

    /// Adds a component that gets nothing from the host, in place of one of the same name.
    public Composition with(String name, Component component) {
        return with(name, component, _ -> Optional.empty());
    }

    /// Puts another component in place of one, with the same links and the same imports from the host.
    ///
    /// @throws IllegalArgumentException when there is none of that name
    public Composition replace(String name, Component component) {
        Member member = members.get(name);
        if (member == null) {
            throw new IllegalArgumentException(
                    "no component '" + name + "'; there are " + String.join(", ", members.keySet()));
        }
        return with(name, component, member.host());
    }

    /// Serves an import of one component by the export of another that has its name, or a version that fits.
    public Composition link(String importer, String name, String exporter) {
        return link(importer, name, exporter, name);
    }

    /// Serves an import of one component by an export of another.
    ///
    /// @param exportName with or without version
    public Composition link(String importer, String importName, String exporter, String exportName) {
        SequencedMap<Port, Port> more = new LinkedHashMap<>(links);
        more.put(new Port(importer, importName), new Port(exporter, exportName));
        return new Composition(members, more);
    }

    /// Serves every import that no link serves yet, and that the export of just one other component fits by
    /// name and version, by that export.
    public Composition linkByName() {
        Composition composition = this;
        for (Map.Entry<String, Member> member : members.entrySet()) {
            for (String wanted : member.getValue().component().type().imports().keySet()) {
                Port port = new Port(member.getKey(), wanted);
                if (!links.containsKey(port)) {
                    composition = composition.linkByName(port);
                }
            }
        }
        return composition;
    }

    private Composition linkByName(Port port) {
        List<Port> found = members.entrySet().stream()
                .filter(other -> !other.getKey().equals(port.member()))
                .flatMap(other -> InterfaceName.best(
                        port.name(),
                        other.getValue().component().type().exports().keySet())
                        .map(name -> new Port(other.getKey(), name))
                        .stream())
                .toList();
        return found.size() == 1
                ? link(
                        port.member(),
                        port.name(),
                        found.getFirst().member(),
                        found.getFirst().name())
                : this;
    }

    /// Checks that everything fits, and finds everything that is imported.
    ///
    /// @throws ComponentException naming all that is missing, of another type, or linked in a circle of
    /// resources
    public LinkedComposition link() {
        return LinkedComposition.of(this);
    }
}
