package dev.wattle.lattice.protocol;

import dev.wattle.wit.ByteString;
import java.util.Objects;

/// Delete a label of a host: the payload of `label.del`.
public record DeleteLabelCommand(String key) {
    public DeleteLabelCommand {
        Objects.requireNonNull(key, "key");
    }

    /// Its JSON, in wasmCloud's field names.
    public ByteString toJson() {
        var node = Json.object();
        node.put("key", key);
        return Json.write(node);
    }

    /// Reads what [#toJson()] wrote, and what wasmCloud's clients write.
    ///
    /// @throws ProtocolException when it is something else
    public static DeleteLabelCommand fromJson(ByteString json) {
        JsonObject object = Json.parseObject(json);
        return new DeleteLabelCommand(object.text("key"));
    }
}
