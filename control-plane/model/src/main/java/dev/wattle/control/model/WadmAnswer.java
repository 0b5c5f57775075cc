package dev.wattle.control.model;

import dev.wattle.control.model.AppStatus.ScalerStatus;
import dev.wattle.wit.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Answers of wadm's API, field for field.
public sealed interface WadmAnswer {
    /// Its JSON.
    ByteString toJson();

    /// How it went; not every operation knows all of them.
    enum Result {
        ERROR,
        CREATED,
        NEWVERSION,
        SUCCESS,
        NOTFOUND,
        ACKNOWLEDGED,
        DELETED,
        NOOP,
        OK;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Result of(JsonNode node) {
            String word = node.path("result").asString("");
            for (Result result : values()) {
                if (result.word().equals(word)) {
                    return result;
                }
            }
            throw new StoredFormatException("an answer with the result '" + Texts.abbreviate(word) + "'");
        }
    }

    /// What any operation answers that cannot be done.
    record Failure(String message) implements WadmAnswer {
        @Override
        public ByteString toJson() {
            return Json.write(start(Result.ERROR, message));
        }
    }

    /// To put.
    record Put(Result result, int totalVersions, String currentVersion, String message, String name)
            implements WadmAnswer {
        @Override
        public ByteString toJson() {
            ObjectNode node = start(result, message);
            node.put("name", name);
            node.put("total_versions", totalVersions);
            node.put("current_version", currentVersion);
            return Json.write(node);
        }

        public static Put fromJson(ByteString json) {
            JsonNode node = Json.parse(json);
            return new Put(
                    Result.of(node),
                    node.path("total_versions").asInt(0),
                    text(node, "current_version"),
                    text(node, "message"),
                    text(node, "name"));
        }
    }

    /// To get with a name.
    record Get(Result result, String message, Optional<Manifest> manifest) implements WadmAnswer {
        @Override
        public ByteString toJson() {
            ObjectNode node = start(result, message);
            manifest.ifPresent(found -> node.set("manifest", ManifestWriter.tree(found)));
            return Json.write(node);
        }

        public static Get fromJson(ByteString json) {
            JsonNode node = Json.parse(json);
            Optional<Manifest> manifest = node.path("manifest").isObject()
                    ? Optional.of(ManifestParser.parse(
                            "answer", Json.write(node.path("manifest")).toArray()))
                    : Optional.empty();
            return new Get(Result.of(node), text(node, "message"), manifest);
        }
    }

    /// To get without a name.
    record Models(Result result, String message, List<ModelSummary> models) implements WadmAnswer {
        public Models {
            models = List.copyOf(models);
        }

        @Override
        public ByteString toJson() {
            ObjectNode node = start(result, message);
            node.set("models", WadmAnswer.models(models));
            return Json.write(node);
        }
    }

    /// To list, the old form that `wash` asks for: a bare array.
    record Listing(List<ModelSummary> models) implements WadmAnswer {
        public Listing {
            models = List.copyOf(models);
        }

        @Override
        public ByteString toJson() {
            return Json.write(WadmAnswer.models(models));
        }

        /// @throws StoredFormatException with the reason when the answer is a failure
        public static Listing fromJson(ByteString json) {
            JsonNode node = Json.parse(json);
            if (!node.isArray()) {
                throw new StoredFormatException(text(node, "message"));
            }
            List<ModelSummary> models = new ArrayList<>();
            node.values().forEach(each -> models.add(ModelSummary.read(each)));
            return new Listing(models);
        }
    }

    /// To versions.
    record Versions(Result result, String message, List<VersionInfo> versions) implements WadmAnswer {
        public Versions {
            versions = List.copyOf(versions);
        }

        @Override
        public ByteString toJson() {
            ObjectNode node = start(result, message);
            ArrayNode list = node.putArray("versions");
            versions.forEach(
                    each -> list.addObject().put("version", each.version()).put("deployed", each.deployed()));
            return Json.write(node);
        }

        public static Versions fromJson(ByteString json) {
            JsonNode node = Json.parse(json);
            List<VersionInfo> versions = new ArrayList<>();
            node.path("versions")
                    .values()
                    .forEach(each -> versions.add(new VersionInfo(
                            text(each, "version"), each.path("deployed").asBoolean(false))));
            return new Versions(Result.of(node), text(node, "message"), versions);
        }
    }

    /// To delete.
    record Delete(Result result, String message, boolean undeploy) implements WadmAnswer {
        @Override
        public ByteString toJson() {
            return Json.write(start(result, message).put("undeploy", undeploy));
        }

        public static Delete fromJson(ByteString json) {
            JsonNode node = Json.parse(json);
            return new Delete(
                    Result.of(node),
                    text(node, "message"),
                    node.path("undeploy").asBoolean(false));
        }
    }

    /// To deploy and to undeploy.
    record Deploy(Result result, String message, String name, Optional<String> version) implements WadmAnswer {
        @Override
        public ByteString toJson() {
            ObjectNode node = start(result, message).put("name", name);
            version.ifPresent(each -> node.put("version", each));
            return Json.write(node);
        }

