package dev.wattle.host.component;

import dev.wattle.host.component.ComponentException.Code;
import dev.wattle.host.component.Composition.Port;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A composition whose imports are known: what is left is to run it. Immutable; safe for any thread.
public final class LinkedComposition {
    private final Composition composition;
    private final Map<String, LinkedMember> members;

    private LinkedComposition(Composition composition, Map<String, LinkedMember> members) {
        this.composition = composition;
        this.members = Map.copyOf(members);
    }

    static LinkedComposition of(Composition composition) {
        return link(composition, null);
    }

    /// Links what has changed since `before`; the rest is shared.
    private static LinkedComposition link(Composition composition, @Nullable LinkedComposition before) {
        CompositionTypes types = new CompositionTypes(composition);
        types.check();
        List<String> problems = new ArrayList<>(types.problems());
        boolean mismatched = !problems.isEmpty();
        Map<String, LinkedMember> members = new HashMap<>();
        composition.members().forEach((name, member) -> {
            try {
                LinkedMember known = before == null ? null : before.members.get(name);
                Map<Port, Port> links = linksOf(name, types);
                boolean same = known != null && known.isFor(member, links);
                members.put(name, same ? known : LinkedMember.link(name, member, links, types));
            } catch (ComponentException e) {
                problems.add(name + ": " + e.getMessage());
            }
        });
        if (!problems.isEmpty()) {
            throw new ComponentException(
                    mismatched && members.size() == composition.members().size()
                            ? Code.INVALID
                            : Code.UNRESOLVED_IMPORT,
                    -1,
                    "the composition cannot be linked: " + String.join("; ", problems),
                    null);
        }
        return new LinkedComposition(composition, members);
    }

    private static Map<Port, Port> linksOf(String name, CompositionTypes types) {
        Map<Port, Port> links = new LinkedHashMap<>();
        types.links().forEach((wanted, given) -> {
            if (wanted.member().equals(name)) {
                links.put(wanted, given);
            }
        });
        return links;
    }

    /// What it was made of.
    public Composition composition() {
        return composition;
    }

    /// One with another component in place of one. This one, and sandboxes that run it, stay as they are.
    ///
    /// @throws ComponentException naming all that is missing, or of another type than its links want
    public LinkedComposition replace(String name, Component component) {
        return link(composition.replace(name, component), this);
    }

    /// Puts it into a sandbox, which can hold one. Instances are made when they are first asked for, or called.
    ///
    /// @throws IllegalStateException when the sandbox holds a composition already
    public ComposedInstances instantiate(Sandbox sandbox) {
        return new ComposedInstances(Residents.open(this, sandbox));
    }

    LinkedMember member(String name) {
        return Objects.requireNonNull(members.get(name), name);
    }

    boolean has(String name) {
        return members.containsKey(name);
    }
}
