package dev.wattle.lattice.protocol;

import dev.wattle.lattice.protocol.LatticeEvent.ComponentScaleFailed;
import dev.wattle.lattice.protocol.LatticeEvent.ComponentScaled;
import dev.wattle.lattice.protocol.LatticeEvent.ConfigDeleted;
import dev.wattle.lattice.protocol.LatticeEvent.ConfigSet;
import dev.wattle.lattice.protocol.LatticeEvent.Health;
import dev.wattle.lattice.protocol.LatticeEvent.HealthChecked;
import dev.wattle.lattice.protocol.LatticeEvent.HostHeartbeat;
import dev.wattle.lattice.protocol.LatticeEvent.HostStarted;
import dev.wattle.lattice.protocol.LatticeEvent.HostStopped;
import dev.wattle.lattice.protocol.LatticeEvent.LabelsChanged;
import dev.wattle.lattice.protocol.LatticeEvent.LinkDeleted;
import dev.wattle.lattice.protocol.LatticeEvent.LinkSet;
import dev.wattle.lattice.protocol.LatticeEvent.LinkSetFailed;
import dev.wattle.lattice.protocol.LatticeEvent.ProviderStartFailed;
import dev.wattle.lattice.protocol.LatticeEvent.ProviderStarted;
import dev.wattle.lattice.protocol.LatticeEvent.ProviderStopped;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/// The data of events.
final class EventJson {
    /// wasmCloud names a link in provider events; providers have had no link name for long.
    private static final String LINK_NAME = "link_name";

    private EventJson() {}

    static String name(LatticeEvent event) {
        return switch (event) {
            case HostStarted _ -> "host_started";
            case HostHeartbeat _ -> "host_heartbeat";
            case HostStopped _ -> "host_stopped";
            case ComponentScaled _ -> "component_scaled";
            case ComponentScaleFailed _ -> "component_scale_failed";
            case ProviderStarted _ -> "provider_started";
            case ProviderStartFailed _ -> "provider_start_failed";
            case ProviderStopped _ -> "provider_stopped";
            case HealthChecked checked ->
                switch (checked.health()) {
                    case PASSED -> "health_check_passed";
                    case FAILED -> "health_check_failed";
                    case STATUS -> "health_check_status";
                };
            case LinkSet _ -> "linkdef_set";
            case LinkSetFailed _ -> "linkdef_set_failed";
            case LinkDeleted _ -> "linkdef_deleted";
            case ConfigSet _ -> "config_set";
            case ConfigDeleted _ -> "config_deleted";
            case LabelsChanged _ -> "labels_changed";
        };
    }

    static ObjectNode write(LatticeEvent event) {
        ObjectNode node = Json.object();
        return switch (event) {
            case HostStarted started ->
                node.put("friendly_name", started.friendlyName())
                        .set("labels", Json.textMap(started.labels()))
                        .put("uptime_seconds", started.uptimeSeconds())
                        .put("version", started.version());
            case HostHeartbeat(var inventory) -> HostJson.write(inventory);
            case HostStopped(var labels) -> node.set("labels", Json.textMap(labels));
            case ComponentScaled scaled ->
                component(scaled.annotations(), scaled.hostId(), scaled.imageRef(), scaled.maxInstances())
                        .put("component_id", scaled.componentId().value());
            case ComponentScaleFailed failed ->
                component(failed.annotations(), failed.hostId(), failed.imageRef(), failed.maxInstances())
                        .put("component_id", failed.componentId().value())
                        .put("error", failed.error());
            case ProviderStarted started ->
                node.put("host_id", started.hostId().value())
                        .put("image_ref", started.imageRef())
                        .put("provider_id", started.providerId().value())
                        .set("annotations", Json.textMap(started.annotations()));
            case ProviderStartFailed failed ->
                node.put("provider_ref", failed.providerRef())
                        .put("provider_id", failed.providerId().value())
                        .put("host_id", failed.hostId().value())
                        .put("error", failed.error())
                        .put(LINK_NAME, "default");
            case ProviderStopped stopped -> stopped(stopped);
            case HealthChecked checked ->
                node.put("host_id", checked.hostId().value())
                        .put("provider_id", checked.providerId().value());
            case LinkSet(var link) -> LinkJson.write(link);
            case LinkSetFailed(var link, var error) -> LinkJson.write(link).put("error", error);
            case LinkDeleted deleted -> deleted(deleted);
            case ConfigSet(var name) -> node.put("config_name", name.value());
            case ConfigDeleted(var name) -> node.put("config_name", name.value());
            case LabelsChanged(var host, var labels) ->
                node.put("host_id", host.value()).set("labels", Json.textMap(labels));
        };
    }

    private static ObjectNode component(
            SortedMap<String, String> annotations, HostId host, String imageRef, int maxInstances) {
        ObjectNode node = Json.object();
        node.set("annotations", Json.textMap(annotations));
        return node.put("host_id", host.value()).put("image_ref", imageRef).put("max_instances", maxInstances);
    }

