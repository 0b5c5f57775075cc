package dev.wattle.lattice.protocol;

import dev.wattle.wit.ByteString;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Run `count` concurrent invocations of a component at most, starting or stopping it: the payload of
/// `component.scale`.
/// The count is named `count` on the wire, `max_instances` everywhere else.
///
/// @param count 0 stops it
/// @param allowUpdate may another image take the place of the one that runs
public record ScaleComponentCommand(
        WorkloadId componentId,
        String componentRef,
        SortedMap<String, String> annotations,
        int count,
        Optional<ComponentLimits> limits,
        Optional<HostId> hostId,
        List<ConfigName> config,
        boolean allowUpdate) {
    public ScaleComponentCommand {
        Objects.requireNonNull(componentId, "componentId");
        Objects.requireNonNull(componentRef, "componentRef");
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(hostId, "hostId");
        config = List.copyOf(config);
    }

    /// Its JSON, in wasmCloud's field names.
    public ByteString toJson() {
        var node = Json.object();
        node.put("component_ref", componentRef);
        node.put("component_id", componentId.value());
        node.set("annotations", Json.textMap(annotations));
        node.put("count", count);
        limits.ifPresent(present -> node.set("component_limits", Json.textMap(present.toMap())));
        node.put("host_id", hostId.map(HostId::value).orElse(""));
        node.set("config", Json.names(config));
        node.put("allow_update", allowUpdate);
        return Json.write(node);
    }

    /// Reads what [#toJson()] wrote, and what wasmCloud's clients write.
    ///
    /// @throws ProtocolException when it is something else
    public static ScaleComponentCommand fromJson(ByteString json) {
        JsonObject object = Json.parseObject(json);
        return new ScaleComponentCommand(
                object.parsed("component_id", WorkloadId::new),
                object.text("component_ref", ""),
                object.textMap("annotations"),
                object.instances("count", 0),
                HostJson.readLimits(object, "component_limits"),
                object.findParsed("host_id", HostId::new),
                object.texts("config", ConfigName::new),
                object.flag("allow_update", false));
    }
}
