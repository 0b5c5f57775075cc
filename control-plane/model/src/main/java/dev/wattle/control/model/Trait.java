package dev.wattle.control.model;

import dev.wattle.control.model.Manifest.ConfigUse;
import dev.wattle.control.model.Manifest.SecretUse;
import dev.wattle.lattice.protocol.LinkName;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/// What an application asks of one of its workloads.
public sealed interface Trait {
    /// How many run, and where.
    sealed interface Scaler extends Trait {
        /// For a spreadscaler the sum over the lattice; for a daemonscaler the number on each host.
        int instances();

        /// Never empty: without any there is one that fits every host.
        List<Spread> spread();

        /// The manifest's word, as wadm reports it in a status.
        String kind();
    }

    /// So many in the whole lattice, divided by weight over the spreads and evenly over the hosts of each.
    record SpreadScaler(int instances, List<Spread> spread) implements Scaler {
        public SpreadScaler {
            requireCount(instances);
            spread = spread.isEmpty() ? List.of(Spread.ANYWHERE) : List.copyOf(spread);
        }

        @Override
        public String kind() {
            return "SpreadScaler";
        }
    }

    /// So many on each host that fits.
    record DaemonScaler(int instances, List<Spread> spread) implements Scaler {
        public DaemonScaler {
            requireCount(instances);
            spread = spread.isEmpty() ? List.of(Spread.ANYWHERE) : List.copyOf(spread);
        }

        @Override
        public String kind() {
            return "DaemonScaler";
        }
    }

    /// Some hosts and how much of the whole they get.
    record Spread(String name, SortedMap<String, String> requirements, int weight) {
        static final int DEFAULT_WEIGHT = 100;
        static final Spread ANYWHERE = new Spread("default", new TreeMap<>(), DEFAULT_WEIGHT);

        public Spread {
            Objects.requireNonNull(name, "name");
            requirements = Collections.unmodifiableSortedMap(new TreeMap<>(requirements));
            requireCount(weight);
        }

        /// Does a host with these labels fit?
        public boolean accepts(SortedMap<String, String> labels) {
            return requirements.entrySet().stream()
                    .allMatch(label -> label.getValue().equals(labels.get(label.getKey())));
        }
    }

    /// Joins imports of this workload to the exports of another one of the same application.
    record LinkTo(
            String target,
            LinkName name,
            String namespace,
            String packageName,
            List<String> interfaces,
            LinkEnd sourceEnd,
            LinkEnd targetEnd)
            implements Trait {
        public LinkTo {
            Objects.requireNonNull(target, "target");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(namespace, "namespace");
            Objects.requireNonNull(packageName, "packageName");
            interfaces = List.copyOf(interfaces);
            Objects.requireNonNull(sourceEnd, "sourceEnd");
            Objects.requireNonNull(targetEnd, "targetEnd");
        }
    }

    /// What one end of a link is given.
    record LinkEnd(List<ConfigUse> config, List<SecretUse> secrets) {
        static final LinkEnd EMPTY = new LinkEnd(List.of(), List.of());

        public LinkEnd {
            config = List.copyOf(config);
            secrets = List.copyOf(secrets);
        }
    }

    /// A trait of somebody else: kept as it is, without effect here.
    ///
    /// @param propertiesJson canonical JSON
    record Custom(String type, String propertiesJson) implements Trait {
        public Custom {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(propertiesJson, "propertiesJson");
        }
    }

    private static void requireCount(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("must not be negative: " + count);
        }
    }
}
