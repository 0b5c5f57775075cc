package dev.wattle.lattice.protocol;

import dev.wattle.wit.ByteString;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/// A host's bid for a provider.
public record ProviderAuctionAck(
        WorkloadId providerId, String providerRef, HostId hostId, SortedMap<String, String> constraints) {
    public ProviderAuctionAck {
        Objects.requireNonNull(providerId, "providerId");
        Objects.requireNonNull(providerRef, "providerRef");
        Objects.requireNonNull(hostId, "hostId");
        constraints = Collections.unmodifiableSortedMap(new TreeMap<>(constraints));
    }

    /// Its JSON, in wasmCloud's field names.
    public ByteString toJson() {
        var node = Json.object();
        node.put("host_id", hostId.value());
        node.put("provider_ref", providerRef);
        node.put("provider_id", providerId.value());
        node.set("constraints", Json.textMap(constraints));
        return Json.write(node);
    }

    /// Reads what [#toJson()] wrote, and what wasmCloud's clients write.
    ///
    /// @throws ProtocolException when it is something else
    public static ProviderAuctionAck fromJson(ByteString json) {
        JsonObject object = Json.parseObject(json);
        return new ProviderAuctionAck(
                object.parsed("provider_id", WorkloadId::new),
                object.text("provider_ref", ""),
                object.parsed("host_id", HostId::new),
                object.textMap("constraints"));
    }
}
