package dev.wattle.lattice.transport.wrpc;

import dev.wattle.lattice.protocol.CallFailure;
import dev.wattle.lattice.protocol.WrpcHeaders;
import dev.wattle.lattice.transport.Message;
import dev.wattle.lattice.transport.Timers;
import dev.wattle.lattice.transport.Transport;
import dev.wattle.lattice.transport.TransportException;
import dev.wattle.wit.ByteString;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Makes calls. All of them share one inbox and one subscription; each has a token below it.
/// A call ends exactly once: answered, failed, or at its deadline. Safe for any thread.
public final class WrpcClient implements AutoCloseable {
    /// Results above this are refused: they are held in memory as a whole.
    public static final int MAX_RESULT_BYTES = 16 << 20;

    /// How late a deadline may be noticed, at most, by calls that nobody blocks for.
    private static final Duration SWEEP_INTERVAL = Duration.ofMillis(10);

    /// How long a call stays silent before its peer is asked whether it lives, and between two such questions.
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(250);

    private final Transport transport;
    private final Timers timers;
    private final String inbox;
    private final ConcurrentHashMap<String, ClientCall> calls = new ConcurrentHashMap<>();
    private final AtomicLong nextToken = new AtomicLong();
    private final AtomicBoolean sweeping = new AtomicBoolean();
    private final LongAdder strays = new LongAdder();
    private volatile Transport.@Nullable Subscription subscription;
    private volatile boolean closed;

    private WrpcClient(Transport transport) {
        this.transport = transport;
        this.timers = transport.timers();
        this.inbox = transport.newInbox();
    }

    /// A client over `transport`, which it does not close.
    public static WrpcClient open(Transport transport) {
        WrpcClient client = new WrpcClient(transport);
        client.subscription = transport.subscribe(client.inbox + ".>", Optional.empty(), client::onMessage);
        transport.onConnection(client::onConnection);
        return client;
    }

    /// Takes the outcome of a call. Must not block.
    @FunctionalInterface
    public interface OutcomeHandler {
        void onOutcome(WrpcOutcome outcome);
    }

    /// Calls, and waits for the outcome on this thread, virtual or not. For functions that have results.
    ///
    /// @throws TransportException when this thread is interrupted, or the client is closed
    public WrpcOutcome invoke(String subject, SortedMap<String, String> headers, ByteString params, Duration deadline) {
        return invoke(new WrpcCall(subject, headers, params, true), deadline);
    }

    /// Calls, and waits for the outcome on this thread.
    ///
    /// @throws TransportException when this thread is interrupted, or the client is closed
    public WrpcOutcome invoke(WrpcCall call, Duration deadline) {
        OutcomeWaiter waiter = new OutcomeWaiter();
        ClientCall made = begin(call, deadline, waiter);
        try {
            if (!waiter.await(made.deadlineNanos(), timers)) {
                end(made, new WrpcOutcome.Failed(made.timedOut()));
            }
            return waiter.outcome();
        } catch (InterruptedException e) {
            calls.remove(made.token(), made);
            Thread.currentThread().interrupt();
            throw new TransportException(
                    TransportException.Code.INTERRUPTED, "interrupted in a call to " + call.subject(), e);
        }
    }

    /// Calls; the outcome comes to `handler`, on a thread of the transport or, when nothing could be sent, on
    /// this one.
    public void invoke(WrpcCall call, Duration deadline, OutcomeHandler handler) {
        begin(call, deadline, handler);
    }

    /// How many messages came that no call waits for: late ones, or garbage.
    public long strays() {
        return strays.sum();
    }

    private ClientCall begin(WrpcCall call, Duration deadline, OutcomeHandler handler) {
        if (closed) {
            throw new TransportException(TransportException.Code.CLOSED, "the client was closed", null);
        }
        String token = Long.toString(nextToken.getAndIncrement(), WrpcWire.TOKEN_RADIX);
        ClientCall made = new ClientCall(token, inbox + '.' + token, call, timers.nanoTime(), deadline, handler);
        if (!transport.connected()) {
            made.handler().onOutcome(new WrpcOutcome.Failed(new CallFailure.PeerGone(false)));
            return made;
        }
        calls.put(token, made);
        try {
            send(made, deadline);
        } catch (TransportException e) {
            end(made, new WrpcOutcome.Failed(new CallFailure.PeerGone(false)));
        } catch (RuntimeException e) {
            calls.remove(token, made);
            throw e;
        }
        sweepLater();
        return made;
    }

