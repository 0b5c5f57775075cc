package dev.wattle.control.model;

import dev.wattle.control.model.Manifest.ConfigUse;
import dev.wattle.control.model.Manifest.Policy;
import dev.wattle.control.model.Manifest.SecretUse;
import dev.wattle.control.model.Trait.LinkEnd;
import dev.wattle.control.model.Trait.Scaler;
import dev.wattle.control.model.Trait.Spread;
import dev.wattle.wit.ByteString;
import java.util.List;
import java.util.SortedMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes a manifest as canonical JSON, wadm's own form: equal manifests give equal bytes, and [ManifestParser]
/// reads back an equal one.
public final class ManifestWriter {
    private ManifestWriter() {}

    /// Compact JSON in UTF-8.
    public static ByteString write(Manifest manifest) {
        return Json.write(tree(manifest));
    }

    static ObjectNode tree(Manifest manifest) {
        ObjectNode root = Json.object();
        root.put("apiVersion", ManifestParser.API_VERSION);
        root.put("kind", ManifestParser.KIND);
        ObjectNode metadata = root.putObject("metadata");
        metadata.put("name", manifest.name().value());
        metadata.set("annotations", texts(manifest.annotations()));
        if (!manifest.labels().isEmpty()) {
            metadata.set("labels", texts(manifest.labels()));
        }
        ObjectNode spec = root.putObject("spec");
        ArrayNode components = spec.putArray("components");
        manifest.workloads().forEach(workload -> components.add(workload(workload)));
        if (!manifest.policies().isEmpty()) {
            ArrayNode policies = spec.putArray("policies");
            manifest.policies().forEach(policy -> policies.add(policy(policy)));
        }
        return root;
    }

    private static ObjectNode policy(Policy policy) {
        ObjectNode node = Json.object();
        node.put("name", policy.name());
        node.put("type", policy.type());
        node.set("properties", texts(policy.properties()));
        return node;
    }

    private static ObjectNode workload(Workload workload) {
        ObjectNode node = Json.object();
        node.put("name", workload.name());
        node.put("type", workload.kind().word());
        ObjectNode properties = node.putObject("properties");
        switch (workload.source()) {
            case Workload.Source.Image(String reference) -> properties.put("image", reference);
            case Workload.Source.Shared(AppName application, String component) ->
                properties
                        .putObject("application")
                        .put("name", application.value())
                        .put("component", component);
        }
        workload.id().ifPresent(id -> properties.put("id", id.value()));
        putConfig(properties, workload.config());
        putSecrets(properties, workload.secrets());
        if (!workload.traits().isEmpty()) {
            ArrayNode traits = node.putArray("traits");
            workload.traits().forEach(trait -> traits.add(trait(trait)));
        }
        return node;
    }

    private static ObjectNode trait(Trait trait) {
        ObjectNode node = Json.object();
        switch (trait) {
            case Trait.SpreadScaler scaler -> {
                node.put("type", "spreadscaler");
                node.set("properties", scaler(scaler));
            }
            case Trait.DaemonScaler scaler -> {
                node.put("type", "daemonscaler");
                node.set("properties", scaler(scaler));
            }
            case Trait.LinkTo link -> {
                node.put("type", "link");
                node.set("properties", link(link));
            }
            case Trait.Custom(String type, String propertiesJson) -> {
                node.put("type", type);
                node.set("properties", Json.parse(propertiesJson));
            }
        }
        return node;
    }

    private static ObjectNode scaler(Scaler scaler) {
        ObjectNode node = Json.object();
        node.put("instances", scaler.instances());
        if (!scaler.spread().equals(List.of(Spread.ANYWHERE))) {
            ArrayNode spread = node.putArray("spread");
            for (Spread each : scaler.spread()) {
                ObjectNode one = spread.addObject();
                one.put("name", each.name());
                one.set("requirements", texts(each.requirements()));
                one.put("weight", each.weight());
            }
        }
        return node;
    }

    private static ObjectNode link(Trait.LinkTo link) {
        ObjectNode node = Json.object();
        node.put("namespace", link.namespace());
        node.put("package", link.packageName());
        ArrayNode interfaces = node.putArray("interfaces");
        link.interfaces().forEach(interfaces::add);
        node.put("name", link.name().value());
        if (!link.sourceEnd().equals(LinkEnd.EMPTY)) {
            putEnd(node.putObject("source"), link.sourceEnd());
        }
        ObjectNode target = node.putObject("target");
        target.put("name", link.target());
        putEnd(target, link.targetEnd());
        return node;
    }

    private static void putEnd(ObjectNode node, LinkEnd end) {
        putConfig(node, end.config());
        putSecrets(node, end.secrets());
    }

    private static void putConfig(ObjectNode node, List<ConfigUse> uses) {
        if (uses.isEmpty()) {
            return;
        }
        ArrayNode list = node.putArray("config");
        for (ConfigUse use : uses) {
            ObjectNode one = list.addObject();
            one.put("name", use.name());
            use.properties().ifPresent(values -> one.set("properties", texts(values)));
        }
    }

    private static void putSecrets(ObjectNode node, List<SecretUse> uses) {
        if (uses.isEmpty()) {
            return;
        }
        ArrayNode list = node.putArray("secrets");
        for (SecretUse use : uses) {
            ObjectNode one = list.addObject();
            one.put("name", use.name());
            ObjectNode properties = one.putObject("properties");
            properties.put("policy", use.policy());
            properties.put("key", use.key());
            use.field().ifPresent(field -> properties.put("field", field));
            use.version().ifPresent(version -> properties.put("version", version));
        }
    }

    private static ObjectNode texts(SortedMap<String, String> map) {
        ObjectNode node = Json.object();
        map.forEach(node::put);
        return node;
    }

    /// What somebody wrote, as JSON: for parts that are kept without being understood.
    static String json(SourceNode source) {
        return Json.text(treeOf(source));
    }

    private static JsonNode treeOf(SourceNode source) {
        return switch (source) {
            case SourceNode.Scalar scalar -> Json.scalar(scalar.type(), scalar.text());
            case SourceNode.Sequence sequence -> {
                ArrayNode list = Json.array();
                sequence.elements().forEach(element -> list.add(treeOf(element)));
                yield list;
            }
            case SourceNode.Mapping mapping -> {
                ObjectNode node = Json.object();
                mapping.entries().forEach(entry -> node.set(entry.key(), treeOf(entry.value())));
                yield node;
            }
        };
    }
}
