package dev.wattle.lattice.agent;

import dev.wattle.lattice.protocol.ControlResponse;
import dev.wattle.lattice.protocol.HostId;
import dev.wattle.lattice.protocol.LatticeEvent;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The labels of this host.
final class Labels {
    /// Labels are for placing work; a host with more is somebody's storage.
    private static final int MAX_LABELS = 1000;

    private static final String OWN = "hostcore.";

    private final HostId host;
    private final Outbox outbox;
    private final SortedMap<String, String> labels;
    private long changes;

    Labels(HostId host, SortedMap<String, String> labels, Outbox outbox) {
        this.host = host;
        this.labels = new TreeMap<>(labels);
        this.outbox = outbox;
    }

    SortedMap<String, String> all() {
        return new TreeMap<>(labels);
    }

    long changes() {
        return changes;
    }

    /// Has it all of these, with these values?
    boolean satisfy(Map<String, String> constraints) {
        return constraints.entrySet().stream()
                .allMatch(wanted -> wanted.getValue().equals(labels.get(wanted.getKey())));
    }

    ControlResponse put(String key, String value) {
        if (key.toLowerCase(Locale.ROOT).startsWith(OWN)) {
            return ControlResponse.refused("hostcore.* labels cannot be set dynamically");
        }
        if (key.isBlank()) {
            return ControlResponse.refused("a label needs a name");
        }
        if (labels.size() >= MAX_LABELS && !labels.containsKey(key)) {
            return ControlResponse.refused("this host has " + MAX_LABELS + " labels already");
        }
        labels.put(key, value);
        changed();
        return ControlResponse.ok("successfully put label");
    }

    ControlResponse delete(String key) {
        if (labels.remove(key) == null) {
            return ControlResponse.ok("successfully deleted label (no such label)");
        }
        changed();
        return ControlResponse.ok("successfully deleted label");
    }

    private void changed() {
        changes++;
        outbox.event(new LatticeEvent.LabelsChanged(host, all()));
    }
}
