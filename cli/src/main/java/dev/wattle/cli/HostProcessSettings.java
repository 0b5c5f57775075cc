package dev.wattle.cli;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What `wattle up` tells a host process, in a file for its owner alone.
///
/// @param withControlPlane does the control plane live in the same process
/// @param home of the state that a process which lost its parent cleans up
record HostProcessSettings(
        String lattice,
        String natsUrl,
        Path credentials,
        String friendlyName,
        SortedMap<String, String> labels,
        String httpAddress,
        Optional<Path> allowFiles,
        int adminPort,
        Optional<String> hostSeed,
        boolean withControlPlane,
        Path home,
        Guard guard) {
    HostProcessSettings {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("lattice", lattice);
        json.put("nats_url", natsUrl);
        json.put("credentials", credentials.toString());
        json.put("friendly_name", friendlyName);
        json.set("labels", Json.map(labels));
        json.put("http_address", httpAddress);
        allowFiles.ifPresent(folder -> json.put("allow_files", folder.toString()));
        json.put("admin_port", adminPort);
        hostSeed.ifPresent(seed -> json.put("host_seed", seed));
        json.put("with_control_plane", withControlPlane);
        json.put("home", home.toString());
        guard.write(json);
        return json;
    }

    static HostProcessSettings fromJson(JsonNode json) {
        SortedMap<String, String> labels = new TreeMap<>();
        json.required("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().stringValue()));
        return new HostProcessSettings(
                json.required("lattice").stringValue(),
                json.required("nats_url").stringValue(),
                Path.of(json.required("credentials").stringValue()),
                json.required("friendly_name").stringValue(),
                labels,
                json.required("http_address").stringValue(),
                json.has("allow_files")
                        ? Optional.of(Path.of(json.required("allow_files").stringValue()))
                        : Optional.empty(),
                json.required("admin_port").intValue(),
                json.has("host_seed") ? Optional.of(json.required("host_seed").stringValue()) : Optional.empty(),
                json.required("with_control_plane").booleanValue(),
                Path.of(json.required("home").stringValue()),
                Guard.read(json));
    }

    /// Without the seed, which is the host's secret.
    @Override
    public String toString() {
        return "HostProcessSettings[" + friendlyName + "]";
    }
}
