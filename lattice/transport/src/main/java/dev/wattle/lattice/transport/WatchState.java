package dev.wattle.lattice.transport;

import dev.wattle.lattice.transport.KeyValueStore.Entry;
import dev.wattle.lattice.transport.KeyValueStore.Watcher;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Makes of snapshots and changes, in whatever repetition, each change once. After a lost connection the whole
/// bucket is read again and compared with what was told: nothing is lost, not even when the server lost its
/// store meanwhile. One caller at a time.
final class WatchState {
    /// @param stamp tells apart entries of equal revision in a bucket that was made anew
    private record Version(long revision, long stamp) {}

    private final Watcher watcher;
    private final Map<String, Version> present = new TreeMap<>();
    private @Nullable Set<String> seen = new HashSet<>();
    private boolean toldCaughtUp;

    WatchState(Watcher watcher) {
        this.watcher = watcher;
    }

    /// From here on a snapshot comes, until [#caughtUp()].
    void beginSnapshot() {
        seen = new HashSet<>();
    }

    void put(Entry entry, long stamp) {
        if (seen != null) {
            seen.add(entry.key());
        }
        Version version = new Version(entry.revision(), stamp);
        if (!version.equals(present.put(entry.key(), version))) {
            watcher.onPut(entry);
        }
    }

    void deleted(String key, long revision) {
        if (present.remove(key) != null) {
            watcher.onDelete(key, revision);
        }
    }

    void caughtUp() {
        Set<String> snapshot = seen;
        seen = null;
        if (snapshot != null) {
            for (var known : new TreeMap<>(present).entrySet()) {
                if (!snapshot.contains(known.getKey())) {
                    deleted(known.getKey(), known.getValue().revision());
                }
            }
        }
        if (!toldCaughtUp) {
            toldCaughtUp = true;
            watcher.onCaughtUp();
        }
    }
}
