package dev.wattle.control.server;

import dev.wattle.control.model.AppName;
import dev.wattle.control.model.AppRecord;
import dev.wattle.control.model.AppStatus;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// What the loop last said of each application. Written by the loop's thread, read by those that answer.
final class StatusBoard {
    private final ConcurrentMap<AppName, Entry> entries = new ConcurrentHashMap<>();

    private record Entry(AppStatus status, long revision) {}

    void put(AppName app, AppStatus status, long revision) {
        entries.put(app, new Entry(status, revision));
    }

    void remove(AppName app) {
        entries.remove(app);
    }

    /// What was said about an older record is not said of this one.
    AppStatus of(AppRecord record, long revision) {
        var entry = entries.get(record.name());
        if (entry != null && entry.revision() >= revision) {
            return entry.status();
        }
        return record.deployed().isEmpty()
                ? new AppStatus(AppStatus.Type.UNDEPLOYED, "", List.of())
                : new AppStatus(AppStatus.Type.RECONCILING, "the control plane has not looked at it yet", List.of());
    }
}
