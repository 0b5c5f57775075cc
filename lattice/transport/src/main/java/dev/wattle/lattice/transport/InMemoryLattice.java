package dev.wattle.lattice.transport;

import dev.wattle.wit.ByteString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;

/// A lattice in this JVM: what a NATS server does for its clients, as far as [Transport] shows it. Same
/// contract, tested by the same suite. Deliveries come one at a time and in order, on the thread that pumps or
/// on the executor.
public final class InMemoryLattice implements AutoCloseable {
    /// As a NATS server has it by default.
    static final int MAX_PAYLOAD_BYTES = 1 << 20;

    private final Scheduling scheduling;
    private final Object lock = new Object();
    private final List<InMemorySubscription> subscriptions = new ArrayList<>(); // guarded by lock
    private final Map<String, InMemoryBucket> buckets = new TreeMap<>(); // guarded by lock
    private final Map<String, Integer> groupTurns = new TreeMap<>(); // guarded by lock
    private long nextInbox; // guarded by lock

    private InMemoryLattice(Scheduling scheduling) {
        this.scheduling = scheduling;
    }

    /// Nothing happens until [#pump()] or [#advance(Duration)], in virtual time: for tests and simulations on
    /// one thread.
    public static InMemoryLattice pumped() {
        return new InMemoryLattice(new PumpedScheduling());
    }

    /// Runs by itself on `executor`, in real time. The executor stays its owner's to close.
    public static InMemoryLattice on(ScheduledExecutorService executor) {
        return new InMemoryLattice(new ExecutorScheduling(executor));
    }

    /// A connection to this lattice.
    public InMemoryTransport transport() {
        InMemoryTransport transport = new InMemoryTransport(this);
        transport.start();
        return transport;
    }

    /// Runs all that is due now, and what comes of it. Answers how many things ran.
    public int pump() {
        return scheduling.pump();
    }

    /// Lets virtual time pass, running what becomes due in its order. Answers how many things ran.
    public int advance(Duration time) {
        return scheduling.advance(time.toNanos());
    }

    Scheduling scheduling() {
        return scheduling;
    }

    String newInbox() {
        synchronized (lock) {
            return "_INBOX.memory" + nextInbox++;
        }
    }

    void subscribe(InMemorySubscription subscription) {
        synchronized (lock) {
            subscriptions.add(subscription);
        }
    }

    void unsubscribe(InMemorySubscription subscription) {
        synchronized (lock) {
            subscriptions.remove(subscription);
        }
    }

    void unsubscribeAll(InMemoryTransport transport) {
        synchronized (lock) {
            subscriptions.removeIf(subscription -> subscription.transport() == transport);
        }
    }

    /// Hands a message to all who listen; when nobody does, tells the sender where it waits for a reply.
    void publish(InMemoryTransport sender, Message message) {
        synchronized (lock) {
            List<InMemorySubscription> targets = targets(message.subject());
            targets.forEach(target -> scheduling.deliver(() -> target.deliver(message)));
            if (targets.isEmpty() && message.replyTo().isPresent()) {
                Message status = new Message(
                        message.replyTo().get(),
                        Optional.empty(),
                        new TreeMap<>(),
                        ByteString.EMPTY,
                        Optional.of(RequestMux.STATUS_NO_RESPONDERS));
                targets(status.subject()).stream()
                        .filter(target -> target.transport() == sender)
                        .forEach(target -> scheduling.deliver(() -> target.deliver(status)));
            }
        }
    }

    private List<InMemorySubscription> targets(String subject) {
        List<InMemorySubscription> targets = new ArrayList<>();
        Map<String, List<InMemorySubscription>> groups = new LinkedHashMap<>();
        for (InMemorySubscription subscription : subscriptions) {
            if (subscription.transport().connected() && subscription.pattern().matches(subject)) {
                subscription
                        .group()
                        .ifPresentOrElse(
                                group -> groups.computeIfAbsent(group, _ -> new ArrayList<>())
                                        .add(subscription),
                                () -> targets.add(subscription));
            }
        }
        groups.forEach((group, members) ->
                targets.add(members.get(Math.floorMod(groupTurns.merge(group, 1, Integer::sum), members.size()))));
        return targets;
    }

    InMemoryBucket bucket(String name) {
        synchronized (lock) {
            return buckets.computeIfAbsent(name, _ -> new InMemoryBucket());
        }
    }

    /// Guards all buckets.
    Object lock() {
        return lock;
    }

    /// Forgets all that was not delivered yet.
    @Override
    public void close() {
        scheduling.close();
    }
}
