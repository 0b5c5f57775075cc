package dev.wattle.lattice.protocol;

import dev.wattle.wit.ByteString;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A value of the bucket `LATTICEDATA_{lattice}`, under `COMPONENT_{id}`: what is known of one component or
/// provider. All links whose source is that id live here.
///
/// @param url its image reference; empty when a link came before it was started
public record ComponentSpec(String url, List<Link> links) {
    /// What a key that is not there stands for.
    public static final ComponentSpec EMPTY = new ComponentSpec("", List.of());

    private static final String KEY_PREFIX = "COMPONENT_";

    public ComponentSpec {
        Objects.requireNonNull(url, "url");
        links = List.copyOf(links);
    }

    /// The bucket of a lattice.
    public static String bucket(LatticeName lattice) {
        return "LATTICEDATA_" + lattice;
    }

    /// The key of an id.
    public static String key(WorkloadId id) {
        return KEY_PREFIX + id;
    }

    /// The id of a key; nothing for keys of another kind.
    public static Optional<WorkloadId> idOf(String key) {
        if (!key.startsWith(KEY_PREFIX)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new WorkloadId(key.substring(KEY_PREFIX.length())));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// The value.
    public ByteString toJson() {
        var node = Json.object();
        node.put("url", url);
        var list = node.putArray("links");
        links.forEach(link -> list.add(LinkJson.write(link)));
        return Json.write(node);
    }

    /// Reads a value.
    ///
    /// @throws ProtocolException when it is something else
    public static ComponentSpec fromJson(ByteString json) {
        JsonObject object = Json.parseObject(json);
        return new ComponentSpec(
                object.text("url", ""),
                object.find("links").isPresent() ? object.objects("links", LinkJson::read) : List.of());
    }
}
