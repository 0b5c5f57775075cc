package dev.wattle.lattice.transport;

import dev.wattle.lattice.transport.TransportException.Code;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Dispatcher;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The lattice over a real NATS server. It reconnects without end; what is sent meanwhile is kept within
/// bounds.
public final class NatsTransport implements Transport {
    private static final Logger LOG = LoggerFactory.getLogger(NatsTransport.class);

    /// How many threads hand over messages; each subscription stays with one, which keeps its order.
    static final int CALLBACK_THREADS = 2;

    /// A writer that lags by more than this is not going to catch up in time for anyone who waits.
    static final long MAX_UNSENT_BYTES = 64L << 20;

    /// How much may be published between two looks at what is unsent.
    private static final long UNSENT_CHECK_BYTES = 4L << 20;

    /// How soon a lagging writer is looked at again.
    private static final Duration UNSENT_RECHECK = Duration.ofMillis(20);

    private final Connection connection;
    private final NatsThreads threads;
    private final NatsSettings settings;
    private final NatsListener listener;
    private final RequestMux mux;
    private final List<Dispatcher> dispatchers;
    private final AtomicInteger nextDispatcher = new AtomicInteger();
    private final AtomicLong publishedSinceCheck = new AtomicLong();
    private final List<ConnectionHandler> connectionHandlers = new CopyOnWriteArrayList<>();
    private final List<NatsWatch> watches = new CopyOnWriteArrayList<>();
    private volatile boolean congested;
    private volatile boolean toldConnected = true; // written by the thread of the library's events
    private volatile boolean closed;

    private NatsTransport(Connection connection, NatsThreads threads, NatsSettings settings, NatsListener listener) {
        this.connection = connection;
        this.threads = threads;
        this.settings = settings;
        this.listener = listener;
        this.mux = new RequestMux(connection.createInbox(), threads);
        this.dispatchers = java.util.stream.IntStream.range(0, CALLBACK_THREADS)
                .mapToObj(_ -> connection.createDispatcher())
                .toList();
    }

    /// Connects to the first server that answers.
    ///
    /// @throws TransportException that says what is wrong with each server
    public static NatsTransport connect(NatsSettings settings) {
        NatsThreads threads = new NatsThreads();
        NatsListener listener = new NatsListener();
        Options options = NatsOptions.of(settings, threads, listener);
        try {
            Connection connection = Nats.connect(options);
            NatsTransport transport = new NatsTransport(connection, threads, settings, listener);
            transport.start();
            return transport;
        } catch (IOException | RuntimeException e) {
            threads.close();
            throw NatsFailures.ofConnect(settings, e);
        } catch (InterruptedException e) {
            threads.close();
            Thread.currentThread().interrupt();
            throw new TransportException(Code.INTERRUPTED, "interrupted while connecting to NATS", e);
        }
    }

    private void start() {
        subscribe(mux.subject(), Optional.empty(), mux::onMessage);
        listener.attach(this::onEvent, this::onMissedHeartbeat);
    }

    private void onEvent(ConnectionListener.Events event) {
        switch (event) {
            case DISCONNECTED -> {
                mux.onDisconnected();
                tellAll(false);
            }
            case RESUBSCRIBED -> {
                watches.forEach(NatsWatch::resume);
                tellAll(true);
            }
            case CLOSED -> {
                if (!closed) {
                    LOG.error("nats.closed reason={}", listener.lastError());
                    tellAll(false);
                }
            }
            case CONNECTED, RECONNECTED, DISCOVERED_SERVERS, LAME_DUCK -> LOG.debug("nats.event {}", event);
        }
    }

    private void onMissedHeartbeat() {
        watches.forEach(NatsWatch::resume);
    }

    /// Tells a change once: the library repeats itself with every attempt to reconnect.
    private void tellAll(boolean nowConnected) {
        if (toldConnected == nowConnected) {
            return;
        }
        toldConnected = nowConnected;
        LOG.info("nats.{} name={}", nowConnected ? "connected" : "disconnected", settings.connectionName());
        connectionHandlers.forEach(handler -> tell(handler, nowConnected));
    }

    private static void tell(ConnectionHandler handler, boolean nowConnected) {
        try {
            handler.onChange(nowConnected);
        } catch (RuntimeException e) {
            LOG.error("callback.failed of=connection", e);
        }
    }

