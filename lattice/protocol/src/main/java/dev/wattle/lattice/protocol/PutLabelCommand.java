package dev.wattle.lattice.protocol;

import dev.wattle.wit.ByteString;
import java.util.Objects;

/// Set a label of a host: the payload of `label.put`.
public record PutLabelCommand(String key, String value) {
    public PutLabelCommand {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(value, "value");
    }

    /// Its JSON, in wasmCloud's field names.
    public ByteString toJson() {
        var node = Json.object();
        node.put("key", key);
        node.put("value", value);
        return Json.write(node);
    }

    /// Reads what [#toJson()] wrote, and what wasmCloud's clients write.
    ///
    /// @throws ProtocolException when it is something else
    public static PutLabelCommand fromJson(ByteString json) {
        JsonObject object = Json.parseObject(json);
        return new PutLabelCommand(object.text("key"), object.text("value"));
    }
}
