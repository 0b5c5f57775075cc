package dev.wattle.lattice.protocol;

import dev.wattle.lattice.protocol.ProtocolException.Code;
import dev.wattle.wit.ByteString;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.util.RawValue;

/// The envelope of every answer of the control interface: wasmCloud's `CtlResponse`.
///
/// @param success was it done, or taken to be done
/// @param message for people; in a refusal, the reason
/// @param response the answer itself, as JSON, where the operation has one
public record ControlResponse(boolean success, String message, Optional<ByteString> response) {
    public ControlResponse {
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(response, "response");
    }

    /// Done, or taken.
    public static ControlResponse ok(String message) {
        return new ControlResponse(true, message, Optional.empty());
    }

    /// Done, and here is the answer as JSON.
    public static ControlResponse ok(String message, ByteString response) {
        return new ControlResponse(true, message, Optional.of(response));
    }

    /// Not done, with the reason.
    public static ControlResponse refused(String reason) {
        return new ControlResponse(false, reason, Optional.empty());
    }

    /// The answer.
    ///
    /// @throws ProtocolException when it was refused or there is none
    public ByteString requireResponse() {
        if (!success) {
            throw new ProtocolException(Code.BAD_VALUE, "$.success", "refused: " + Identifiers.abbreviate(message));
        }
        return response.orElseThrow(() -> new ProtocolException(Code.MISSING, "$.response", "is required"));
    }

    /// The whole envelope.
    public ByteString toJson() {
        var node = Json.object();
        node.put("success", success);
        node.put("message", message);
        response.ifPresent(json -> node.putRawValue("response", new RawValue(Utf8.decode(json))));
        return Json.write(node);
    }

    /// Reads what [#toJson()] wrote, and what wasmCloud writes.
    ///
    /// @throws ProtocolException when it is something else
    public static ControlResponse fromJson(ByteString json) {
        JsonObject object = Json.parseObject(json);
        return new ControlResponse(
                object.flag("success"),
                object.text("message"),
                object.find("response").map((JsonNode node) -> Json.write(node)));
    }
}
