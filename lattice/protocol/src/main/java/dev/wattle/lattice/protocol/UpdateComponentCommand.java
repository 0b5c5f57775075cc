package dev.wattle.lattice.protocol;

import dev.wattle.wit.ByteString;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Replace the image of a running component: the payload of `component.update`.
public record UpdateComponentCommand(
        WorkloadId componentId,
        String newComponentRef,
        SortedMap<String, String> annotations,
        Optional<HostId> hostId) {
    public UpdateComponentCommand {
        Objects.requireNonNull(componentId, "componentId");
        Objects.requireNonNull(newComponentRef, "newComponentRef");
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
        Objects.requireNonNull(hostId, "hostId");
    }

    /// Its JSON, in wasmCloud's field names.
    public ByteString toJson() {
        var node = Json.object();
        node.put("component_id", componentId.value());
        node.set("annotations", Json.textMap(annotations));
        node.put("host_id", hostId.map(HostId::value).orElse(""));
        node.put("new_component_ref", newComponentRef);
        return Json.write(node);
    }

    /// Reads what [#toJson()] wrote, and what wasmCloud's clients write.
    ///
    /// @throws ProtocolException when it is something else
    public static UpdateComponentCommand fromJson(ByteString json) {
        JsonObject object = Json.parseObject(json);
        return new UpdateComponentCommand(
                object.parsed("component_id", WorkloadId::new),
                object.text("new_component_ref"),
                object.textMap("annotations"),
                object.findParsed("host_id", HostId::new));
    }
}
