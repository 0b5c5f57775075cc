package dev.wattle.lattice.agent;

import dev.wattle.lattice.protocol.LinkName;
import dev.wattle.lattice.protocol.WorkloadId;
import dev.wattle.wit.InterfaceName;
import java.util.Collections;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Where calls go: for each source, link name and interface, the target. Immutable; a sandbox keeps the one
/// that it was born with.
public record Routes(SortedMap<Key, WorkloadId> targets) {
    /// No links at all.
    public static final Routes NONE = new Routes(new TreeMap<>());

    public Routes {
        targets = Collections.unmodifiableSortedMap(new TreeMap<>(targets));
    }

    /// The target of a call; the version of the interface does not matter.
    public Optional<WorkloadId> find(WorkloadId source, LinkName link, InterfaceName interfaceName) {
        return Optional.ofNullable(targets.get(new Key(source, link, interfaceName.withoutVersion())));
    }

    /// What a target is looked up by.
    ///
    /// @param interfaceName without version
    public record Key(WorkloadId source, LinkName link, InterfaceName interfaceName) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::source).thenComparing(Key::link).thenComparing(Key::interfaceName);

        public Key {
            Objects.requireNonNull(source, "source");
            Objects.requireNonNull(link, "link");
            Objects.requireNonNull(interfaceName, "interfaceName");
        }

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }
}
