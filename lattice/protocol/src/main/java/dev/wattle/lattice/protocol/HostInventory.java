package dev.wattle.lattice.protocol;

import dev.wattle.wit.ByteString;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a host runs: wasmCloud's `HostInventory`, also the data of its heartbeat.
public record HostInventory(
        HostId hostId,
        String friendlyName,
        SortedMap<String, String> labels,
        String version,
        long uptimeSeconds,
        List<ComponentDescription> components,
        List<ProviderDescription> providers) {
    public HostInventory {
        Objects.requireNonNull(hostId, "hostId");
        Objects.requireNonNull(friendlyName, "friendlyName");
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        Objects.requireNonNull(version, "version");
        components = List.copyOf(components);
        providers = List.copyOf(providers);
    }

    /// Its JSON, in wasmCloud's field names.
    public ByteString toJson() {
        return Json.write(HostJson.write(this));
    }

    /// Reads what [#toJson()] wrote, and what wasmCloud writes.
    ///
    /// @throws ProtocolException when it is something else
    public static HostInventory fromJson(ByteString json) {
        return HostJson.readInventory(Json.parseObject(json));
    }

    /// A component on a host.
    ///
    /// @param maxInstances how many invocations may run at once
    public record ComponentDescription(
            WorkloadId id,
            String imageRef,
            Optional<String> name,
            SortedMap<String, String> annotations,
            int revision,
            int maxInstances,
            Optional<ComponentLimits> limits) {
        public ComponentDescription {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(imageRef, "imageRef");
            Objects.requireNonNull(name, "name");
            annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
            Objects.requireNonNull(limits, "limits");
        }
    }

    /// A provider on a host.
    public record ProviderDescription(
            WorkloadId id,
            Optional<String> imageRef,
            Optional<String> name,
            SortedMap<String, String> annotations,
            int revision) {
        public ProviderDescription {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(imageRef, "imageRef");
            Objects.requireNonNull(name, "name");
            annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
        }
    }
}
