package dev.wattle.lattice.transport;

import dev.wattle.lattice.transport.Transport.Reply;
import dev.wattle.lattice.transport.Transport.ReplyHandler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// All requests of one transport over one wildcard subscription: each has a token below the inbox. A request
/// ends exactly once, by whoever takes it out of the map first: its reply, its time, or the lost connection.
final class RequestMux {
    /// How late a timeout may be noticed, at most; one alarm serves all requests.
    static final Duration SWEEP_INTERVAL = Duration.ofMillis(10);

    /// The status of NATS for "nobody listens".
    static final int STATUS_NO_RESPONDERS = 503;

    private static final int TOKEN_RADIX = 36;

    private record Pending(long deadlineNanos, ReplyHandler handler) {}

    private final String inbox;
    private final Timers timers;
    private final ConcurrentHashMap<String, Pending> pending = new ConcurrentHashMap<>();
    private final AtomicLong nextToken = new AtomicLong();
    private final AtomicBoolean sweeping = new AtomicBoolean();

    RequestMux(String inbox, Timers timers) {
        this.inbox = inbox;
        this.timers = timers;
    }

    /// The subject to subscribe for replies.
    String subject() {
        return inbox + ".*";
    }

    /// Notes the request and answers the subject for its reply.
    String begin(Duration timeout, ReplyHandler handler) {
        String token = Long.toString(nextToken.getAndIncrement(), TOKEN_RADIX);
        pending.put(token, new Pending(timers.nanoTime() + timeout.toNanos(), handler));
        sweepLater();
        return inbox + '.' + token;
    }

    /// Forgets a request that could not be sent. False when it has ended already.
    boolean forget(String replyTo) {
        return pending.remove(token(replyTo)) != null;
    }

    /// Takes what arrives on the inbox; what nobody waits for is dropped.
    void onMessage(Message message) {
        Pending request = pending.remove(token(message.subject()));
        if (request != null) {
            boolean nobody = message.status().equals(Optional.of(STATUS_NO_RESPONDERS));
            request.handler().onReply(nobody ? new Reply.NoResponders() : new Reply.Answer(message));
        }
    }

    /// Ends all requests: their replies can no longer come.
    void onDisconnected() {
        end(Long.MAX_VALUE, new Reply.Disconnected(true), true);
    }

    private String token(String subject) {
        return subject.substring(Math.min(subject.length(), inbox.length() + 1));
    }

    private void sweepLater() {
        if (sweeping.compareAndSet(false, true)) {
            timers.after(SWEEP_INTERVAL, this::sweep);
        }
    }

    private void sweep() {
        end(timers.nanoTime(), new Reply.TimedOut(), false);
        sweeping.set(false);
        if (!pending.isEmpty()) {
            sweepLater();
        }
    }

    private void end(long nowNanos, Reply outcome, boolean all) {
        pending.forEach((token, request) -> {
            if ((all || request.deadlineNanos() - nowNanos <= 0) && pending.remove(token, request)) {
                request.handler().onReply(outcome);
            }
        });
    }
}
