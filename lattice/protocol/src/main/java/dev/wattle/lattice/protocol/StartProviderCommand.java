package dev.wattle.lattice.protocol;

import dev.wattle.wit.ByteString;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Start a provider: the payload of `provider.start`.
public record StartProviderCommand(
        WorkloadId providerId,
        String providerRef,
        Optional<HostId> hostId,
        List<ConfigName> config,
        SortedMap<String, String> annotations) {
    public StartProviderCommand {
        Objects.requireNonNull(providerId, "providerId");
        Objects.requireNonNull(providerRef, "providerRef");
        Objects.requireNonNull(hostId, "hostId");
        config = List.copyOf(config);
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    }

    /// Its JSON, in wasmCloud's field names.
    public ByteString toJson() {
        var node = Json.object();
        node.put("provider_id", providerId.value());
        node.put("provider_ref", providerRef);
        node.put("host_id", hostId.map(HostId::value).orElse(""));
        node.set("config", Json.names(config));
        node.set("annotations", Json.textMap(annotations));
        return Json.write(node);
    }

    /// Reads what [#toJson()] wrote, and what wasmCloud's clients write.
    ///
    /// @throws ProtocolException when it is something else
    public static StartProviderCommand fromJson(ByteString json) {
        JsonObject object = Json.parseObject(json);
        return new StartProviderCommand(
                object.parsed("provider_id", WorkloadId::new),
                object.text("provider_ref"),
                object.findParsed("host_id", HostId::new),
                object.texts("config", ConfigName::new),
                object.textMap("annotations"));
    }
}
