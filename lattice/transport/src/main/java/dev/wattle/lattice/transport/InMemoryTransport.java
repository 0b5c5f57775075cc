package dev.wattle.lattice.transport;

import dev.wattle.lattice.transport.TransportException.Code;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A connection to an [InMemoryLattice], which can be cut and mended.
public final class InMemoryTransport implements Transport {
    private static final Logger LOG = LoggerFactory.getLogger(InMemoryTransport.class);

    private final InMemoryLattice lattice;
    private final RequestMux mux;
    private final Object lock = new Object();
    private final ArrayDeque<Message> buffer = new ArrayDeque<>(); // guarded by lock
    private long bufferedBytes; // guarded by lock
    private final List<ConnectionHandler> connectionHandlers = new ArrayList<>(); // guarded by lock
    private final List<InMemoryWatch> watches = new ArrayList<>(); // guarded by the lattice's lock
    private volatile boolean connected = true;
    private volatile boolean closed;

    InMemoryTransport(InMemoryLattice lattice) {
        this.lattice = lattice;
        this.mux = new RequestMux(lattice.newInbox(), lattice.scheduling());
    }

    void start() {
        subscribe(mux.subject(), Optional.empty(), mux::onMessage);
    }

    InMemoryLattice lattice() {
        return lattice;
    }

    /// Cuts the connection: nothing arrives any more, what is sent is kept, within bounds, until
    /// [#reconnect()].
    public void disconnect() {
        change(false);
    }

    /// Mends the connection.
    public void reconnect() {
        change(true);
    }

    private void change(boolean nowConnected) {
        List<ConnectionHandler> handlers;
        synchronized (lock) {
            if (closed || connected == nowConnected) {
                return;
            }
            connected = nowConnected;
            handlers = List.copyOf(connectionHandlers);
            if (nowConnected) {
                buffer.forEach(message -> lattice.publish(this, message));
                buffer.clear();
                bufferedBytes = 0;
            }
        }
        if (nowConnected) {
            synchronized (lattice.lock()) {
                watches.forEach(watch -> watch.bucket().snapshot(watch));
            }
        } else {
            lattice.scheduling().deliver(mux::onDisconnected);
        }
        lattice.scheduling().deliver(() -> handlers.forEach(handler -> tell(handler, nowConnected)));
    }

    private void tell(ConnectionHandler handler, boolean nowConnected) {
        guarded("connection", () -> handler.onChange(nowConnected));
    }

    @Override
    public void publish(Message message) {
        WireRules.checkPublish(message, maxPayloadBytes());
        synchronized (lock) {
            requireOpen();
            if (connected) {
                lattice.publish(this, message);
                return;
            }
            long size = message.payload().size() + (long) message.subject().length();
            if (bufferedBytes + size > NatsSettings.DEFAULT_RECONNECT_BUFFER_BYTES) {
                throw new TransportException(Code.DISCONNECTED, "the connection is gone and its buffer is full", null);
            }
            bufferedBytes += size;
            buffer.add(message);
        }
    }

    @Override
    public Subscription subscribe(String subject, Optional<String> queueGroup, MessageHandler handler) {
        WireRules.checkSubject(subject, true);
        queueGroup.ifPresent(group -> WireRules.checkSubject(group, false));
        requireOpen();
        InMemorySubscription subscription = new InMemorySubscription(this, subject, queueGroup, handler);
        lattice.subscribe(subscription);
        return subscription;
    }

    @Override
    public void request(Message message, Duration timeout, ReplyHandler handler) {
        requireOpen();
        if (!connected) {
            handler.onReply(new Reply.Disconnected(false));
            return;
        }
        String replyTo = mux.begin(timeout, reply -> guarded("reply", () -> handler.onReply(reply)));
        try {
            publish(message.replyingTo(replyTo));
        } catch (RuntimeException e) {
            if (mux.forget(replyTo)) {
                throw e;
            }
        }
    }

    @Override
    public String newInbox() {
        return lattice.newInbox();
    }

    @Override
    public KeyValueStore keyValue(String bucket) {
        WireRules.checkBucket(bucket);
        requireConnected();
        return new InMemoryKeyValueStore(this, lattice.bucket(bucket));
    }

    @Override
    public int maxPayloadBytes() {
        return InMemoryLattice.MAX_PAYLOAD_BYTES;
    }

    @Override
    public Timers timers() {
        return lattice.scheduling();
    }

    @Override
    public boolean connected() {
        return connected && !closed;
    }

    @Override
    public void onConnection(ConnectionHandler handler) {
        boolean now;
        synchronized (lock) {
            connectionHandlers.add(handler);
            now = connected();
        }
        tell(handler, now);
    }

    @Override
    public void flush(Duration timeout) {
        requireConnected();
    }

    /// Keeps a watch until it is closed.
    void keep(InMemoryWatch watch) {
        synchronized (lattice.lock()) {
            watches.add(watch);
            watch.bucket().add(watch);
        }
    }

    void forget(InMemoryWatch watch) {
        synchronized (lattice.lock()) {
            watches.remove(watch);
            watch.bucket().remove(watch);
        }
    }

    void requireConnected() {
        requireOpen();
        if (!connected) {
            throw new TransportException(Code.DISCONNECTED, "the connection to the lattice is gone", null);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new TransportException(Code.CLOSED, "the connection to the lattice was closed", null);
        }
    }

    /// Runs a callback; what it throws must not end the thread that delivers.
    void guarded(String what, Runnable callback) {
        try {
            callback.run();
        } catch (RuntimeException e) {
            LOG.error("callback.failed of={}", what, e);
        }
    }

    @Override
    public void close() {
        List<ConnectionHandler> handlers;
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            handlers = connected ? List.copyOf(connectionHandlers) : List.of();
        }
        lattice.unsubscribeAll(this);
        List<InMemoryWatch> open;
        synchronized (lattice.lock()) {
            open = List.copyOf(watches);
        }
        open.forEach(InMemoryWatch::close);
        mux.onDisconnected();
        handlers.forEach(handler -> tell(handler, false));
    }
}
