package dev.wattle.cli;

import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What `wattle up` tells the process of the control plane, in a file for its owner alone.
///
/// @param home of the state that a process which lost its parent cleans up
record ControlPlaneProcessSettings(String lattice, String natsUrl, Path credentials, Path home, Guard guard) {
    ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("lattice", lattice);
        json.put("nats_url", natsUrl);
        json.put("credentials", credentials.toString());
        json.put("home", home.toString());
        guard.write(json);
        return json;
    }

    static ControlPlaneProcessSettings fromJson(JsonNode json) {
        return new ControlPlaneProcessSettings(
                json.required("lattice").stringValue(),
                json.required("nats_url").stringValue(),
                Path.of(json.required("credentials").stringValue()),
                Path.of(json.required("home").stringValue()),
                Guard.read(json));
    }
}
