package dev.wattle.control.model;

import dev.wattle.lattice.protocol.ConfigName;
import dev.wattle.lattice.protocol.HostId;
import dev.wattle.lattice.protocol.HostInventory;
import dev.wattle.lattice.protocol.HostInventory.ComponentDescription;
import dev.wattle.lattice.protocol.HostInventory.ProviderDescription;
import dev.wattle.lattice.protocol.Link;
import dev.wattle.lattice.protocol.WorkloadId;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a lattice runs and knows now, as far as it was seen.
public record Observed(
        SortedMap<HostId, Host> hosts, List<Link> links, SortedMap<ConfigName, SortedMap<String, String>> config) {
    public Observed {
        hosts = Collections.unmodifiableSortedMap(new TreeMap<>(hosts));
        links = List.copyOf(links);
        config = Collections.unmodifiableSortedMap(new TreeMap<>(config));
    }

    /// One host that is not dead.
    ///
    /// @param suspected late with its sign of life: nothing is asked of it now, what it runs counts
    /// @param cordoned takes nothing new; what it runs stays
    /// @param refusals workloads that it just failed to start, and why, until the next try
    public record Host(
            HostInventory inventory, boolean suspected, boolean cordoned, SortedMap<WorkloadId, String> refusals) {
        public Host {
            Objects.requireNonNull(inventory, "inventory");
            refusals = Collections.unmodifiableSortedMap(new TreeMap<>(refusals));
        }

        /// A host in good health.
        public static Host healthy(HostInventory inventory) {
            return new Host(inventory, false, false, new TreeMap<>());
        }

        HostId id() {
            return inventory.hostId();
        }

        Optional<ComponentDescription> findComponent(WorkloadId id) {
            return inventory.components().stream()
                    .filter(each -> each.id().equals(id))
                    .findFirst();
        }

        Optional<ProviderDescription> findProvider(WorkloadId id) {
            return inventory.providers().stream()
                    .filter(each -> each.id().equals(id))
                    .findFirst();
        }
    }
}