    private void send(ClientCall made, Duration deadline) {
        WrpcCall call = made.call();
        SortedMap<String, String> headers = new TreeMap<>(call.headers());
        headers.put(WrpcHeaders.DEADLINE_MILLIS, Long.toString(Math.max(1, deadline.toMillis())));
        headers.put(WrpcWire.WHOLE, WrpcWire.WHOLE_RESULTS);
        // The protocol keeps room for the reply subject too, though a server counts headers and payload only.
        int room = transport.maxPayloadBytes()
                - WrpcWire.size(headers)
                - made.inbox().length();
        ByteString first = call.params();
        if (first.size() <= room) {
            headers.put(WrpcWire.WHOLE, WrpcWire.WHOLE_CALL);
        } else {
            first = WrpcWire.slice(first, 0, Math.max(0, room));
        }
        made.sent(first.size());
        transport.publish(new Message(call.subject(), Optional.of(made.inbox()), headers, first, Optional.empty()));
    }

    private void onMessage(Message message) {
        String subject = message.subject();
        int start = Math.min(subject.length(), inbox.length() + 1);
        int dot = subject.indexOf('.', start);
        String token = dot < 0 ? subject.substring(start) : subject.substring(start, dot);
        @Nullable ClientCall call = calls.get(token);
        if (call == null) {
            strays.increment();
            return;
        }
        String rest = dot < 0 ? "" : subject.substring(dot);
        switch (rest) {
            case "" -> onHandshake(call, message);
            case WrpcWire.RESULTS -> call.onResults(message).ifPresent(outcome -> end(call, outcome));
            case WrpcWire.ALIVE -> onProbeAnswer(call, message);
            default -> strays.increment();
        }
    }

    private void onHandshake(ClientCall call, Message message) {
        boolean first = !call.shaken();
        Optional<CallFailure> failure = call.onHandshake(message);
        if (failure.isPresent()) {
            end(call, new WrpcOutcome.Failed(failure.get()));
            return;
        }
        boolean wantsParams = !(call.whole() && message.headers().containsKey(WrpcWire.WHOLE));
        if (first && wantsParams && message.replyTo().isPresent()) {
            try {
                WrpcWire.publishRest(
                        transport,
                        message.replyTo().get() + WrpcWire.PARAMS,
                        call.call().params(),
                        call.sent());
            } catch (TransportException | IllegalArgumentException e) {
                end(call, new WrpcOutcome.Failed(new CallFailure.PeerGone(true)));
            }
        }
    }

    private void onProbeAnswer(ClientCall call, Message message) {
        if (ClientCall.nobodyListens(message)) {
            end(call, new WrpcOutcome.Failed(new CallFailure.PeerGone(true)));
        }
    }

    private void end(ClientCall call, WrpcOutcome outcome) {
        if (calls.remove(call.token(), call)) {
            call.handler().onOutcome(outcome);
        }
    }

    private void onConnection(boolean connected) {
        if (!connected) {
            endAll(new CallFailure.PeerGone(true));
        }
    }

    private void endAll(CallFailure failure) {
        calls.values().forEach(call -> end(call, new WrpcOutcome.Failed(failure)));
    }

    private void sweepLater() {
        if (!calls.isEmpty() && !closed && sweeping.compareAndSet(false, true)) {
            timers.after(SWEEP_INTERVAL, this::sweep);
        }
    }

    private void sweep() {
        long now = timers.nanoTime();
        for (ClientCall call : calls.values()) {
            if (call.deadlineNanos() - now <= 0) {
                end(call, new WrpcOutcome.Failed(call.timedOut()));
            } else {
                call.probeSubject(now, PROBE_INTERVAL.toNanos()).ifPresent(subject -> probe(call, subject));
            }
        }
        sweeping.set(false);
        sweepLater();
    }

    private void probe(ClientCall call, String subject) {
        try {
            transport.publish(Message.of(subject, ByteString.EMPTY).replyingTo(call.inbox() + WrpcWire.ALIVE));
        } catch (TransportException e) {
            // A question that finds no room says nothing about the peer: the next one is asked as usual.
            if (e.code() != TransportException.Code.CONGESTED) {
                end(call, new WrpcOutcome.Failed(new CallFailure.PeerGone(true)));
            }
        } catch (IllegalArgumentException _) {
            end(call, new WrpcOutcome.Failed(new CallFailure.PeerGone(true)));
        }
    }

    /// Fails what is still open.
    @Override
    public void close() {
        closed = true;
        Transport.@Nullable Subscription open = subscription;
        if (open != null) {
            open.close();
        }
        endAll(new CallFailure.PeerGone(true));
    }
}
