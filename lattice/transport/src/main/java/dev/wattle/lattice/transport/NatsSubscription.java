package dev.wattle.lattice.transport;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One subscription over NATS; it belongs to one dispatcher, and so to one thread.
final class NatsSubscription implements Transport.Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(NatsSubscription.class);

    private final Connection connection;
    private final Dispatcher dispatcher;
    private final Transport.MessageHandler handler;
    private io.nats.client.@Nullable Subscription subscription; // guarded by this
    private volatile boolean closed;

    private NatsSubscription(Connection connection, Dispatcher dispatcher, Transport.MessageHandler handler) {
        this.connection = connection;
        this.dispatcher = dispatcher;
        this.handler = handler;
    }

    static NatsSubscription open(
            Connection connection,
            Dispatcher dispatcher,
            String subject,
            Optional<String> queueGroup,
            Transport.MessageHandler handler) {
        NatsSubscription opened = new NatsSubscription(connection, dispatcher, handler);
        synchronized (opened) {
            opened.subscription = queueGroup.isPresent()
                    ? dispatcher.subscribe(subject, queueGroup.get(), opened::onMessage)
                    : dispatcher.subscribe(subject, opened::onMessage);
        }
        return opened;
    }

    private void onMessage(io.nats.client.Message message) {
        if (closed) {
            return;
        }
        try {
            handler.onMessage(NatsMessages.of(message));
        } catch (RuntimeException e) {
            LOG.error("callback.failed of={}", message.getSubject(), e);
        }
    }

    @Override
    public void close() {
        closed = true;
        synchronized (this) {
            if (subscription == null || connection.getStatus() == Connection.Status.CLOSED) {
                return;
            }
            try {
                dispatcher.unsubscribe(subscription);
            } catch (IllegalStateException e) {
                LOG.debug("nats.unsubscribe.late", e);
            }
            subscription = null;
        }
    }
}
