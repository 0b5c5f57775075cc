package dev.wattle.lattice.protocol;

import dev.wattle.wit.ByteString;
import java.util.Objects;

/// A host's small frequent sign of life, which only ours send: see `PROTOCOL.md`.
///
/// @param boot tells two runs of one host apart: when it started, in milliseconds since 1970
/// @param sequence 1 for the first beat of a run, one more with each
/// @param revision grows with each change of the inventory or of the labels: who knows an older one reads again
/// @param epoch the highest epoch of a leader that the host has seen; 0 for none
public record HostBeat(HostId hostId, long boot, long sequence, long revision, long epoch) {
    public HostBeat {
        Objects.requireNonNull(hostId, "hostId");
    }

    /// Its JSON.
    public ByteString toJson() {
        var node = Json.object();
        node.put("host_id", hostId.value());
        node.put("boot", boot);
        node.put("sequence", sequence);
        node.put("revision", revision);
        node.put("epoch", epoch);
        return Json.write(node);
    }

    /// Reads what [#toJson()] wrote, and what other versions of Wattle write.
    ///
    /// @throws ProtocolException when it is something else
    public static HostBeat fromJson(ByteString json) {
        JsonObject object = Json.parseObject(json);
        return new HostBeat(
                object.parsed("host_id", HostId::new),
                object.count("boot"),
                object.count("sequence"),
                object.count("revision"),
                object.count("epoch"));
    }
}
