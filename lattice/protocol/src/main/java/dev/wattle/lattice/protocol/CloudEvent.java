package dev.wattle.lattice.protocol;

import dev.wattle.lattice.protocol.ProtocolException.Code;
import dev.wattle.wit.ByteString;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.Optional;

/// An event of a lattice in its envelope: CloudEvents 1.0 in structured JSON.
///
/// @param id unique among the source's events; wasmCloud's hosts use UUIDs
/// @param source the host that says it
public record CloudEvent(String id, HostId source, Instant time, LatticeEvent data) {
    private static final String TYPE = "com.wasmcloud.lattice.";

    /// A UUID has 36.
    private static final int MAX_ID_CHARACTERS = 128;

    public CloudEvent {
        requireId(id);
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(data, "data");
    }

    /// The whole envelope.
    public ByteString toJson() {
        var node = Json.object();
        node.put("specversion", "1.0");
        node.put("id", id);
        node.put("type", TYPE + data.eventName());
        node.put("source", source.value());
        node.put("datacontenttype", "application/json");
        node.put("time", time.toString());
        node.set("data", EventJson.write(data));
        return Json.write(node);
    }

    /// Reads an event; nothing when it is a CloudEvent of a type that is not known here.
    ///
    /// @throws ProtocolException when it is no CloudEvent, or damaged
    public static Optional<CloudEvent> fromJson(ByteString json) {
        JsonObject object = Json.parseObject(json);
        String version = object.text("specversion");
        if (!version.equals("1.0")) {
            throw new ProtocolException(
                    Code.NOT_SUPPORTED,
                    object.where("specversion"),
                    "CloudEvents " + Identifiers.abbreviate(version) + "; expected 1.0");
        }
        String type = object.text("type");
        if (!type.startsWith(TYPE)) {
            return Optional.empty();
        }
        return EventJson.reader(type.substring(TYPE.length()))
                .map(reader -> new CloudEvent(
                        object.parsed("id", CloudEvent::requireId),
                        object.parsed("source", HostId::new),
                        object.parsed("time", CloudEvent::parseTime),
                        reader.apply(object.object("data"))));
    }

    private static String requireId(String text) {
        if (text.isEmpty() || text.length() > MAX_ID_CHARACTERS) {
            throw new IllegalArgumentException("an event's id has 1.." + MAX_ID_CHARACTERS + " characters");
        }
        return text;
    }

    private static Instant parseTime(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException damaged) {
            throw new IllegalArgumentException("not an RFC 3339 time: '" + Identifiers.abbreviate(text) + "'", damaged);
        }
    }
}
