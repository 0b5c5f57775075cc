package dev.wattle.control.model;

import dev.wattle.wit.ByteString;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/// Who leads the control planes of a lattice. Without a time of expiry, since old servers ignore those
/// silently: who sees it unchanged for long enough on its own clock may take it.
///
/// @param leader empty when the last leader gave it up
/// @param epoch grows with each leader; hosts refuse what a lower one asks
/// @param beat grows while the leader lives
public record LeaseRecord(String leader, long epoch, long beat) {
    public LeaseRecord {
        Objects.requireNonNull(leader, "leader");
        if (epoch < 0 || beat < 0) {
            throw new IllegalArgumentException("an epoch and a beat are not negative");
        }
    }

    /// Its JSON.
    public ByteString toJson() {
        return Json.write(
                Json.object().put("leader", leader).put("epoch", epoch).put("beat", beat));
    }

    /// Reads what [#toJson()] wrote.
    ///
    /// @throws StoredFormatException when it is something else
    public static LeaseRecord fromJson(ByteString json) {
        JsonNode node = Json.parse(json);
        if (!node.path("leader").isString()
                || !node.path("epoch").isIntegralNumber()
                || !node.path("beat").isIntegralNumber()) {
            throw new StoredFormatException("not a lease");
        }
        return new LeaseRecord(
                node.path("leader").stringValue(),
                node.path("epoch").longValue(),
                node.path("beat").longValue());
    }
}
