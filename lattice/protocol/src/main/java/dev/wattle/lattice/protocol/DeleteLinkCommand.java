package dev.wattle.lattice.protocol;

import dev.wattle.wit.ByteString;
import java.util.Objects;

/// Which link to delete: the payload of `link.del`.
public record DeleteLinkCommand(WorkloadId source, LinkName name, String witNamespace, String witPackage) {
    public DeleteLinkCommand {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(witNamespace, "witNamespace");
        Objects.requireNonNull(witPackage, "witPackage");
    }

    /// Is it this one?
    public boolean names(Link link) {
        return source.equals(link.source())
                && name.equals(link.name())
                && witNamespace.equals(link.witNamespace())
                && witPackage.equals(link.witPackage());
    }

    /// Its JSON, in wasmCloud's field names.
    public ByteString toJson() {
        var node = Json.object();
        node.put("source_id", source.value());
        node.put("name", name.value());
        node.put("wit_namespace", witNamespace);
        node.put("wit_package", witPackage);
        return Json.write(node);
    }

    /// Reads what [#toJson()] wrote, and what wasmCloud's clients write.
    ///
    /// @throws ProtocolException when it is something else
    public static DeleteLinkCommand fromJson(ByteString json) {
        JsonObject object = Json.parseObject(json);
        return new DeleteLinkCommand(
                object.parsed("source_id", WorkloadId::new),
                LinkJson.name(object),
                object.parsed("wit_namespace", LinkJson.label("wit_namespace")),
                object.parsed("wit_package", LinkJson.label("wit_package")));
    }
}