    @Override
    public void publish(Message message) {
        WireRules.checkPublish(message, maxPayloadBytes());
        requireOpen();
        requireRoom(message.payload().size());
        try {
            connection.publish(
                    message.subject(),
                    message.replyTo().orElse(null),
                    NatsMessages.headers(message),
                    message.payload().toArray());
        } catch (IllegalStateException e) {
            throw NatsFailures.ofPublish(connected(), closed, e);
        }
    }

    /// Refuses while the writer lags too far behind. How far it does is looked up on another thread, once for
    /// every few megabytes: the library's answer takes the lock that it holds for as long as a connection is
    /// being made anew.
    private void requireRoom(int size) {
        if (congested) {
            throw new TransportException(
                    Code.CONGESTED, "more than " + MAX_UNSENT_BYTES + " bytes wait to be sent to NATS", null);
        }
        if (publishedSinceCheck.addAndGet(size) > UNSENT_CHECK_BYTES) {
            publishedSinceCheck.set(0);
            threads.execute(this::checkUnsent);
        }
    }

    private void checkUnsent() {
        congested = connection.outgoingPendingBytes() > MAX_UNSENT_BYTES;
        if (congested) {
            threads.after(UNSENT_RECHECK, () -> threads.execute(this::checkUnsent));
        }
    }

    @Override
    public Subscription subscribe(String subject, Optional<String> queueGroup, MessageHandler handler) {
        WireRules.checkSubject(subject, true);
        queueGroup.ifPresent(group -> WireRules.checkSubject(group, false));
        requireOpen();
        Dispatcher dispatcher = dispatchers.get(Math.floorMod(nextDispatcher.getAndIncrement(), dispatchers.size()));
        return NatsSubscription.open(connection, dispatcher, subject, queueGroup, handler);
    }

    @Override
    public void request(Message message, Duration timeout, ReplyHandler handler) {
        requireOpen();
        if (!connected()) {
            handler.onReply(new Reply.Disconnected(false));
            return;
        }
        String replyTo = mux.begin(timeout, handler);
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
        return connection.createInbox();
    }

    @Override
    public KeyValueStore keyValue(String bucket) {
        WireRules.checkBucket(bucket);
        return NatsKeyValueStore.open(this, bucket);
    }

    @Override
    public int maxPayloadBytes() {
        return Math.toIntExact(Math.min(Integer.MAX_VALUE, connection.getMaxPayload()));
    }

    @Override
    public Timers timers() {
        return threads;
    }

    @Override
    public boolean connected() {
        return !closed && connection.getStatus() == Connection.Status.CONNECTED;
    }

    @Override
    public void onConnection(ConnectionHandler handler) {
        connectionHandlers.add(handler);
        tell(handler, connected());
    }

    @Override
    public void flush(Duration timeout) {
        requireConnected();
        try {
            connection.flush(timeout);
        } catch (TimeoutException e) {
            throw new TransportException(Code.TIMED_OUT, "NATS did not confirm a flush within " + timeout, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportException(Code.INTERRUPTED, "interrupted while flushing to NATS", e);
        } catch (IllegalStateException e) {
            throw NatsFailures.ofPublish(connected(), closed, e);
        }
    }

    /// The version of the server that it is connected to; features are to be read off it, since old servers
    /// ignore what they do not know.
    public String serverVersion() {
        return connection.getServerInfo().getVersion();
    }

    Connection connection() {
        return connection;
    }

    NatsSettings settings() {
        return settings;
    }

    NatsThreads threads() {
        return threads;
    }

    void keep(NatsWatch watch) {
        watches.add(watch);
    }

    void forget(NatsWatch watch) {
        watches.remove(watch);
    }

    boolean closed() {
        return closed;
    }

    void requireConnected() {
        requireOpen();
        if (!connected()) {
            throw new TransportException(Code.DISCONNECTED, "the connection to NATS is gone", null);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new TransportException(Code.CLOSED, "the connection to NATS was closed", null);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        watches.forEach(NatsWatch::close);
        @Nullable InterruptedException interrupted = null;
        try {
            connection.close();
        } catch (InterruptedException e) {
            interrupted = e;
        }
        mux.onDisconnected();
        connectionHandlers.forEach(handler -> tell(handler, false));
        threads.close();
        if (interrupted != null) {
            Thread.currentThread().interrupt();
        }
    }
}
