package dev.wattle.lattice.transport;

import java.util.function.Consumer;

/// One watch of an in-memory bucket: what happens while its transport is disconnected is made up for
/// afterwards.
final class InMemoryWatch implements Transport.Subscription {
    private final InMemoryTransport transport;
    private final InMemoryBucket bucket;
    private final WatchState state;
    private volatile boolean closed;

    InMemoryWatch(InMemoryTransport transport, InMemoryBucket bucket, KeyValueStore.Watcher watcher) {
        this.transport = transport;
        this.bucket = bucket;
        this.state = new WatchState(watcher);
    }

    InMemoryBucket bucket() {
        return bucket;
    }

    void changed(Consumer<WatchState> change) {
        if (!transport.connected()) {
            return;
        }
        transport.lattice().scheduling().deliver(() -> {
            if (!closed && transport.connected()) {
                transport.guarded("watch", () -> change.accept(state));
            }
        });
    }

    @Override
    public void close() {
        closed = true;
        transport.forget(this);
    }
}