        public static Deploy fromJson(ByteString json) {
            JsonNode node = Json.parse(json);
            return new Deploy(
                    Result.of(node),
                    text(node, "message"),
                    text(node, "name"),
                    Optional.of(text(node, "version")).filter(each -> !each.isEmpty()));
        }
    }

    /// To status.
    record Status(Result result, String message, Optional<AppStatus> status) implements WadmAnswer {
        @Override
        public ByteString toJson() {
            ObjectNode node = start(result, message);
            status.ifPresent(each -> node.set("status", WadmAnswer.write(each)));
            return Json.write(node);
        }

        public static Status fromJson(ByteString json) {
            JsonNode node = Json.parse(json);
            Optional<AppStatus> status =
                    node.path("status").isObject() ? Optional.of(read(node.path("status"))) : Optional.empty();
            return new Status(Result.of(node), text(node, "message"), status);
        }
    }

    /// One line of a list of applications.
    record ModelSummary(
            String name,
            String version,
            Optional<String> description,
            Optional<String> deployedVersion,
            AppStatus status) {
        public ModelSummary {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(version, "version");
        }

        private ObjectNode write() {
            ObjectNode node = Json.object();
            node.put("name", name);
            node.put("version", version);
            node.put("description", description.orElse(null));
            node.put("deployed_version", deployedVersion.orElse(null));
            node.set("detailed_status", WadmAnswer.write(status));
            node.put("status", status.type().word());
            node.put("status_message", status.message());
            return node;
        }

        private static ModelSummary read(JsonNode node) {
            return new ModelSummary(
                    text(node, "name"),
                    text(node, "version"),
                    Optional.of(text(node, "description")).filter(each -> !each.isEmpty()),
                    Optional.of(text(node, "deployed_version")).filter(each -> !each.isEmpty()),
                    WadmAnswer.read(node.path("detailed_status")));
        }
    }

    /// One line of a list of versions.
    record VersionInfo(String version, boolean deployed) {}

    /// What is published of one application, beside answering with it.
    static ByteString statusJson(AppStatus status) {
        return Json.write(write(status));
    }

    private static ObjectNode start(Result result, String message) {
        return Json.object().put("result", result.word()).put("message", message);
    }

    private static ArrayNode models(List<ModelSummary> models) {
        ArrayNode list = Json.array();
        models.forEach(model -> list.add(model.write()));
        return list;
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }

    private static ObjectNode info(AppStatus.Type type, String message) {
        ObjectNode node = Json.object().put("type", type.word());
        if (!message.isEmpty()) {
            node.put("message", message);
        }
        return node;
    }

    private static ObjectNode write(AppStatus status) {
        ObjectNode node = Json.object();
        node.set("status", info(status.type(), status.message()));
        ArrayNode scalers = node.putArray("scalers");
        for (ScalerStatus scaler : status.scalers()) {
            ObjectNode one = scalers.addObject();
            one.put("id", scaler.id());
            one.put("kind", scaler.kind());
            one.put("name", scaler.name());
            one.set("status", info(scaler.type(), scaler.message()));
        }
        // Old clients read these two.
        node.put("version", "");
        node.putArray("components");
        return node;
    }

    private static AppStatus read(JsonNode node) {
        List<ScalerStatus> scalers = new ArrayList<>();
        for (JsonNode each : node.path("scalers").values()) {
            scalers.add(new ScalerStatus(
                    text(each, "id"),
                    text(each, "kind"),
                    text(each, "name"),
                    type(each.path("status")),
                    text(each.path("status"), "message")));
        }
        return new AppStatus(type(node.path("status")), text(node.path("status"), "message"), scalers);
    }

    private static AppStatus.Type type(JsonNode node) {
        String word = text(node, "type");
        return switch (word) {
            // Names of older wadm versions.
            case "compensating" -> AppStatus.Type.RECONCILING;
            case "ready" -> AppStatus.Type.DEPLOYED;
            default -> {
                for (AppStatus.Type type : AppStatus.Type.values()) {
                    if (type.word().equals(word)) {
                        yield type;
                    }
                }
                throw new StoredFormatException("a status of type '" + Texts.abbreviate(word) + "'");
            }
        };
    }

    /// The version that a request asks for; nothing when its payload is empty or says nothing.
    ///
    /// @throws StoredFormatException when the payload is something else
    static Optional<String> requestedVersion(ByteString payload) {
        if (payload.size() == 0) {
            return Optional.empty();
        }
        JsonNode version = Json.parse(payload).path("version");
        if (version.isMissingNode() || version.isNull()) {
            return Optional.empty();
        }
        if (!version.isString()) {
            throw new StoredFormatException("the field 'version' must be text");
        }
        return Optional.of(version.stringValue());
    }

    /// What [#requestedVersion(ByteString)] reads.
    static ByteString versionRequest(Optional<String> version) {
        return version.map(each -> Json.write(Json.object().put("version", each)))
                .orElse(ByteString.EMPTY);
    }
}
