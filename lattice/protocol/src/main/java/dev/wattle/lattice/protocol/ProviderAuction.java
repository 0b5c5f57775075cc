package dev.wattle.lattice.protocol;

import dev.wattle.wit.ByteString;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/// Who could run this provider? Hosts that could not stay silent. The payload of `provider.auction`.
///
/// @param constraints labels that the host must have, with these values
public record ProviderAuction(WorkloadId providerId, String providerRef, SortedMap<String, String> constraints) {
    public ProviderAuction {
        Objects.requireNonNull(providerId, "providerId");
        Objects.requireNonNull(providerRef, "providerRef");
        constraints = Collections.unmodifiableSortedMap(new TreeMap<>(constraints));
    }

    /// Its JSON, in wasmCloud's field names.
    public ByteString toJson() {
        var node = Json.object();
        node.put("provider_ref", providerRef);
        node.put("provider_id", providerId.value());
        node.set("constraints", Json.textMap(constraints));
        return Json.write(node);
    }

    /// Reads what [#toJson()] wrote, and what wasmCloud's clients write.
    ///
    /// @throws ProtocolException when it is something else
    public static ProviderAuction fromJson(ByteString json) {
        JsonObject object = Json.parseObject(json);
        return new ProviderAuction(
                object.parsed("provider_id", WorkloadId::new),
                object.text("provider_ref", ""),
                object.textMap("constraints"));
    }
}
