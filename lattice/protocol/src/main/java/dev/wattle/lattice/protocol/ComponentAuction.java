package dev.wattle.lattice.protocol;

import dev.wattle.wit.ByteString;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/// Who could run this component? Hosts that could not stay silent. The payload of `component.auction`.
///
/// @param constraints labels that the host must have, with these values
public record ComponentAuction(WorkloadId componentId, String componentRef, SortedMap<String, String> constraints) {
    public ComponentAuction {
        Objects.requireNonNull(componentId, "componentId");
        Objects.requireNonNull(componentRef, "componentRef");
        constraints = Collections.unmodifiableSortedMap(new TreeMap<>(constraints));
    }

    /// Its JSON, in wasmCloud's field names.
    public ByteString toJson() {
        var node = Json.object();
        node.put("component_ref", componentRef);
        node.put("component_id", componentId.value());
        node.set("constraints", Json.textMap(constraints));
        return Json.write(node);
    }

    /// Reads what [#toJson()] wrote, and what wasmCloud's clients write.
    ///
    /// @throws ProtocolException when it is something else
    public static ComponentAuction fromJson(ByteString json) {
        JsonObject object = Json.parseObject(json);
        return new ComponentAuction(
                object.parsed("component_id", WorkloadId::new),
                object.text("component_ref", ""),
                object.textMap("constraints"));
    }
}
