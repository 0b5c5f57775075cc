package dev.wattle.lattice.transport;

import dev.wattle.wit.ByteString;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;

/// A bucket as one transport sees it.
final class InMemoryKeyValueStore implements KeyValueStore {
    private final InMemoryTransport transport;
    private final InMemoryBucket bucket;

    InMemoryKeyValueStore(InMemoryTransport transport, InMemoryBucket bucket) {
        this.transport = transport;
        this.bucket = bucket;
    }

    private <R> R locked(String key, Function<InMemoryBucket, R> action) {
        WireRules.checkKey(key);
        transport.requireConnected();
        synchronized (transport.lattice().lock()) {
            return action.apply(bucket);
        }
    }

    @Override
    public Optional<Entry> find(String key) {
        return locked(key, b -> b.find(key));
    }

    @Override
    public SortedMap<String, Entry> all() {
        transport.requireConnected();
        synchronized (transport.lattice().lock()) {
            return bucket.all();
        }
    }

    @Override
    public long put(String key, ByteString value) {
        requireSize(value);
        return locked(key, b -> b.put(key, value));
    }

    @Override
    public Optional<Long> create(String key, ByteString value) {
        requireSize(value);
        return locked(key, b -> b.find(key).isPresent() ? Optional.empty() : Optional.of(b.put(key, value)));
    }

    @Override
    public Optional<Long> update(String key, ByteString value, long revision) {
        requireSize(value);
        return locked(key, b -> {
            boolean newest = b.find(key).filter(e -> e.revision() == revision).isPresent();
            return newest ? Optional.of(b.put(key, value)) : Optional.empty();
        });
    }

    @Override
    public void delete(String key) {
        locked(key, b -> {
            b.delete(key);
            return b;
        });
    }

    @Override
    public Transport.Subscription watch(Watcher watcher) {
        transport.requireConnected();
        InMemoryWatch watch = new InMemoryWatch(transport, bucket, watcher);
        transport.keep(watch);
        return watch;
    }

    private void requireSize(ByteString value) {
        if (value.size() > transport.maxPayloadBytes()) {
            throw new TransportException(
                    TransportException.Code.TOO_LARGE,
                    "a value of " + value.size() + " bytes is above the limit",
                    null);
        }
    }
}
