package dev.wattle.lattice.protocol;

import dev.wattle.wit.ByteString;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/// Stop a host: the payload of `host.stop`, which may be empty.
///
/// @param timeoutMillis how long work in flight may take to end
public record StopHostCommand(Optional<HostId> hostId, OptionalLong timeoutMillis) {
    public StopHostCommand {
        Objects.requireNonNull(hostId, "hostId");
        Objects.requireNonNull(timeoutMillis, "timeoutMillis");
    }

    /// Its JSON, in wasmCloud's field names.
    public ByteString toJson() {
        var node = Json.object();
        hostId.ifPresent(id -> node.put("host_id", id.value()));
        timeoutMillis.ifPresent(millis -> node.put("timeout", millis));
        return Json.write(node);
    }

    /// Reads what [#toJson()] wrote, and what wasmCloud's clients write.
    ///
    /// @throws ProtocolException when it is something else
    public static StopHostCommand fromJson(ByteString json) {
        if (json.size() == 0) {
            return new StopHostCommand(Optional.empty(), OptionalLong.empty());
        }
        JsonObject object = Json.parseObject(json);
        return new StopHostCommand(object.findParsed("host_id", HostId::new), object.findCount("timeout"));
    }
}
