package dev.wattle.lattice.protocol;

import dev.wattle.wit.ByteString;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/// A host's bid for a component.
///
/// @param componentId as text, since wasmCloud's hosts put the reference here
public record ComponentAuctionAck(
        String componentId, String componentRef, HostId hostId, SortedMap<String, String> constraints) {
    public ComponentAuctionAck {
        Objects.requireNonNull(componentId, "componentId");
        Objects.requireNonNull(componentRef, "componentRef");
        Objects.requireNonNull(hostId, "hostId");
        constraints = Collections.unmodifiableSortedMap(new TreeMap<>(constraints));
    }

    /// Its JSON, in wasmCloud's field names.
    public ByteString toJson() {
        var node = Json.object();
        node.put("component_ref", componentRef);
        node.put("component_id", componentId);
        node.put("host_id", hostId.value());
        node.set("constraints", Json.textMap(constraints));
        return Json.write(node);
    }

    /// Reads what [#toJson()] wrote, and what wasmCloud's clients write.
    ///
    /// @throws ProtocolException when it is something else
    public static ComponentAuctionAck fromJson(ByteString json) {
        JsonObject object = Json.parseObject(json);
        return new ComponentAuctionAck(
                object.text("component_id", ""),
                object.text("component_ref", ""),
                object.parsed("host_id", HostId::new),
                object.textMap("constraints"));
    }
}
