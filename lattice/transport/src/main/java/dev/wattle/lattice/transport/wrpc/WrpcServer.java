package dev.wattle.lattice.transport.wrpc;

import dev.wattle.lattice.protocol.ProtocolException;
import dev.wattle.lattice.protocol.WrpcHeaders;
import dev.wattle.lattice.transport.Message;
import dev.wattle.lattice.transport.Timers;
import dev.wattle.lattice.transport.Transport;
import dev.wattle.lattice.transport.TransportException;
import dev.wattle.wit.ByteString;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes calls. All of them share one inbox for what follows their requests. Safe for any thread.
public final class WrpcServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WrpcServer.class);

    /// How often open calls are looked at.
    private static final Duration SWEEP_INTERVAL = Duration.ofMillis(20);

    /// How long a whole call may go unanswered before its caller is told that it was taken.
    private static final Duration HANDSHAKE_AFTER = Duration.ofMillis(50);

    /// How long parameters may take when the caller did not say how long it waits, as wasmCloud has it.
    private static final Duration GATHER_TIMEOUT = Duration.ofSeconds(10);

    /// How long a call may stay open when its caller did not say how long it waits: wasmCloud's longest
    /// execution.
    private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(10);

    /// How much one server takes at once.
    ///
    /// @param maxParamBytes of one call, since they are held in memory as a whole
    /// @param maxOpenCalls that were taken and are not answered
    public record Limits(int maxParamBytes, int maxOpenCalls) {
        /// Sixteen times what one message carries; a thousand guests cannot run at once anyway, the rest is
        /// queue.
        public static final Limits DEFAULTS = new Limits(16 << 20, 4096);

        public Limits {
            if (maxParamBytes < 0 || maxOpenCalls < 1) {
                throw new IllegalArgumentException("limits must be positive");
            }
        }
    }

    /// Takes calls. Must not block: it runs on a thread of the transport.
    @FunctionalInterface
    public interface Handler {
        void onCall(IncomingCall call);
    }

    private final Transport transport;
    private final Timers timers;
    private final Limits limits;
    private final String inbox;
    private final ConcurrentHashMap<String, ServerCall> calls = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong nextToken = new AtomicLong();
    private final AtomicBoolean sweeping = new AtomicBoolean();
    private final LongAdder dropped = new LongAdder();
    private volatile Transport.@Nullable Subscription subscription;
    private volatile boolean closed;

    private WrpcServer(Transport transport, Limits limits) {
        this.transport = transport;
        this.timers = transport.timers();
        this.limits = limits;
        this.inbox = transport.newInbox();
    }

    /// A server over `transport`, which it does not close.
    public static WrpcServer open(Transport transport, Limits limits) {
        WrpcServer server = new WrpcServer(transport, limits);
        server.subscription = transport.subscribe(server.inbox + ".>", Optional.empty(), server::onFollowing);
        return server;
    }

    /// The same with the default limits.
    public static WrpcServer open(Transport transport) {
        return open(transport, Limits.DEFAULTS);
    }

    /// Serves a subject until the subscription is closed; calls that were taken before may still be answered.
    public Transport.Subscription serve(String subject, String queueGroup, Handler handler) {
        return transport.subscribe(subject, Optional.of(queueGroup), message -> onRequest(message, handler));
    }

    /// How many messages were dropped: malformed, late, or for no call.
    public long dropped() {
        return dropped.sum();
    }

    /// How many calls were taken and are not answered.
    public int openCalls() {
        return open.get();
    }

    private void onRequest(Message message, Handler handler) {
        if (message.replyTo().isEmpty() || closed) {
            dropped.increment();
            return;
        }
        String token = Long.toString(nextToken.getAndIncrement(), WrpcWire.TOKEN_RADIX);
        ServerCall call;
        try {
            OptionalLong millis = WrpcHeaders.number(message.headers(), WrpcHeaders.DEADLINE_MILLIS);
            if (millis.isPresent() && millis.getAsLong() == 0) {
                dropped.increment();
                return;
            }
            call = new ServerCall(this, handler, message, inbox + '.' + token, token, millis);
        } catch (ProtocolException e) {
            refuse(new ServerCall(this, handler, message, inbox + '.' + token, token, OptionalLong.empty()), e);
            return;
        }
        take(call, message);
    }

    private void refuse(ServerCall call, ProtocolException reason) {
        open.incrementAndGet();
        call.refused(reason.getMessage() == null ? "malformed" : reason.getMessage());
    }

    private void take(ServerCall call, Message message) {
        calls.put(call.token(), call);
        if (open.incrementAndGet() > limits.maxOpenCalls()) {
            call.refused("more than " + limits.maxOpenCalls() + " calls are open");
        } else if (!call.gather(message.payload(), limits.maxParamBytes())) {
            refuseParams(call);
        } else if (call.wholeCall()) {
            run(call);
        } else {
            guarded(call, call::handshake);
        }
        sweepLater();
    }

    private void refuseParams(ServerCall call) {
        call.refused("the parameters are above the limit of " + limits.maxParamBytes() + " bytes");
    }

    private void onFollowing(Message message) {
        String subject = message.subject();
        int start = Math.min(subject.length(), inbox.length() + 1);
        int dot = subject.indexOf('.', start);
        if (dot > 0 && subject.startsWith(WrpcWire.ALIVE, dot)) {
            return;
        }
        @Nullable ServerCall call = dot < 0 ? null : calls.get(subject.substring(start, dot));
        if (call == null || !subject.substring(dot).equals(WrpcWire.PARAMS) || call.complete()) {
            dropped.increment();
        } else if (message.payload().size() == 0) {
            run(call);
        } else if (!call.gather(message.payload(), limits.maxParamBytes())) {
            refuseParams(call);
        }
    }

    private void run(ServerCall call) {
        call.completed();
        if (call.expired(timers.nanoTime())) {
            dropped.increment();
            forget(call);
            return;
        }
        guarded(call, () -> call.handler().onCall(call));
    }

    private void guarded(ServerCall call, Runnable task) {
        try {
            task.run();
        } catch (TransportException | IllegalArgumentException e) {
            // A reply subject that cannot be, or the connection is gone: nobody can be told.
            LOG.debug("wrpc.unanswerable subject={}", call.subject(), e);
            dropped.increment();
            forget(call);
        } catch (RuntimeException e) {
            LOG.error("wrpc.handler.failed subject={}", call.subject(), e);
            call.trapped("the host failed to handle the call");
        }
    }

    Transport transport() {
        return transport;
    }

    Timers timers() {
        return timers;
    }

    /// A call is answered, or is given up.
    void forget(ServerCall call) {
        if (call.close()) {
            calls.remove(call.token(), call);
            open.decrementAndGet();
        }
    }

    private void sweepLater() {
        if (!calls.isEmpty() && !closed && sweeping.compareAndSet(false, true)) {
            timers.after(SWEEP_INTERVAL, this::sweep);
        }
    }

    private void sweep() {
        long now = timers.nanoTime();
        for (ServerCall call : calls.values()) {
            if (call.expired(now) || call.ageNanos(now) > lifetime(call).toNanos()) {
                // Nobody waits any more; a handler that answers later answers nobody.
                dropped.increment();
                forget(call);
            } else if (call.complete()) {
                if (call.shouldHandshake(now, HANDSHAKE_AFTER.toNanos())) {
                    guarded(call, call::handshake);
                }
            }
        }
        sweeping.set(false);
        sweepLater();
    }

    private static Duration lifetime(ServerCall call) {
        if (call.complete() && call.deadlineNanos().isPresent()) {
            return Duration.ofNanos(Long.MAX_VALUE);
        }
        return call.complete() ? ANSWER_TIMEOUT : GATHER_TIMEOUT;
    }

    /// Takes nothing more. Calls that were taken go unanswered; what serves subjects is to be closed by its
    /// owner.
    @Override
    public void close() {
        closed = true;
        Transport.@Nullable Subscription last = subscription;
        if (last != null) {
            last.close();
        }
        calls.values().forEach(this::forget);
    }

    /// Publishes the failure of a call: an end without results, with our reason for peers that read it.
    void publishFailure(String replyTo, String failure) {
        transport.publish(WrpcWire.message(
                replyTo + WrpcWire.RESULTS, WrpcWire.header(WrpcHeaders.FAILURE, failure), ByteString.EMPTY));
    }
}
