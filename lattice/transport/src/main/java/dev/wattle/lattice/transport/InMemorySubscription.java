package dev.wattle.lattice.transport;

import java.util.Optional;

/// One subscription in an in-memory lattice.
final class InMemorySubscription implements Transport.Subscription {
    private final InMemoryTransport transport;
    private final SubjectPattern pattern;
    private final Optional<String> group;
    private final Transport.MessageHandler handler;
    private volatile boolean closed;

    InMemorySubscription(
            InMemoryTransport transport,
            String subject,
            Optional<String> queueGroup,
            Transport.MessageHandler handler) {
        this.transport = transport;
        this.pattern = new SubjectPattern(subject);
        this.group = queueGroup.map(name -> subject + ' ' + name);
        this.handler = handler;
    }

    InMemoryTransport transport() {
        return transport;
    }

    SubjectPattern pattern() {
        return pattern;
    }

    /// The queue group, one for each subject; nothing when it takes every message.
    Optional<String> group() {
        return group;
    }

    void deliver(Message message) {
        if (!closed && transport.connected()) {
            transport.guarded(pattern.text(), () -> handler.onMessage(message));
        }
    }

    @Override
    public void close() {
        closed = true;
        transport.lattice().unsubscribe(this);
    }
}
