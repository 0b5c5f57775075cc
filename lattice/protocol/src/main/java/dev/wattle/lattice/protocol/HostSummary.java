package dev.wattle.lattice.protocol;

import dev.wattle.wit.ByteString;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a host answers to a ping: wasmCloud's `Host`.
///
/// @param uptimeSeconds since the host started
/// @param version semantic version
public record HostSummary(
        HostId id,
        String friendlyName,
        SortedMap<String, String> labels,
        LatticeName lattice,
        long uptimeSeconds,
        String version,
        Optional<String> rpcHost,
        Optional<String> ctlHost) {
    public HostSummary {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(friendlyName, "friendlyName");
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        Objects.requireNonNull(lattice, "lattice");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(rpcHost, "rpcHost");
        Objects.requireNonNull(ctlHost, "ctlHost");
    }

    /// Its JSON, in wasmCloud's field names.
    public ByteString toJson() {
        return Json.write(HostJson.write(this));
    }

    /// Reads what [#toJson()] wrote, and what wasmCloud writes.
    ///
    /// @throws ProtocolException when it is something else
    public static HostSummary fromJson(ByteString json) {
        return HostJson.readSummary(Json.parseObject(json));
    }
}
