package dev.wattle.lattice.transport;

import java.time.Duration;
import java.util.Optional;

/// Messages and keys of one connection to the lattice. Callback-shaped, so that a simulator can run it on one
/// thread. Safe for any thread; callbacks of one subscription come one at a time and must not block.
public interface Transport extends AutoCloseable {
    /// Sends without waiting. Nothing is queued without bound while the connection is gone.
    ///
    /// @throws TransportException when closed, when the connection is gone and the buffer is full, or the
    /// payload is above [#maxPayloadBytes()]
    void publish(Message message);

    /// Hands every message on `subject` (wildcards `*` and `>` allowed) to `handler`; with a queue group, one
    /// of the group gets each.
    Subscription subscribe(String subject, Optional<String> queueGroup, MessageHandler handler);

    /// Sends and hands over one reply, or the reason why there is none. The handler is called exactly once.
    void request(Message message, Duration timeout, ReplyHandler handler);

    /// A fresh subject that nobody else uses, for replies.
    String newInbox();

    /// The key-value store of that name; made on first use when it is not there.
    KeyValueStore keyValue(String bucket);

    /// The server's limit for payload and headers together.
    int maxPayloadBytes();

    /// The clock and the alarms that go with it: real ones over NATS, virtual ones in memory.
    Timers timers();

    /// Is it connected now?
    boolean connected();

    /// Tells of losing and regaining the connection. Called at once with the present state.
    void onConnection(ConnectionHandler handler);

    /// Waits until all published messages reached the server.
    ///
    /// @throws TransportException when that takes longer than `timeout`
    void flush(Duration timeout);

    @Override
    void close();

    /// Takes messages.
    @FunctionalInterface
    interface MessageHandler {
        void onMessage(Message message);
    }

    /// Takes the one outcome of a request.
    @FunctionalInterface
    interface ReplyHandler {
        void onReply(Reply reply);
    }

    /// Takes changes of the connection.
    @FunctionalInterface
    interface ConnectionHandler {
        void onChange(boolean connected);
    }

    /// Ends with `close()`; no callback starts after it returned, one that had started may still run.
    /// Idempotent.
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /// The outcome of a request.
    sealed interface Reply {
        /// Somebody answered.
        record Answer(Message message) implements Reply {}

        /// Nobody listens on the subject: nothing can have run.
        record NoResponders() implements Reply {}

        /// Nobody answered in time: the outcome is unknown.
        record TimedOut() implements Reply {}

        /// The connection is gone or was closed; when `sent`, the outcome is unknown.
        record Disconnected(boolean sent) implements Reply {}
    }
}
