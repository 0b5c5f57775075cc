package dev.wattle.lattice.transport.wrpc;

import dev.wattle.lattice.protocol.CallFailure;
import dev.wattle.lattice.protocol.WrpcHeaders;
import dev.wattle.lattice.transport.Message;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A call on its way, as its caller sees it.
final class ClientCall {
    private static final int STATUS_NO_RESPONDERS = 503;
    private static final int STATUS_TIMEOUT = 408;

    private final String token;
    private final String inbox;
    private final WrpcCall call;
    private final long startNanos;
    private final long deadlineNanos;
    private final WrpcClient.OutcomeHandler handler;
    private final Gathered results = new Gathered(WrpcClient.MAX_RESULT_BYTES); // the inbox's thread
    private int sent; // before anything can arrive
    private volatile @Nullable String peer;
    private volatile boolean taken;
    private boolean shaken; // the inbox's thread
    private long lastProbeNanos; // the timer's thread

    ClientCall(
            String token,
            String inbox,
            WrpcCall call,
            long startNanos,
            Duration deadline,
            WrpcClient.OutcomeHandler handler) {
        this.token = token;
        this.inbox = inbox;
        this.call = call;
        this.startNanos = startNanos;
        this.deadlineNanos = startNanos + deadline.toNanos();
        this.handler = handler;
        this.lastProbeNanos = startNanos;
    }

    String token() {
        return token;
    }

    String inbox() {
        return inbox;
    }

    WrpcCall call() {
        return call;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    WrpcClient.OutcomeHandler handler() {
        return handler;
    }

    /// Notes how many bytes of the parameters went with the request.
    void sent(int bytes) {
        sent = bytes;
    }

    int sent() {
        return sent;
    }

    /// Did all parameters go with the request?
    boolean whole() {
        return sent == call.params().size();
    }

    CallFailure timedOut() {
        return new CallFailure.TimedOut(
                taken, Duration.ofNanos(deadlineNanos - startNanos).toMillis());
    }

    /// Has a handshake come?
    boolean shaken() {
        return shaken;
    }

    static boolean nobodyListens(Message message) {
        return message.status().equals(Optional.of(STATUS_NO_RESPONDERS));
    }

    /// Takes the first message; answers why the call has failed, when it has.
    Optional<CallFailure> onHandshake(Message message) {
        if (message.status().isPresent()) {
            return Optional.of(
                    switch (message.status().get()) {
                        case STATUS_NO_RESPONDERS -> new CallFailure.NobodyListens(call.subject());
                        case STATUS_TIMEOUT -> timedOut();
                        default -> new CallFailure.PeerGone(true);
                    });
        }
        if (message.replyTo().isEmpty()) {
            return Optional.of(new CallFailure.PeerTrapped("the peer did not specify a reply subject"));
        }
        if (shaken) {
            // A second handshake: somebody else took the same call, or garbage. The first one counts.
            return Optional.empty();
        }
        shaken = true;
        taken = true;
        if (message.headers().containsKey(WrpcWire.WHOLE)) {
            peer = message.replyTo().get();
        }
        return Optional.empty();
    }

    /// Takes a message of the results; answers the outcome when it was the last.
    Optional<WrpcOutcome> onResults(Message message) {
        Optional<CallFailure> failure = WrpcHeaders.failure(message.headers());
        if (failure.isPresent() && message.payload().size() == 0) {
            return Optional.of(new WrpcOutcome.Failed(failure.get()));
        }
        taken = true;
        boolean whole = message.headers().containsKey(WrpcWire.WHOLE);
        if (!results.add(message.payload())) {
            return Optional.of(new WrpcOutcome.Failed(new CallFailure.PeerTrapped(
                    "the results are above the limit of " + WrpcClient.MAX_RESULT_BYTES + " bytes")));
        }
        if (!whole && message.payload().size() > 0) {
            return Optional.empty();
        }
        if (!whole && call.hasResults() && results.size() == 0) {
            return Optional.of(new WrpcOutcome.Failed(
                    new CallFailure.PeerTrapped("incomplete results: the peer ended without an answer")));
        }
        return Optional.of(new WrpcOutcome.Answered(results.whole()));
    }

    /// Whom to ask whether it lives; nothing when it is too early, or it cannot be asked.
    Optional<String> probeSubject(long nowNanos, long intervalNanos) {
        String asked = peer;
        if (asked == null || nowNanos - lastProbeNanos < intervalNanos) {
            return Optional.empty();
        }
        lastProbeNanos = nowNanos;
        return Optional.of(asked + WrpcWire.ALIVE);
    }
}