    private static ObjectNode stopped(ProviderStopped stopped) {
        ObjectNode node = Json.object();
        node.put("host_id", stopped.hostId().value());
        node.put("provider_id", stopped.providerId().value());
        node.set("annotations", Json.textMap(stopped.annotations()));
        node.put("reason", stopped.reason());
        // Two old names of the id, which old listeners still need.
        node.put("instance_id", stopped.providerId().value());
        node.put("public_key", stopped.providerId().value());
        return node.put(LINK_NAME, "default");
    }

    private static ObjectNode deleted(LinkDeleted deleted) {
        ObjectNode node = Json.object();
        node.put("source_id", deleted.which().source().value());
        deleted.target().ifPresent(target -> node.put("target", target.value()));
        node.put("name", deleted.which().name().value());
        node.put("wit_namespace", deleted.which().witNamespace());
        node.put("wit_package", deleted.which().witPackage());
        if (deleted.target().isPresent()) {
            node.set("interfaces", Json.names(deleted.interfaces()));
        }
        return node;
    }

    static Optional<Function<JsonObject, LatticeEvent>> reader(String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "host_started" -> EventJson::readHostStarted;
                    case "host_heartbeat" -> json -> new HostHeartbeat(HostJson.readInventory(json));
                    case "host_stopped" -> json -> new HostStopped(json.textMap("labels"));
                    case "component_scaled" -> EventJson::readScaled;
                    case "component_scale_failed" -> EventJson::readScaleFailed;
                    case "provider_started" -> EventJson::readProviderStarted;
                    case "provider_start_failed" -> EventJson::readProviderStartFailed;
                    case "provider_stopped" -> EventJson::readProviderStopped;
                    case "health_check_passed" -> json -> readHealth(json, Health.PASSED);
                    case "health_check_failed" -> json -> readHealth(json, Health.FAILED);
                    case "health_check_status" -> json -> readHealth(json, Health.STATUS);
                    case "linkdef_set" -> json -> new LinkSet(LinkJson.read(json));
                    case "linkdef_set_failed" -> json -> new LinkSetFailed(LinkJson.read(json), json.text("error"));
                    case "linkdef_deleted" -> EventJson::readLinkDeleted;
                    case "config_set" -> json -> new ConfigSet(json.parsed("config_name", ConfigName::new));
                    case "config_deleted" -> json -> new ConfigDeleted(json.parsed("config_name", ConfigName::new));
                    case "labels_changed" ->
                        json -> new LabelsChanged(json.parsed("host_id", HostId::new), json.textMap("labels"));
                    default -> null;
                });
    }

    private static LatticeEvent readHostStarted(JsonObject json) {
        return new HostStarted(
                json.text("friendly_name"),
                json.textMap("labels"),
                json.findCount("uptime_seconds").orElse(0),
                json.text("version"));
    }

    private static LatticeEvent readScaled(JsonObject json) {
        return new ComponentScaled(
                json.parsed("component_id", WorkloadId::new),
                json.parsed("host_id", HostId::new),
                json.text("image_ref"),
                json.instances("max_instances", 0),
                json.textMap("annotations"));
    }

    private static LatticeEvent readScaleFailed(JsonObject json) {
        return new ComponentScaleFailed(
                json.parsed("component_id", WorkloadId::new),
                json.parsed("host_id", HostId::new),
                json.text("image_ref"),
                json.instances("max_instances", 0),
                json.textMap("annotations"),
                json.text("error"));
    }

    private static LatticeEvent readProviderStarted(JsonObject json) {
        return new ProviderStarted(
                json.parsed("provider_id", WorkloadId::new),
                json.parsed("host_id", HostId::new),
                json.text("image_ref", ""),
                json.textMap("annotations"));
    }

    private static LatticeEvent readProviderStartFailed(JsonObject json) {
        return new ProviderStartFailed(
                json.parsed("provider_id", WorkloadId::new),
                json.parsed("host_id", HostId::new),
                json.text("provider_ref", ""),
                json.text("error"));
    }

    private static LatticeEvent readProviderStopped(JsonObject json) {
        return new ProviderStopped(
                json.parsed("provider_id", WorkloadId::new),
                json.parsed("host_id", HostId::new),
                json.textMap("annotations"),
                json.text("reason", ""));
    }

    private static LatticeEvent readHealth(JsonObject json, Health health) {
        return new HealthChecked(
                json.parsed("provider_id", WorkloadId::new), json.parsed("host_id", HostId::new), health);
    }

    private static LatticeEvent readLinkDeleted(JsonObject json) {
        return new LinkDeleted(
                new DeleteLinkCommand(
                        json.parsed("source_id", WorkloadId::new),
                        LinkJson.name(json),
                        json.parsed("wit_namespace", LinkJson.label("wit_namespace")),
                        json.parsed("wit_package", LinkJson.label("wit_package"))),
                json.findParsed("target", WorkloadId::new),
                json.texts("interfaces", LinkJson.label("interface")));
    }
}
