package dev.wattle.lattice.agent;

import dev.wattle.lattice.agent.AgentEvent.Outcome;
import dev.wattle.lattice.agent.AgentEvent.Stored;
import dev.wattle.lattice.protocol.ComponentSpec;
import dev.wattle.lattice.protocol.ControlOperation;
import dev.wattle.lattice.protocol.ControlResponse;
import dev.wattle.lattice.protocol.ControlSubjects;
import dev.wattle.lattice.protocol.HostId;
import dev.wattle.lattice.protocol.LatticeEvent;
import dev.wattle.lattice.protocol.LatticeName;
import dev.wattle.wit.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// An edge around one agent: a store in memory, workloads that start at once, and everything that was asked for
/// in a list.
final class FakeEdge {
    static final HostId HOST = new HostId("N" + "A".repeat(55));
    static final LatticeName LATTICE = new LatticeName("default");

    final List<AgentEffect> effects = new ArrayList<>();
    final Store store;
    long now = 1000;

    /// What an operation on a workload comes to; nothing leaves it open.
    Optional<Outcome> workloads = Optional.of(new Outcome.Done());

    /// Run before each write to the store, to play another writer.
    Runnable beforeWrite = () -> {};

    final List<Long> open = new ArrayList<>();
    private final HostAgent agent;
    private final ArrayDeque<AgentEvent> events = new ArrayDeque<>();
    private int replies;

    /// A store that agents share.
    static final class Store {
        final Map<Bucket, SortedMap<String, Stored>> values = new HashMap<>();
        final List<FakeEdge> watchers = new ArrayList<>();
        long revision;

        Store() {
            for (Bucket bucket : Bucket.values()) {
                values.put(bucket, new TreeMap<>());
            }
        }

        SortedMap<String, Stored> in(Bucket bucket) {
            return values.getOrDefault(bucket, new TreeMap<>());
        }

        long put(Bucket bucket, String key, ByteString value) {
            in(bucket).put(key, new Stored(value, ++revision));
            long written = revision;
            watchers.forEach(edge -> edge.events.add(new AgentEvent.EntryPut(bucket, key, value, written)));
            return written;
        }

        void delete(Bucket bucket, String key) {
            in(bucket).remove(key);
            long deleted = ++revision;
            watchers.forEach(edge -> edge.events.add(new AgentEvent.EntryDeleted(bucket, key, deleted)));
        }
    }

    FakeEdge(String... labels) {
        this(new Store(), labels);
    }

    FakeEdge(Store store, String... labels) {
        this.store = store;
        store.watchers.add(this);
        agent = new HostAgent(AgentSettings.of(
                HOST, LATTICE, "calm-reed-1", texts(labels), "0.1.0", 42, now, new TreeSet<>(List.of("http-server"))));
        store.values.forEach((bucket, values) -> {
            values.forEach((key, stored) ->
                    events.add(new AgentEvent.EntryPut(bucket, key, stored.value(), stored.revision())));
            events.add(new AgentEvent.CaughtUp(bucket));
        });
        tell(new AgentEvent.Started());
        effects.clear();
    }

    /// Tells one event, applies what follows until nothing is left.
    void tell(AgentEvent event) {
        events.add(event);
        while (!events.isEmpty()) {
            for (AgentEffect effect : agent.handle(events.remove(), now)) {
                effects.add(effect);
                apply(effect);
            }
        }
    }

    private void apply(AgentEffect effect) {
        switch (effect) {
            case AgentEffect.StartComponent started -> workload(started.operation());
            case AgentEffect.ScaleComponent scaled -> workload(scaled.operation());
            case AgentEffect.UpdateComponent updated -> workload(updated.operation());
            case AgentEffect.StopComponent stopped -> workload(stopped.operation());
            case AgentEffect.StartProvider started -> workload(started.operation());
            case AgentEffect.StopProvider stopped -> workload(stopped.operation());
            case AgentEffect.KvFind(var operation, var bucket, var key) ->
                end(
                        operation,
                        new Outcome.Found(Optional.ofNullable(store.in(bucket).get(key))));
            case AgentEffect.KvCreate(var operation, var bucket, var key, var value) ->
                write(operation, bucket, key, value, 0);
            case AgentEffect.KvUpdate(var operation, var bucket, var key, var value, var revision) ->
                write(operation, bucket, key, value, revision);
            case AgentEffect.KvPut(var operation, var bucket, var key, var value) ->
                end(operation, new Outcome.Written(store.put(bucket, key, value)));
            case AgentEffect.KvDelete(var operation, var bucket, var key) -> {
                store.delete(bucket, key);
                end(operation, new Outcome.Done());
            }
            case AgentEffect.Reply _,
                    AgentEffect.PublishEvent _,
                    AgentEffect.Publish _,
                    AgentEffect.PutProviderLink _,
                    AgentEffect.DeleteProviderLink _,
                    AgentEffect.UseRoutes _,
                    AgentEffect.ComponentConfig _,
                    AgentEffect.ProviderConfig _,
                    AgentEffect.SetTimer _,
                    AgentEffect.StopHost _,
                    AgentEffect.Exit _,
                    AgentEffect.Log _ -> {}
        }
    }

    private void workload(long operation) {
        workloads.ifPresentOrElse(outcome -> end(operation, outcome), () -> open.add(operation));
    }

    private void write(long operation, Bucket bucket, String key, ByteString value, long expected) {
        beforeWrite.run();
        Stored present = store.in(bucket).get(key);
        long revision = present == null ? 0 : present.revision();
        end(operation, revision == expected ? new Outcome.Written(store.put(bucket, key, value)) : new Outcome.Lost());
    }

    private void end(long operation, Outcome outcome) {
        events.add(new AgentEvent.OperationEnded(operation, outcome));
    }

    /// Asks over the control interface; answers the reply, if there is one by now.
    Optional<ControlResponse> ask(ControlOperation operation, ByteString payload, String... headers) {
        return askRaw(ControlSubjects.of(LATTICE).of(operation), payload, headers);
    }

    Optional<ControlResponse> askRaw(String subject, ByteString payload, String... headers) {
        String inbox = "_INBOX." + ++replies;
        tell(new AgentEvent.ControlMessage(subject, Optional.of(inbox), texts(headers), payload));
        return replyTo(inbox);
    }

    Optional<ControlResponse> replyTo(String inbox) {
        return all(AgentEffect.Reply.class).stream()
                .filter(reply -> reply.replyTo().equals(inbox))
                .map(reply -> ControlResponse.fromJson(reply.payload()))
                .findFirst();
    }

    ComponentSpec spec(String key) {
        Stored stored = store.in(Bucket.LATTICE_DATA).get(key);
        return stored == null ? ComponentSpec.EMPTY : ComponentSpec.fromJson(stored.value());
    }

    String lastInbox() {
        return "_INBOX." + replies;
    }

    List<LatticeEvent> published() {
        return all(AgentEffect.PublishEvent.class).stream()
                .map(AgentEffect.PublishEvent::event)
                .toList();
    }

    <T extends AgentEffect> List<T> all(Class<T> kind) {
        return effects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    HostAgent agent() {
        return agent;
    }

    static SortedMap<String, String> texts(String... keysAndValues) {
        var map = new TreeMap<String, String>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    static ByteString utf8(String text) {
        return ByteString.copyOf(text.getBytes(StandardCharsets.UTF_8));
    }
}
