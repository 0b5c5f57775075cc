package dev.wattle.lattice.transport;

import dev.wattle.wit.ByteString;
import java.util.Optional;
import java.util.SortedMap;

/// A JetStream key-value bucket. Calls block for at most the transport's request timeout and throw
/// [TransportException];
/// watches call back. Safe for any thread.
public interface KeyValueStore {
    /// The newest value of `key`, or nothing when it is not there or was deleted.
    Optional<Entry> find(String key);

    /// All keys that have a value now, with their values.
    SortedMap<String, Entry> all();

    /// Writes whatever was there. Answers the new revision.
    long put(String key, ByteString value);

    /// Writes only when the key has no value now. Nothing when it has one.
    Optional<Long> create(String key, ByteString value);

    /// Writes only when the newest revision is `revision`. Nothing when it is not.
    Optional<Long> update(String key, ByteString value, long revision);

    /// Deletes the key, leaving a marker that watches see. Deleting what is not there is no error.
    void delete(String key);

    /// Hands over every present entry, then [Watcher#onCaughtUp()], then every change, in order, resuming after
    /// a lost connection.
    Transport.Subscription watch(Watcher watcher);

    /// One value with its revision; revisions grow over the whole bucket.
    record Entry(String key, ByteString value, long revision) {}

    /// Takes changes; one call at a time; must not block.
    interface Watcher {
        void onPut(Entry entry);

        void onDelete(String key, long revision);

        void onCaughtUp();
    }
}
