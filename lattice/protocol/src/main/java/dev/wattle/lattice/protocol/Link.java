package dev.wattle.lattice.protocol;

import dev.wattle.wit.ByteString;
import java.util.List;
import java.util.Objects;

/// Joins imports of `source` to the exports of `target`, for some interfaces of one WIT package. Field for
/// field wasmCloud's `Link`.
public record Link(
        WorkloadId source,
        WorkloadId target,
        LinkName name,
        String witNamespace,
        String witPackage,
        List<String> interfaces,
        List<ConfigName> sourceConfig,
        List<ConfigName> targetConfig) {
    public Link {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(witNamespace, "witNamespace");
        Objects.requireNonNull(witPackage, "witPackage");
        interfaces = List.copyOf(interfaces);
        sourceConfig = List.copyOf(sourceConfig);
        targetConfig = List.copyOf(targetConfig);
    }

    /// Its JSON, in wasmCloud's field names.
    public ByteString toJson() {
        return Json.write(LinkJson.write(this));
    }

    /// Reads what [#toJson()] wrote, and what wasmCloud writes.
    ///
    /// @throws ProtocolException when it is something else
    public static Link fromJson(ByteString json) {
        return LinkJson.read(Json.parseObject(json));
    }

    /// Does it carry `namespace:package/interface`?
    public boolean carries(String namespace, String packageName, String interfaceName) {
        return witNamespace.equals(namespace) && witPackage.equals(packageName) && interfaces.contains(interfaceName);
    }
}
