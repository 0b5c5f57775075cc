package dev.wattle.lattice.protocol;

import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// Links, and what names one.
final class LinkJson {
    /// A label of WIT; it becomes part of a subject.
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9-]{0,127}");

    private LinkJson() {}

    static ObjectNode write(Link link) {
        ObjectNode node = Json.object();
        node.put("source_id", link.source().value());
        node.put("target", link.target().value());
        node.put("name", link.name().value());
        node.put("wit_namespace", link.witNamespace());
        node.put("wit_package", link.witPackage());
        node.set("interfaces", Json.names(link.interfaces()));
        node.set("source_config", Json.names(link.sourceConfig()));
        node.set("target_config", Json.names(link.targetConfig()));
        return node;
    }

    static Link read(JsonObject json) {
        if (json.find("interfaces").isEmpty()) {
            throw json.missing("interfaces");
        }
        return new Link(
                json.parsed("source_id", WorkloadId::new),
                json.parsed("target", WorkloadId::new),
                name(json),
                json.parsed("wit_namespace", label("wit_namespace")),
                json.parsed("wit_package", label("wit_package")),
                json.texts("interfaces", label("interface")),
                json.texts("source_config", ConfigName::new),
                json.texts("target_config", ConfigName::new));
    }

    static LinkName name(JsonObject json) {
        return json.findParsed("name", LinkName::new).orElse(LinkName.DEFAULT);
    }

    static UnaryOperator<String> label(String what) {
        return text -> {
            if (!LABEL.matcher(text).matches()) {
                throw new IllegalArgumentException(
                        what + " must be letters, digits and '-': '" + Identifiers.abbreviate(text) + "'");
            }
            return text;
        };
    }
}
