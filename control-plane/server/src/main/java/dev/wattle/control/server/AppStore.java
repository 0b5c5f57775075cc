package dev.wattle.control.server;

import dev.wattle.control.model.AppName;
import dev.wattle.control.model.AppRecord;
import dev.wattle.control.model.StoredFormatException;
import dev.wattle.lattice.protocol.LatticeName;
import dev.wattle.lattice.transport.KeyValueStore;
import dev.wattle.lattice.transport.Transport;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Applications in the lattice's store: one key each, changed by compare-and-set alone.
final class AppStore {
    private static final Logger LOG = LoggerFactory.getLogger(AppStore.class);

    /// Each round somebody else won; so many in a row do not happen to people.
    private static final int MAX_ROUNDS = 50;

    private final KeyValueStore bucket;

    AppStore(Transport transport, LatticeName lattice) {
        this.bucket = transport.keyValue(bucketName(lattice));
    }

    static String bucketName(LatticeName lattice) {
        return "wattle_manifests_" + lattice;
    }

    /// A record and the revision that it has.
    record Stored(AppRecord record, long revision) {}

    /// What a change decided.
    ///
    /// @param changed nothing when there is nothing to write
    record Change<T>(Optional<AppRecord> changed, T answer) {}

    Optional<Stored> find(AppName app) {
        return bucket.find(app.value()).map(entry -> new Stored(AppRecord.fromJson(entry.value()), entry.revision()));
    }

    /// All that can be read; what is damaged is told in the log and left alone.
    SortedMap<AppName, Stored> all() {
        SortedMap<AppName, Stored> found = new TreeMap<>();
        bucket.all().forEach((key, entry) -> {
            try {
                found.put(new AppName(key), new Stored(AppRecord.fromJson(entry.value()), entry.revision()));
            } catch (StoredFormatException | IllegalArgumentException damaged) {
                LOG.warn("app.unreadable key={} reason=\"{}\"", key, damaged.getMessage());
            }
        });
        return found;
    }

    /// Decides from what is stored and writes what was decided, again and again until nobody came between.
    <T> T change(AppName app, Function<Optional<Stored>, Change<T>> decision) {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            Optional<Stored> before = find(app);
            Change<T> change = decision.apply(before);
            if (change.changed().isEmpty()) {
                return change.answer();
            }
            var value = change.changed().get().toJson();
            Optional<Long> written = before.isPresent()
                    ? bucket.update(app.value(), value, before.get().revision())
                    : bucket.create(app.value(), value);
            if (written.isPresent()) {
                return change.answer();
            }
        }
        throw new StoreBusyException("application " + app + " is changed by others all the time");
    }

    /// Others won every round.
    static final class StoreBusyException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StoreBusyException(String message) {
            super(message);
        }
    }
}
