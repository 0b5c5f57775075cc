package dev.wattle.lattice.transport;

import dev.wattle.lattice.transport.KeyValueStore.Entry;
import dev.wattle.lattice.transport.KeyValueStore.Watcher;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.KeyValueOperation;
import io.nats.client.api.KeyValueWatchOption;
import io.nats.client.api.KeyValueWatcher;
import io.nats.client.impl.NatsKeyValueWatchSubscription;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A watch that outlives its connection. The library's own ordered consumer notices a lost server after many
/// seconds and cannot tell a lost store from a quiet one; so a reconnect reads the bucket anew, and
/// [WatchState] tells the difference.
final class NatsWatch implements Transport.Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(NatsWatch.class);

    /// JetStream may still be reading its store when the server already takes connections.
    private static final Duration RETRY = Duration.ofMillis(250);

    private final NatsKeyValueStore store;
    private final Object lock = new Object();
    private final WatchState state; // guarded by lock
    private int generation; // guarded by lock
    private @Nullable NatsKeyValueWatchSubscription subscription; // guarded by lock
    private volatile boolean closed;

    NatsWatch(NatsKeyValueStore store, Watcher watcher) {
        this.store = store;
        this.state = new WatchState(watcher);
    }

    /// Starts, or starts anew; what an earlier start still delivers is ignored from here on.
    void open() throws IOException, InterruptedException, JetStreamApiException {
        int mine;
        @Nullable NatsKeyValueWatchSubscription old;
        synchronized (lock) {
            mine = ++generation;
            old = subscription;
            subscription = null;
            state.beginSnapshot();
        }
        unsubscribe(old);
        NatsKeyValueWatchSubscription opened = store.keyValue().watchAll(new Generation(mine));
        synchronized (lock) {
            if (!closed && generation == mine) {
                subscription = opened;
                return;
            }
        }
        unsubscribe(opened);
    }

    /// Starts anew on a thread of its own, until it succeeds.
    void resume() {
        if (!closed && !store.transport().closed()) {
            store.transport().threads().execute(this::reopen);
        }
    }

    private void reopen() {
        if (closed || !store.transport().connected()) {
            return;
        }
        try {
            store.ensure();
            open();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | JetStreamApiException | RuntimeException e) {
            LOG.warn("nats.watch.retry bucket={} reason={}", store.bucket(), e.getMessage());
            store.transport().timers().after(RETRY, this::resume);
        }
    }

    private static void unsubscribe(@Nullable NatsKeyValueWatchSubscription subscription) {
        if (subscription == null) {
            return;
        }
        try {
            subscription.unsubscribe();
        } catch (IllegalStateException e) {
            LOG.debug("nats.unwatch.late", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        store.transport().forget(this);
        @Nullable NatsKeyValueWatchSubscription last;
        synchronized (lock) {
            generation++;
            last = subscription;
            subscription = null;
        }
        if (!store.transport().closed()) {
            unsubscribe(last);
        }
    }

    /// What one start of the watch hears.
    private final class Generation implements KeyValueWatcher {
        private final int number;

        Generation(int number) {
            this.number = number;
        }

        @Override
        public void watch(KeyValueEntry entry) {
            guarded(() -> {
                if (entry.getOperation() == KeyValueOperation.PUT) {
                    long stamp = ChronoUnit.MICROS.between(java.time.Instant.EPOCH, entry.getCreated());
                    state.put(NatsKeyValueStore.entry(entry), stamp);
                } else {
                    state.deleted(entry.getKey(), entry.getRevision());
                }
            });
        }

        @Override
        public void endOfData() {
            guarded(state::caughtUp);
        }

        private void guarded(Runnable change) {
            synchronized (lock) {
                if (closed || number != generation) {
                    return;
                }
                try {
                    change.run();
                } catch (RuntimeException e) {
                    LOG.error("callback.failed of=watch bucket={}", store.bucket(), e);
                }
            }
        }
    }

    /// Collects what is there now; the latch opens when all of it came.
    static AutoCloseableWatch collect(KeyValue keyValue, Map<String, Entry> entries, CountDownLatch caughtUp)
            throws IOException, InterruptedException, JetStreamApiException {
        KeyValueWatcher collector = new KeyValueWatcher() {
            @Override
            public void watch(KeyValueEntry entry) {
                entries.put(entry.getKey(), NatsKeyValueStore.entry(entry));
            }

            @Override
            public void endOfData() {
                caughtUp.countDown();
            }
        };
        var subscription = keyValue.watchAll(collector, KeyValueWatchOption.IGNORE_DELETE);
        return () -> unsubscribe(subscription);
    }

    /// Closes without complaint.
    @FunctionalInterface
    interface AutoCloseableWatch extends AutoCloseable {
        @Override
        void close();
    }
}
