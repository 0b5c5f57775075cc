package dev.wattle.lattice.agent;

import dev.wattle.lattice.agent.AgentEffect.Level;
import dev.wattle.lattice.agent.AgentEvent.Outcome;
import dev.wattle.lattice.agent.AgentEvent.Stored;
import dev.wattle.lattice.protocol.ConfigData;
import dev.wattle.lattice.protocol.ConfigName;
import dev.wattle.lattice.protocol.ControlJson;
import dev.wattle.lattice.protocol.ControlResponse;
import dev.wattle.lattice.protocol.LatticeEvent;
import dev.wattle.lattice.protocol.ProtocolException;
import dev.wattle.wit.ByteString;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// The named configuration of the lattice, as far as this host has seen it.
final class ConfigTable {
    private final Outbox outbox;
    private final Map<ConfigName, Value> known = new TreeMap<>();

    private boolean changed;
    private boolean caughtUp;
    private long watched;

    private record Value(SortedMap<String, String> texts, long revision) {}

    ConfigTable(Outbox outbox) {
        this.outbox = outbox;
    }

    /// Did any configuration change since this was asked last?
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    ConfigValues merged(List<ConfigName> names) {
        Map<ConfigName, SortedMap<String, String>> texts = new TreeMap<>();
        for (ConfigName name : names) {
            Value value = known.get(name);
            if (value != null) {
                texts.put(name, value.texts());
            }
        }
        return new ConfigValues(ConfigData.merge(names, texts));
    }

    /// Takes what a watch brought.
    void put(String key, ByteString json, long revision) {
        watched = Math.max(watched, revision);
        store(key, json, revision);
    }

    void deleted(String key, long revision) {
        watched = Math.max(watched, revision);
        ConfigData.nameOf(key).ifPresent(name -> {
            Value old = known.get(name);
            if (old != null && old.revision() < revision) {
                known.remove(name);
                changed = true;
            }
        });
    }

    void caughtUp() {
        caughtUp = true;
    }

    /// Takes what a read or a write of this host brought. What the watch has passed already is known or gone.
    private void learn(ConfigName name, ByteString json, long revision) {
        if (!caughtUp || revision > watched) {
            store(name.value(), json, revision);
        }
    }

    private void store(String key, ByteString json, long revision) {
        Optional<ConfigName> name = ConfigData.nameOf(key);
        if (name.isEmpty()) {
            outbox.log(Level.WARNING, "config.ignored", "reason", "its name cannot be one");
            return;
        }
        Value old = known.get(name.get());
        if (old != null && old.revision() >= revision) {
            return;
        }
        try {
            known.put(name.get(), new Value(ControlJson.readTexts(json), revision));
            changed = true;
        } catch (ProtocolException damaged) {
            outbox.log(
                    Level.WARNING,
                    "config.ignored",
                    "name",
                    key,
                    "reason",
                    damaged.code().name());
        }
    }

    /// Reads from the store what is not known yet, then goes on with the names that are not there either. A
    /// watch may lag behind the put that came just before.
    void require(List<ConfigName> names, Consumer<List<ConfigName>> then) {
        var unknown = new ArrayDeque<ConfigName>();
        names.stream().distinct().filter(name -> !known.containsKey(name)).forEach(unknown::add);
        requireNext(unknown, new ArrayList<>(), then);
    }

    private void requireNext(
            ArrayDeque<ConfigName> unknown, List<ConfigName> missing, Consumer<List<ConfigName>> then) {
        ConfigName name = unknown.poll();
        if (name == null) {
            then.accept(missing);
            return;
        }
        outbox.operation(operation -> new AgentEffect.KvFind(operation, Bucket.CONFIG_DATA, name.value()), outcome -> {
            if (outcome instanceof Outcome.Found(var entry) && entry.isPresent()) {
                put(name.value(), entry.get().value(), entry.get().revision());
            }
            if (!known.containsKey(name)) {
                missing.add(name);
            }
            requireNext(unknown, missing, then);
        });
    }

    void handlePut(ConfigName name, Optional<String> replyTo, ByteString payload) {
        ByteString value = ControlJson.writeTexts(ControlJson.readTexts(payload));
        outbox.operation(
                operation -> new AgentEffect.KvPut(operation, Bucket.CONFIG_DATA, name.value(), value), outcome -> {
                    if (outcome instanceof Outcome.Written(long revision)) {
                        learn(name, value, revision);
                        outbox.event(new LatticeEvent.ConfigSet(name));
                        outbox.reply(replyTo, ControlResponse.ok("successfully put config"));
                    } else {
                        outbox.reply(replyTo, failed("put", name, outcome));
                    }
                });
    }

    void handleDelete(ConfigName name, Optional<String> replyTo) {
        outbox.operation(
                operation -> new AgentEffect.KvDelete(operation, Bucket.CONFIG_DATA, name.value()), outcome -> {
                    if (outcome instanceof Outcome.Done) {
                        outbox.event(new LatticeEvent.ConfigDeleted(name));
                        outbox.reply(replyTo, ControlResponse.ok("successfully deleted config"));
                    } else {
                        outbox.reply(replyTo, failed("delete", name, outcome));
                    }
                });
    }

    void handleFind(ConfigName name, Optional<String> replyTo) {
        outbox.operation(
                operation -> new AgentEffect.KvFind(operation, Bucket.CONFIG_DATA, name.value()),
                outcome -> outbox.reply(replyTo, found(name, outcome)));
    }

    private static ControlResponse found(ConfigName name, Outcome outcome) {
        if (!(outcome instanceof Outcome.Found(Optional<Stored> entry))) {
            return failed("read", name, outcome);
        }
        if (entry.isEmpty()) {
            return ControlResponse.ok("Configuration not found");
        }
        try {
            var texts = ControlJson.readTexts(entry.get().value());
            return ControlResponse.ok("", ControlJson.writeTexts(texts));
        } catch (ProtocolException damaged) {
            return ControlResponse.refused("config '" + name + "' is damaged in the store");
        }
    }

    private static ControlResponse failed(String what, ConfigName name, Outcome outcome) {
        return ControlResponse.refused("failed to " + what + " config '" + name + "': " + Outbox.unexpected(outcome));
    }
}
