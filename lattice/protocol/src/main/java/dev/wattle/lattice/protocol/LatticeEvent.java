package dev.wattle.lattice.protocol;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What happened in a lattice: the data of wasmCloud's CloudEvents, field for field. [CloudEvent] is the
/// envelope.
public sealed interface LatticeEvent {
    /// The last token of its subject and the last part of its type.
    default String eventName() {
        return EventJson.name(this);
    }

    /// A host joined.
    record HostStarted(String friendlyName, SortedMap<String, String> labels, long uptimeSeconds, String version)
            implements LatticeEvent {
        public HostStarted {
            Objects.requireNonNull(friendlyName, "friendlyName");
            labels = copy(labels);
            Objects.requireNonNull(version, "version");
        }
    }

    /// A host is still there, and this is what it runs.
    record HostHeartbeat(HostInventory inventory) implements LatticeEvent {
        public HostHeartbeat {
            Objects.requireNonNull(inventory, "inventory");
        }
    }

    /// A host left in good order.
    record HostStopped(SortedMap<String, String> labels) implements LatticeEvent {
        public HostStopped {
            labels = copy(labels);
        }
    }

    /// A component has this many concurrent invocations at most now; 0: it is gone.
    record ComponentScaled(
            WorkloadId componentId,
            HostId hostId,
            String imageRef,
            int maxInstances,
            SortedMap<String, String> annotations)
            implements LatticeEvent {
        public ComponentScaled {
            Objects.requireNonNull(componentId, "componentId");
            Objects.requireNonNull(hostId, "hostId");
            Objects.requireNonNull(imageRef, "imageRef");
            annotations = copy(annotations);
        }
    }

    /// A component could not be started or changed.
    record ComponentScaleFailed(
            WorkloadId componentId,
            HostId hostId,
            String imageRef,
            int maxInstances,
            SortedMap<String, String> annotations,
            String error)
            implements LatticeEvent {
        public ComponentScaleFailed {
            Objects.requireNonNull(componentId, "componentId");
            Objects.requireNonNull(hostId, "hostId");
            Objects.requireNonNull(imageRef, "imageRef");
            annotations = copy(annotations);
            Objects.requireNonNull(error, "error");
        }
    }

    /// A provider runs.
    record ProviderStarted(WorkloadId providerId, HostId hostId, String imageRef, SortedMap<String, String> annotations)
            implements LatticeEvent {
        public ProviderStarted {
            Objects.requireNonNull(providerId, "providerId");
            Objects.requireNonNull(hostId, "hostId");
            Objects.requireNonNull(imageRef, "imageRef");
            annotations = copy(annotations);
        }
    }

    /// A provider could not be started.
    record ProviderStartFailed(WorkloadId providerId, HostId hostId, String providerRef, String error)
            implements LatticeEvent {
        public ProviderStartFailed {
            Objects.requireNonNull(providerId, "providerId");
            Objects.requireNonNull(hostId, "hostId");
            Objects.requireNonNull(providerRef, "providerRef");
            Objects.requireNonNull(error, "error");
        }
    }

    /// A provider ended.
    record ProviderStopped(WorkloadId providerId, HostId hostId, SortedMap<String, String> annotations, String reason)
            implements LatticeEvent {
        public ProviderStopped {
            Objects.requireNonNull(providerId, "providerId");
            Objects.requireNonNull(hostId, "hostId");
            annotations = copy(annotations);
            Objects.requireNonNull(reason, "reason");
        }
    }

    /// What a health check of a provider said.
    record HealthChecked(WorkloadId providerId, HostId hostId, Health health) implements LatticeEvent {
        public HealthChecked {
            Objects.requireNonNull(providerId, "providerId");
            Objects.requireNonNull(hostId, "hostId");
            Objects.requireNonNull(health, "health");
        }
    }

    /// The kinds of news from health checks.
    enum Health {
        /// It became healthy.
        PASSED,
        /// It became unhealthy.
        FAILED,
        /// Nothing changed.
        STATUS
    }

    /// A link is there.
    record LinkSet(Link link) implements LatticeEvent {
        public LinkSet {
            Objects.requireNonNull(link, "link");
        }
    }

    /// A link could not be made.
    record LinkSetFailed(Link link, String error) implements LatticeEvent {
        public LinkSetFailed {
            Objects.requireNonNull(link, "link");
            Objects.requireNonNull(error, "error");
        }
    }

    /// A link is gone.
    ///
    /// @param target when there was such a link
    /// @param interfaces when there was such a link
    record LinkDeleted(DeleteLinkCommand which, Optional<WorkloadId> target, List<String> interfaces)
            implements LatticeEvent {
        public LinkDeleted {
            Objects.requireNonNull(which, "which");
            Objects.requireNonNull(target, "target");
            interfaces = List.copyOf(interfaces);
        }
    }

    /// A configuration was written.
    record ConfigSet(ConfigName name) implements LatticeEvent {
        public ConfigSet {
            Objects.requireNonNull(name, "name");
        }
    }

    /// A configuration was deleted.
    record ConfigDeleted(ConfigName name) implements LatticeEvent {
        public ConfigDeleted {
            Objects.requireNonNull(name, "name");
        }
    }

    /// A host has these labels now.
    record LabelsChanged(HostId hostId, SortedMap<String, String> labels) implements LatticeEvent {
        public LabelsChanged {
            Objects.requireNonNull(hostId, "hostId");
            labels = copy(labels);
        }
    }

    private static SortedMap<String, String> copy(SortedMap<String, String> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }
}
