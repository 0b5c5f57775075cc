package dev.wattle.lattice.transport.wrpc;

import dev.wattle.lattice.protocol.WrpcHeaders;
import dev.wattle.lattice.transport.Message;
import dev.wattle.lattice.transport.Transport;
import dev.wattle.lattice.transport.TransportException;
import dev.wattle.wit.ByteString;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A call that was taken, as its callee sees it.
final class ServerCall implements IncomingCall {
    private static final Logger LOG = LoggerFactory.getLogger(ServerCall.class);

    /// Longer than anyone waits, and short enough for arithmetic.
    private static final long MAX_DEADLINE_MILLIS = Duration.ofDays(365).toMillis();

    private final WrpcServer server;
    private final WrpcServer.Handler handler;
    private final String subject;
    private final SortedMap<String, String> headers;
    private final String replyTo;
    private final String inbox;
    private final String token;
    private final long takenNanos;
    private final OptionalLong deadlineNanos;
    private final AtomicBoolean answered = new AtomicBoolean();
    private final AtomicBoolean shaken = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private @Nullable Gathered gathered; // guarded by this
    private volatile ByteString params = ByteString.EMPTY;
    private volatile boolean complete;

    ServerCall(
            WrpcServer server,
            WrpcServer.Handler handler,
            Message request,
            String inbox,
            String token,
            OptionalLong deadlineMillis) {
        this.server = server;
        this.handler = handler;
        this.subject = request.subject();
        this.headers = request.headers();
        this.replyTo = request.replyTo().orElseThrow();
        this.inbox = inbox;
        this.token = token;
        this.takenNanos = server.timers().nanoTime();
        this.deadlineNanos = deadlineMillis.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(takenNanos
                        + Duration.ofMillis(Math.min(MAX_DEADLINE_MILLIS, deadlineMillis.getAsLong()))
                                .toNanos());
    }

    WrpcServer.Handler handler() {
        return handler;
    }

    String token() {
        return token;
    }

    /// Are all parameters in the request?
    boolean wholeCall() {
        return WrpcWire.WHOLE_CALL.equals(headers.get(WrpcWire.WHOLE));
    }

    private boolean takesWholeResults() {
        return headers.containsKey(WrpcWire.WHOLE);
    }

    long ageNanos(long nowNanos) {
        return nowNanos - takenNanos;
    }

    /// Adds to the parameters; false when they become too many.
    synchronized boolean gather(ByteString piece, int limit) {
        if (gathered == null) {
            gathered = new Gathered(limit);
        }
        return piece.size() == 0 || gathered.add(piece);
    }

    /// No more parameters come.
    synchronized void completed() {
        if (gathered != null) {
            params = gathered.whole();
            gathered = null;
        }
        complete = true;
    }

    boolean complete() {
        return complete;
    }

    /// Is it a whole call whose caller was not yet told that it was taken, and waits for long?
    boolean shouldHandshake(long nowNanos, long afterNanos) {
        return !shaken.get() && ageNanos(nowNanos) > afterNanos;
    }

    /// Tells the caller that the call was taken, and where parameters go.
    void handshake() {
        if (shaken.compareAndSet(false, true)) {
            SortedMap<String, String> mark =
                    takesWholeResults() ? WrpcWire.header(WrpcWire.WHOLE, "1") : WrpcWire.NO_HEADERS;
            server.transport()
                    .publish(new Message(replyTo, Optional.of(inbox), mark, ByteString.EMPTY, Optional.empty()));
        }
    }

    /// True for the first caller only.
    boolean close() {
        return closed.compareAndSet(false, true);
    }

    @Override
    public String subject() {
        return subject;
    }

    @Override
    public SortedMap<String, String> headers() {
        return headers;
    }

    @Override
    public ByteString params() {
        return params;
    }

    @Override
    public OptionalLong deadlineNanos() {
        return deadlineNanos;
    }

    @Override
    public void answer(ByteString results) {
        finish(transport -> {
            String to = replyTo + WrpcWire.RESULTS;
            if (takesWholeResults()) {
                SortedMap<String, String> mark = WrpcWire.header(WrpcWire.WHOLE, "1");
                if (results.size() <= transport.maxPayloadBytes() - WrpcWire.size(mark)) {
                    transport.publish(WrpcWire.message(to, mark, results));
                    return;
                }
            }
            WrpcWire.publishRest(transport, to, results, 0);
        });
    }

    @Override
    public void trapped(String reason) {
        fail(WrpcHeaders.trapped(reason));
    }

    @Override
    public void refused(String reason) {
        fail(WrpcHeaders.refused(reason));
    }

    private void fail(String failure) {
        finish(_ -> {
            if (!takesWholeResults()) {
                handshake();
            }
            server.publishFailure(replyTo, failure);
        });
    }

    private interface Last {
        void send(Transport transport);
    }

    private void finish(Last last) {
        if (!answered.compareAndSet(false, true)) {
            return;
        }
        boolean awaited = !closed.get();
        // Before its caller can know: whoever has an answer finds the call no longer open.
        server.forget(this);
        try {
            if (awaited) {
                last.send(server.transport());
            }
        } catch (TransportException | IllegalArgumentException e) {
            LOG.warn("wrpc.unanswerable subject={} reason=\"{}\"", subject, e.getMessage());
        }
    }
}
