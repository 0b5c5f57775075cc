package dev.wattle.control.model;

import dev.wattle.lattice.protocol.ConfigName;
import dev.wattle.lattice.protocol.HostId;
import dev.wattle.lattice.protocol.Link;
import dev.wattle.lattice.protocol.LinkName;
import dev.wattle.lattice.protocol.WorkloadId;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// One thing to do, for one workload of one application, and why. Doing it twice is as good as once.
public sealed interface Step {
    /// Whose.
    AppName app();

    /// The name in the manifest of the workload that it is for.
    String workload();

    /// In a sentence's words.
    String reason();

    /// When, among the steps of one application.
    Phase phase();

    /// What must be done before what: a phase begins when nothing of an earlier one is left.
    enum Phase {
        CONFIG,
        LINKS,
        STARTS,
        STOPS,
        DELETIONS
    }

    /// Stores a configuration.
    record PutConfig(AppName app, String workload, ConfigName name, SortedMap<String, String> values, String reason)
            implements Step {
        public PutConfig {
            values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        }

        @Override
        public Phase phase() {
            return Phase.CONFIG;
        }
    }

    /// Stores a link.
    record PutLink(AppName app, String workload, Link link, String reason) implements Step {
        @Override
        public Phase phase() {
            return Phase.LINKS;
        }
    }

    /// Removes the first link with that key.
    ///
    /// @param replacing another one takes its place
    record DeleteLink(AppName app, String workload, LinkKey key, boolean replacing, String reason) implements Step {
        @Override
        public Phase phase() {
            return replacing ? Phase.LINKS : Phase.DELETIONS;
        }
    }

    /// Removes a configuration.
    record DeleteConfig(AppName app, String workload, ConfigName name, String reason) implements Step {
        @Override
        public Phase phase() {
            return Phase.DELETIONS;
        }
    }

    /// Starts a provider on a host.
    record StartProvider(
            AppName app,
            String workload,
            HostId host,
            WorkloadId id,
            String image,
            List<ConfigName> config,
            SortedMap<String, String> annotations,
            String reason)
            implements Step {
        public StartProvider {
            config = List.copyOf(config);
            annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
        }

        @Override
        public Phase phase() {
            return Phase.STARTS;
        }
    }

    /// Stops a provider on a host.
    ///
    /// @param replacing its successor has the same id and can only start when it is gone
    record StopProvider(AppName app, String workload, HostId host, WorkloadId id, boolean replacing, String reason)
            implements Step {
        @Override
        public Phase phase() {
            return replacing ? Phase.STARTS : Phase.STOPS;
        }
    }

    /// Lets a component run `count` times on a host, with this image and configuration; 0 stops it.
    ///
    /// @param growing starts something: more of it, or another image
    record ScaleComponent(
            AppName app,
            String workload,
            HostId host,
            WorkloadId id,
            String image,
            int count,
            List<ConfigName> config,
            SortedMap<String, String> annotations,
            boolean growing,
            String reason)
            implements Step {
        public ScaleComponent {
            config = List.copyOf(config);
            annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
        }

        @Override
        public Phase phase() {
            return growing ? Phase.STARTS : Phase.STOPS;
        }
    }

    /// Cannot be done now.
    ///
    /// @param failed it was tried, and refused
    record Wait(AppName app, String workload, String reason, boolean failed) implements Step {
        @Override
        public Phase phase() {
            return Phase.STARTS;
        }
    }

    /// What `link.del` names a link by.
    record LinkKey(WorkloadId source, LinkName name, String witNamespace, String witPackage) {
        static LinkKey of(Link link) {
            return new LinkKey(link.source(), link.name(), link.witNamespace(), link.witPackage());
        }
    }

    /// The host that it is done on; nothing for what is stored in the lattice.
    default Optional<HostId> findHost() {
        return switch (this) {
            case StartProvider start -> Optional.of(start.host());
            case StopProvider stop -> Optional.of(stop.host());
            case ScaleComponent scale -> Optional.of(scale.host());
            case PutConfig _, PutLink _, DeleteLink _, DeleteConfig _, Wait _ -> Optional.empty();
        };
    }
}
