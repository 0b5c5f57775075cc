package dev.wattle.lattice.agent;

import dev.wattle.lattice.agent.AgentEffect.Level;
import dev.wattle.lattice.agent.AgentEvent.Outcome;
import dev.wattle.lattice.agent.AgentEvent.Stored;
import dev.wattle.lattice.protocol.ComponentSpec;
import dev.wattle.lattice.protocol.Link;
import dev.wattle.lattice.protocol.ProtocolException;
import dev.wattle.lattice.protocol.WorkloadId;
import dev.wattle.wit.ByteString;
import dev.wattle.wit.InterfaceName;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/// The links and references of the lattice, as far as this host has seen them, and compare-and-set writes to
/// them.
final class SpecTable {
    /// How often a write that lost is tried again. With every loss somebody else won, so many losses in a row
    /// mean more writers of one source than there are operators.
    static final int MAX_ATTEMPTS = 16;

    private final Outbox outbox;
    private final SortedMap<WorkloadId, Entry> known = new TreeMap<>();

    private boolean changed;
    private boolean caughtUp;
    private long watched;

    private record Entry(ComponentSpec spec, long revision) {}

    /// What to do with the present value of a key.
    sealed interface Decision {
        /// Write that.
        record Write(ComponentSpec spec, Runnable then) implements Decision {}

        /// Nothing to write: go on.
        record Finish(Runnable then) implements Decision {}
    }

    SpecTable(Outbox outbox) {
        this.outbox = outbox;
    }

    List<Link> links() {
        return known.values().stream()
                .flatMap(entry -> entry.spec().links().stream())
                .toList();
    }

    Routes routes() {
        SortedMap<Routes.Key, WorkloadId> targets = new TreeMap<>();
        for (Link link : links()) {
            for (String name : link.interfaces()) {
                var interfaceName = new InterfaceName(link.witNamespace(), link.witPackage(), name, Optional.empty());
                targets.putIfAbsent(new Routes.Key(link.source(), link.name(), interfaceName), link.target());
            }
        }
        return new Routes(targets);
    }

    /// Did links change since this was asked last? Never before all that was there is known: half of the links
    /// would be wrong routes.
    boolean takeChanged() {
        if (!caughtUp) {
            return false;
        }
        boolean was = changed;
        changed = false;
        return was;
    }

    /// Takes what a watch brought.
    void put(String key, ByteString json, long revision) {
        watched = Math.max(watched, revision);
        store(key, json, revision);
    }

    void caughtUp() {
        caughtUp = true;
    }

    private void store(String key, ByteString json, long revision) {
        ComponentSpec.idOf(key).ifPresent(id -> {
            Entry old = known.get(id);
            if (old != null && old.revision() >= revision) {
                return;
            }
            try {
                var spec = ComponentSpec.fromJson(json);
                known.put(id, new Entry(spec, revision));
                List<Link> before = old == null ? List.of() : old.spec().links();
                changed |= !before.equals(spec.links());
            } catch (ProtocolException damaged) {
                outbox.log(Level.WARNING, "spec.ignored", "key", key, "reason", String.valueOf(damaged.getMessage()));
            }
        });
    }

    void deleted(String key, long revision) {
        watched = Math.max(watched, revision);
        ComponentSpec.idOf(key).ifPresent(id -> {
            Entry old = known.get(id);
            if (old != null && old.revision() < revision) {
                known.remove(id);
                changed |= !old.spec().links().isEmpty();
            }
        });
    }

    /// Reads the newest value, lets `decide` choose, writes by compare-and-set, and begins again when it lost.
    ///
    /// @param decide gets nothing when the key has no value
    void change(WorkloadId id, Function<Optional<ComponentSpec>, Decision> decide, Consumer<String> whenFailed) {
        attempt(id, decide, whenFailed, 1);
    }

    private void attempt(
            WorkloadId id,
            Function<Optional<ComponentSpec>, Decision> decide,
            Consumer<String> whenFailed,
            int attempt) {
        String key = ComponentSpec.key(id);
        outbox.operation(operation -> new AgentEffect.KvFind(operation, Bucket.LATTICE_DATA, key), outcome -> {
            if (!(outcome instanceof Outcome.Found(Optional<Stored> entry))) {
                whenFailed.accept(Outbox.unexpected(outcome));
                return;
            }
            Decision decision;
            try {
                decision = decide.apply(entry.map(stored -> ComponentSpec.fromJson(stored.value())));
            } catch (ProtocolException damaged) {
                whenFailed.accept("the stored value of " + key + " is damaged: " + damaged.getMessage());
                return;
            }
            switch (decision) {
                case Decision.Finish(var then) -> then.run();
                case Decision.Write write ->
                    write(key, write.spec(), entry, written -> {
                        if (written instanceof Outcome.Lost && attempt < MAX_ATTEMPTS) {
                            attempt(id, decide, whenFailed, attempt + 1);
                        } else {
                            written(key, write, written, whenFailed);
                        }
                    });
            }
        });
    }

    private void written(String key, Decision.Write write, Outcome outcome, Consumer<String> whenFailed) {
        switch (outcome) {
            case Outcome.Written(long revision) -> {
                // What the watch has passed already is known or gone.
                if (!caughtUp || revision > watched) {
                    store(key, write.spec().toJson(), revision);
                }
                write.then().run();
            }
            case Outcome.Lost _ -> whenFailed.accept("lost against other writers " + MAX_ATTEMPTS + " times");
            case Outcome.Done _, Outcome.Failed _, Outcome.Found _ -> whenFailed.accept(Outbox.unexpected(outcome));
        }
    }

    private void write(String key, ComponentSpec spec, Optional<Stored> entry, Consumer<Outcome> then) {
        ByteString json = spec.toJson();
        outbox.operation(
                operation -> entry.<AgentEffect>map(stored ->
                                new AgentEffect.KvUpdate(operation, Bucket.LATTICE_DATA, key, json, stored.revision()))
                        .orElseGet(() -> new AgentEffect.KvCreate(operation, Bucket.LATTICE_DATA, key, json)),
                then);
    }

    /// Notes the reference under which an id runs, beside its links. Nobody waits for it.
    void storeReference(WorkloadId id, String reference) {
        Entry seen = known.get(id);
        if (seen != null && seen.spec().url().equals(reference)) {
            return;
        }
        change(
                id,
                existing -> {
                    var old = existing.orElse(ComponentSpec.EMPTY);
                    return old.url().equals(reference)
                            ? new Decision.Finish(() -> {})
                            : new Decision.Write(new ComponentSpec(reference, old.links()), () -> {});
                },
                reason -> outbox.log(Level.WARNING, "spec.not_written", "id", id.value(), "reason", reason));
    }
}
