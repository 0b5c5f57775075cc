package dev.wattle.lattice.transport;

import dev.wattle.lattice.transport.KeyValueStore.Entry;
import dev.wattle.wit.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// One bucket of an in-memory lattice. All calls under the lattice's lock.
final class InMemoryBucket {
    private final TreeMap<String, Entry> present = new TreeMap<>();
    private final List<InMemoryWatch> watches = new ArrayList<>();
    private long lastRevision;

    Optional<Entry> find(String key) {
        return Optional.ofNullable(present.get(key));
    }

    SortedMap<String, Entry> all() {
        return new TreeMap<>(present);
    }

    long put(String key, ByteString value) {
        Entry entry = new Entry(key, value, ++lastRevision);
        present.put(key, entry);
        watches.forEach(watch -> watch.changed(state -> state.put(entry, 0)));
        return entry.revision();
    }

    void delete(String key) {
        long revision = ++lastRevision;
        present.remove(key);
        watches.forEach(watch -> watch.changed(state -> state.deleted(key, revision)));
    }

    void add(InMemoryWatch watch) {
        watches.add(watch);
        snapshot(watch);
    }

    /// Tells a watch all that is there.
    void snapshot(InMemoryWatch watch) {
        List<Entry> entries = List.copyOf(present.values());
        watch.changed(state -> {
            state.beginSnapshot();
            entries.forEach(entry -> state.put(entry, 0));
            state.caughtUp();
        });
    }

    void remove(InMemoryWatch watch) {
        watches.remove(watch);
    }
}
