package dev.wattle.lattice.transport;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamSubscription;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hears what the client library tells of its connection, and says it in our log.
final class NatsListener implements ConnectionListener, ErrorListener {
    private static final Logger LOG = LoggerFactory.getLogger(NatsListener.class);

    /// Takes events of the connection.
    @FunctionalInterface
    interface EventHandler {
        void onEvent(Events event);
    }

    private @Nullable EventHandler events; // guarded by this
    private @Nullable Runnable missedHeartbeat; // guarded by this
    private String lastError = ""; // guarded by this

    synchronized void attach(EventHandler newEvents, Runnable newMissedHeartbeat) {
        events = newEvents;
        missedHeartbeat = newMissedHeartbeat;
    }

    private synchronized @Nullable EventHandler events() {
        return events;
    }

    private synchronized @Nullable Runnable missedHeartbeat() {
        return missedHeartbeat;
    }

    /// What the server said last when it refused something.
    synchronized String lastError() {
        return lastError;
    }

    @Override
    @Deprecated
    public void connectionEvent(Connection connection, Events event) {
        EventHandler handler = events();
        if (handler != null) {
            handler.onEvent(event);
        }
    }

    @Override
    public void errorOccurred(Connection connection, String error) {
        synchronized (this) {
            lastError = error;
        }
        LOG.warn("nats.error says={}", error);
    }

    @Override
    public void exceptionOccurred(Connection connection, Exception exception) {
        LOG.debug("nats.exception", exception);
    }

    @Override
    public void slowConsumerDetected(Connection connection, io.nats.client.Consumer consumer) {
        LOG.warn("nats.slow_consumer dropped={}", consumer.getDroppedCount());
    }

    @Override
    public void heartbeatAlarm(
            Connection connection, JetStreamSubscription subscription, long lastStream, long lastConsumer) {
        LOG.warn("nats.watch.silent sequence={}", lastStream);
        Runnable handler = missedHeartbeat();
        if (handler != null) {
            handler.run();
        }
    }
}
