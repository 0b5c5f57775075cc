package dev.wattle.lattice.protocol;

import dev.wattle.lattice.protocol.HostInventory.ComponentDescription;
import dev.wattle.lattice.protocol.HostInventory.ProviderDescription;
import dev.wattle.lattice.protocol.ProtocolException.Code;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/// What hosts say about themselves.
final class HostJson {
    private static final String MEMORY = "max_memory_limit";
    private static final String TIME = "max_execution_time";

    /// wasmCloud leaves the version out when it does not know it; wadm needs one.
    private static final String UNKNOWN_VERSION = "0.0.0";

    private HostJson() {}

    static ObjectNode write(HostSummary host) {
        ObjectNode node = Json.object();
        node.put("id", host.id().value());
        node.put("friendly_name", host.friendlyName());
        node.set("labels", Json.textMap(host.labels()));
        node.put("lattice", host.lattice().value());
        node.put("uptime_seconds", host.uptimeSeconds());
        node.put("uptime_human", Uptime.human(host.uptimeSeconds()));
        node.put("version", host.version());
        host.rpcHost().ifPresent(url -> node.put("rpc_host", url));
        host.ctlHost().ifPresent(url -> node.put("ctl_host", url));
        return node;
    }

    static HostSummary readSummary(JsonObject json) {
        return new HostSummary(
                json.parsed("id", HostId::new),
                json.text("friendly_name"),
                json.textMap("labels"),
                json.parsed("lattice", LatticeName::new),
                json.findCount("uptime_seconds").orElse(0),
                json.text("version", UNKNOWN_VERSION),
                json.findText("rpc_host"),
                json.findText("ctl_host"));
    }

    static ObjectNode write(HostInventory inventory) {
        ObjectNode node = Json.object();
        node.put("host_id", inventory.hostId().value());
        node.put("friendly_name", inventory.friendlyName());
        node.set("labels", Json.textMap(inventory.labels()));
        node.put("version", inventory.version());
        node.put("uptime_human", Uptime.human(inventory.uptimeSeconds()));
        node.put("uptime_seconds", inventory.uptimeSeconds());
        var components = node.putArray("components");
        inventory.components().forEach(component -> components.add(write(component)));
        var providers = node.putArray("providers");
        inventory.providers().forEach(provider -> providers.add(write(provider)));
        return node;
    }

    static HostInventory readInventory(JsonObject json) {
        // Older hosts say `id` and `actors`.
        String hostId = json.find("host_id").isPresent() ? "host_id" : "id";
        String components = json.find("components").isPresent() ? "components" : "actors";
        if (json.find(components).isEmpty()) {
            throw json.missing("components");
        }
        return new HostInventory(
                json.parsed(hostId, HostId::new),
                json.text("friendly_name"),
                json.textMap("labels"),
                json.text("version", UNKNOWN_VERSION),
                json.findCount("uptime_seconds").orElse(0),
                json.objects(components, HostJson::readComponent),
                json.objects("providers", HostJson::readProvider));
    }

    private static ObjectNode write(ComponentDescription component) {
        ObjectNode node = Json.object();
        node.put("id", component.id().value());
        node.put("image_ref", component.imageRef());
        component.name().ifPresent(name -> node.put("name", name));
        node.set("annotations", Json.textMap(component.annotations()));
        node.put("revision", component.revision());
        node.put("max_instances", component.maxInstances());
        var limits = component.limits().map(ComponentLimits::toMap);
        if (limits.isPresent()) {
            node.set("limits", Json.textMap(limits.get()));
        } else {
            node.putNull("limits");
        }
        return node;
    }

    private static ComponentDescription readComponent(JsonObject json) {
        return new ComponentDescription(
                json.parsed("id", WorkloadId::new),
                json.text("image_ref"),
                json.findText("name"),
                json.textMap("annotations"),
                json.number("revision"),
                json.instances("max_instances", 0),
                readLimits(json, "limits"));
    }

    private static ObjectNode write(ProviderDescription provider) {
        ObjectNode node = Json.object();
        node.put("id", provider.id().value());
        provider.imageRef().ifPresent(ref -> node.put("image_ref", ref));
        provider.name().ifPresent(name -> node.put("name", name));
        node.put("revision", provider.revision());
        node.set("annotations", Json.textMap(provider.annotations()));
        return node;
    }

    private static ProviderDescription readProvider(JsonObject json) {
        return new ProviderDescription(
                json.parsed("id", WorkloadId::new),
                json.findText("image_ref"),
                json.findText("name"),
                json.textMap("annotations"),
                json.number("revision"));
    }

    static SortedMap<String, String> limits(ComponentLimits limits) {
        SortedMap<String, String> map = new TreeMap<>();
        limits.maxMemoryBytes().ifPresent(bytes -> map.put(MEMORY, Long.toString(bytes)));
        limits.maxExecutionSeconds().ifPresent(seconds -> map.put(TIME, Long.toString(seconds)));
        return map;
    }

    static Optional<ComponentLimits> readLimits(JsonObject json, String field) {
        var map = json.textMap(field);
        return new ComponentLimits(decimal(json.where(field), map, MEMORY), decimal(json.where(field), map, TIME))
                .presence();
    }

    private static OptionalLong decimal(String where, SortedMap<String, String> map, String key) {
        String text = map.get(key);
        if (text == null) {
            return OptionalLong.empty();
        }
        try {
            long value = Long.parseLong(text);
            if (value > 0) {
                return OptionalLong.of(value);
            }
        } catch (NumberFormatException _) {
            // Told below, with every other value that is no limit.
        }
        throw new ProtocolException(
                Code.BAD_VALUE,
                where + "." + key,
                "expected a number above 0 as text, found '" + Identifiers.abbreviate(text) + "'");
    }
}
