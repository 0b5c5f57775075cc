package dev.wattle.lattice.protocol;

import dev.wattle.wit.ByteString;
import java.util.Objects;
import java.util.Optional;

/// Stop a provider: the payload of `provider.stop`.
public record StopProviderCommand(WorkloadId providerId, Optional<HostId> hostId) {
    public StopProviderCommand {
        Objects.requireNonNull(providerId, "providerId");
        Objects.requireNonNull(hostId, "hostId");
    }

    /// Its JSON, in wasmCloud's field names.
    public ByteString toJson() {
        var node = Json.object();
        node.put("host_id", hostId.map(HostId::value).orElse(""));
        node.put("provider_id", providerId.value());
        return Json.write(node);
    }

    /// Reads what [#toJson()] wrote, and what wasmCloud's clients write.
    ///
    /// @throws ProtocolException when it is something else
    public static StopProviderCommand fromJson(ByteString json) {
        JsonObject object = Json.parseObject(json);
        return new StopProviderCommand(
                // Older clients call the id a reference.
                object.find("provider_id").isPresent()
                        ? object.parsed("provider_id", WorkloadId::new)
                        : object.parsed("provider_ref", WorkloadId::new),
                object.findParsed("host_id", HostId::new));
    }
}
