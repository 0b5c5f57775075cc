package dev.wattle.lattice.transport;

import dev.wattle.lattice.transport.TransportException.Code;
import dev.wattle.wit.ByteString;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamOptions;
import io.nats.client.KeyValue;
import io.nats.client.KeyValueOptions;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.StorageType;
import java.io.IOException;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A JetStream bucket: history 1, in files, made with all defaults when it is missing, as every wasmCloud host
/// does.
final class NatsKeyValueStore implements KeyValueStore {
    private static final int STREAM_NOT_FOUND = 10059;
    private static final int STREAM_NAME_IN_USE = 10058;
    private static final int WRONG_LAST_SEQUENCE = 10071;

    private final NatsTransport transport;
    private final String bucket;
    private final KeyValue keyValue;

    private NatsKeyValueStore(NatsTransport transport, String bucket, KeyValue keyValue) {
        this.transport = transport;
        this.bucket = bucket;
        this.keyValue = keyValue;
    }

    static NatsKeyValueStore open(NatsTransport transport, String bucket) {
        return call(transport, "bucket " + bucket, () -> {
            ensureBucket(transport, bucket);
            return new NatsKeyValueStore(
                    transport, bucket, transport.connection().keyValue(bucket, options(transport)));
        });
    }

    private static KeyValueOptions options(NatsTransport transport) {
        return KeyValueOptions.builder()
                .jetStreamOptions(JetStreamOptions.builder()
                        .requestTimeout(transport.settings().requestTimeout())
                        .build())
                .build();
    }

    private static void ensureBucket(NatsTransport transport, String bucket)
            throws IOException, InterruptedException, JetStreamApiException {
        var management = transport.connection().keyValueManagement(options(transport));
        try {
            management.getStatus(bucket);
        } catch (JetStreamApiException missing) {
            if (missing.getApiErrorCode() != STREAM_NOT_FOUND) {
                throw missing;
            }
            try {
                management.create(KeyValueConfiguration.builder()
                        .name(bucket)
                        .maxHistoryPerKey(1)
                        .storageType(StorageType.File)
                        .replicas(1)
                        .build());
            } catch (JetStreamApiException raced) {
                if (raced.getApiErrorCode() != STREAM_NAME_IN_USE) {
                    throw raced;
                }
            }
        }
    }

    /// Makes the bucket anew when the server lost it.
    void ensure() throws IOException, InterruptedException, JetStreamApiException {
        ensureBucket(transport, bucket);
    }

    KeyValue keyValue() {
        return keyValue;
    }

    NatsTransport transport() {
        return transport;
    }

    String bucket() {
        return bucket;
    }

    @FunctionalInterface
    interface Call<R> {
        R run() throws IOException, InterruptedException, JetStreamApiException;
    }

    private static <R> R call(NatsTransport transport, String what, Call<R> call) {
        transport.requireConnected();
        try {
            return call.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportException(Code.INTERRUPTED, what + ": interrupted", e);
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            throw NatsFailures.ofKeyValue(what, transport, e);
        }
    }

    private <R> R callOn(String key, Call<R> call) {
        WireRules.checkKey(key);
        return call(transport, "key " + key + " in bucket " + bucket, call);
    }

    @Override
    public Optional<Entry> find(String key) {
        return callOn(key, () -> {
            @Nullable KeyValueEntry found = keyValue.get(key);
            return found == null ? Optional.empty() : Optional.of(entry(found));
        });
    }

    static Entry entry(KeyValueEntry found) {
        byte @Nullable [] value = found.getValue();
        return new Entry(
                found.getKey(), value == null ? ByteString.EMPTY : ByteString.adopt(value), found.getRevision());
    }

    /// Reads through a watch that ends when it has caught up: one pass instead of a call for each key.
    @Override
    public SortedMap<String, Entry> all() {
        SortedMap<String, Entry> entries = Collections.synchronizedSortedMap(new TreeMap<>());
        CountDownLatch caughtUp = new CountDownLatch(1);
        return call(transport, "bucket " + bucket, () -> {
            try (var _ = NatsWatch.collect(keyValue, entries, caughtUp)) {
                long nanos = transport.settings().requestTimeout().toNanos();
                if (!caughtUp.await(nanos, TimeUnit.NANOSECONDS)) {
                    throw new IOException("the bucket's entries did not arrive in time");
                }
            }
            synchronized (entries) {
                return new TreeMap<>(entries);
            }
        });
    }

    @Override
    public long put(String key, ByteString value) {
        requireSize(value);
        return callOn(key, () -> keyValue.put(key, value.toArray()));
    }

    @Override
    public Optional<Long> create(String key, ByteString value) {
        requireSize(value);
        return callOn(key, () -> unlessChanged(() -> keyValue.create(key, value.toArray())));
    }

    @Override
    public Optional<Long> update(String key, ByteString value, long revision) {
        requireSize(value);
        return callOn(key, () -> unlessChanged(() -> keyValue.update(key, value.toArray(), revision)));
    }

    private static Optional<Long> unlessChanged(Call<Long> write)
            throws IOException, InterruptedException, JetStreamApiException {
        try {
            return Optional.of(write.run());
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == WRONG_LAST_SEQUENCE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private void requireSize(ByteString value) {
        if (value.size() > transport.maxPayloadBytes()) {
            throw new TransportException(
                    Code.TOO_LARGE, "a value of " + value.size() + " bytes is above the server's limit", null);
        }
    }

    @Override
    public void delete(String key) {
        callOn(key, () -> {
            keyValue.delete(key);
            return key;
        });
    }

    @Override
    public Transport.Subscription watch(Watcher watcher) {
        NatsWatch watch = new NatsWatch(this, watcher);
        call(transport, "watch of bucket " + bucket, () -> {
            watch.open();
            return watch;
        });
        transport.keep(watch);
        return watch;
    }
}
