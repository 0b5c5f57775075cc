package dev.wattle.lattice.agent;

import dev.wattle.lattice.agent.AgentEffect.Level;
import dev.wattle.lattice.agent.AgentEvent.Outcome;
import dev.wattle.lattice.protocol.ConfigName;
import dev.wattle.lattice.protocol.ControlResponse;
import dev.wattle.lattice.protocol.HostId;
import dev.wattle.lattice.protocol.HostInventory.ProviderDescription;
import dev.wattle.lattice.protocol.LatticeEvent;
import dev.wattle.lattice.protocol.Link;
import dev.wattle.lattice.protocol.StartProviderCommand;
import dev.wattle.lattice.protocol.WorkloadId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/// The providers of this host, and the links that they have been told of.
final class Providers {
    private static final String BUILTIN = "wasmcloud+builtin://";

    private final HostId host;
    private final SortedSet<String> builtins;
    private final Outbox outbox;
    private final ConfigTable configs;
    private final SpecTable specs;
    private final SortedMap<WorkloadId, Slot> slots = new TreeMap<>();
    private long changes;

    private enum Phase {
        STARTING,
        RUNNING,
        STOPPING
    }

    private static final class Slot {
        final StartProviderCommand command;
        final Map<LinkKey, Told> told = new HashMap<>();
        final List<Optional<String>> stopReplies = new ArrayList<>();
        Phase phase = Phase.STARTING;
        ConfigValues delivered = ConfigValues.NONE;

        Slot(StartProviderCommand command) {
            this.command = command;
        }

        String reference() {
            return bareReference(command.providerRef());
        }
    }

    /// What makes two links the same for a provider.
    private record LinkKey(WorkloadId source, WorkloadId target, String name, String namespace, String packageName) {
        static LinkKey of(Link link) {
            return new LinkKey(
                    link.source(), link.target(), link.name().value(), link.witNamespace(), link.witPackage());
        }
    }

    /// A link as it was told.
    private record Told(Link link, ConfigValues sourceConfig, ConfigValues targetConfig) {}

    Providers(HostId host, SortedSet<String> builtins, Outbox outbox, ConfigTable configs, SpecTable specs) {
        this.host = host;
        this.builtins = builtins;
        this.outbox = outbox;
        this.configs = configs;
        this.specs = specs;
    }

    /// As events and inventories name an image: without the scheme of a file or a registry.
    static String bareReference(String reference) {
        for (String scheme : List.of("file://", "oci://")) {
            if (reference.startsWith(scheme)) {
                return reference.substring(scheme.length());
            }
        }
        return reference;
    }

    /// Grows with each change of [#describe()].
    long changes() {
        return changes;
    }

    /// Is it here, or about to be?
    boolean has(WorkloadId id) {
        return slots.containsKey(id);
    }

    /// Could this host run it, as far as the reference tells?
    boolean canRun(String reference) {
        return !reference.startsWith(BUILTIN) || builtins.contains(reference.substring(BUILTIN.length()));
    }

    List<ProviderDescription> describe() {
        return slots.entrySet().stream()
                .filter(entry -> entry.getValue().phase != Phase.STARTING)
                .map(entry -> new ProviderDescription(
                        entry.getKey(),
                        Optional.of(entry.getValue().reference()),
                        Optional.empty(),
                        entry.getValue().command.annotations(),
                        0))
                .toList();
    }

    void start(StartProviderCommand command, Optional<String> replyTo) {
        WorkloadId id = command.providerId();
        if (!canRun(command.providerRef())) {
            // wasmCloud's hosts stay silent too, so that a client tries another host.
            outbox.log(Level.WARNING, "provider.unknown", "id", id.value(), "ref", command.providerRef());
            return;
        }
        if (has(id)) {
            outbox.reply(replyTo, ControlResponse.refused("provider with that ID is already running"));
            return;
        }
        outbox.reply(replyTo, ControlResponse.ok("successfully started provider"));
        Slot slot = new Slot(command);
        slots.put(id, slot);
        configs.require(command.config(), missing -> {
            if (!missing.isEmpty()) {
                outbox.log(Level.WARNING, "config.missing", "id", id.value(), "names", missing.toString());
            }
            slot.delivered = configs.merged(command.config());
            outbox.operation(
                    operation -> new AgentEffect.StartProvider(operation, id, command.providerRef(), slot.delivered),
                    outcome -> started(id, slot, outcome));
        });
    }

    private void started(WorkloadId id, Slot slot, Outcome outcome) {
        if (slots.get(id) != slot) {
            return;
        }
        if (!(outcome instanceof Outcome.Done)) {
            String reason = Outbox.unexpected(outcome);
            slots.remove(id);
            outbox.log(Level.WARNING, "provider.failed", "id", id.value(), "reason", reason);
            outbox.event(new LatticeEvent.ProviderStartFailed(id, host, slot.reference(), reason));
            slot.stopReplies.forEach(replyTo -> outbox.reply(replyTo, notRunning()));
            return;
        }
        slot.phase = Phase.RUNNING;
        changes++;
        specs.storeReference(id, slot.command.providerRef());
        outbox.event(new LatticeEvent.ProviderStarted(id, host, slot.reference(), slot.command.annotations()));
        deliver();
        if (!slot.stopReplies.isEmpty()) {
            stop(id, slot);
        }
    }

    /// The answer comes when it has stopped.
    void stop(WorkloadId id, Optional<String> replyTo) {
        Slot slot = slots.get(id);
        if (slot == null) {
            outbox.reply(replyTo, notRunning());
            return;
        }
        slot.stopReplies.add(replyTo);
        if (slot.phase == Phase.RUNNING) {
            stop(id, slot);
        }
    }

    private void stop(WorkloadId id, Slot slot) {
        slot.phase = Phase.STOPPING;
        outbox.operation(operation -> new AgentEffect.StopProvider(operation, id), outcome -> {
            if (slots.get(id) != slot) {
                return;
            }
            if (!(outcome instanceof Outcome.Done)) {
                outbox.log(
                        Level.WARNING, "provider.stop_failed", "id", id.value(), "reason", Outbox.unexpected(outcome));
            }
            gone(id, slot, "stop");
            slot.stopReplies.forEach(
                    replyTo -> outbox.reply(replyTo, ControlResponse.ok("successfully stopped provider")));
        });
    }

    /// A provider ended by itself.
    void exited(WorkloadId id, String reason) {
        Slot slot = slots.get(id);
        if (slot != null && slot.phase != Phase.STARTING) {
            outbox.log(Level.WARNING, "provider.exited", "id", id.value(), "reason", reason);
            gone(id, slot, reason);
            slot.stopReplies.forEach(
                    replyTo -> outbox.reply(replyTo, ControlResponse.ok("successfully stopped provider")));
        }
    }

    private void gone(WorkloadId id, Slot slot, String reason) {
        slots.remove(id);
        changes++;
        outbox.event(new LatticeEvent.ProviderStopped(id, host, slot.command.annotations(), reason));
    }

    private static ControlResponse notRunning() {
        return ControlResponse.refused("provider with that ID is not running");
    }

    /// Tells every running provider the links and the configuration that it has not got yet.
    void deliver() {
        List<Link> links = specs.links();
        slots.forEach((id, slot) -> {
            if (slot.phase == Phase.RUNNING) {
                deliverConfig(id, slot);
                deliverLinks(id, slot, links);
            }
        });
    }

    private void deliverConfig(WorkloadId id, Slot slot) {
        ConfigValues values = configs.merged(slot.command.config());
        if (!values.equals(slot.delivered)) {
            slot.delivered = values;
            outbox.add(new AgentEffect.ProviderConfig(id, values));
        }
    }

    private void deliverLinks(WorkloadId id, Slot slot, List<Link> links) {
        Map<LinkKey, Told> wanted = new HashMap<>();
        List<LinkKey> order = new ArrayList<>();
        for (Link link : links) {
            if (link.source().equals(id) || link.target().equals(id)) {
                var told = new Told(link, merged(link.sourceConfig()), merged(link.targetConfig()));
                if (wanted.put(LinkKey.of(link), told) == null) {
                    order.add(LinkKey.of(link));
                }
            }
        }
        slot.told.entrySet().removeIf(entry -> {
            boolean gone = !wanted.containsKey(entry.getKey());
            if (gone) {
                outbox.add(
                        new AgentEffect.DeleteProviderLink(id, entry.getValue().link()));
            }
            return gone;
        });
        for (LinkKey key : order) {
            Told told = wanted.get(key);
            if (told != null && !told.equals(slot.told.put(key, told))) {
                outbox.add(new AgentEffect.PutProviderLink(id, told.link(), told.sourceConfig(), told.targetConfig()));
            }
        }
    }

    private ConfigValues merged(List<ConfigName> names) {
        return configs.merged(names);
    }

    /// The host stops them all: each says so.
    void forgetAll() {
        List.copyOf(slots.keySet()).forEach(id -> {
            Slot slot = slots.get(id);
            if (slot != null && slot.phase != Phase.STARTING) {
                gone(id, slot, "stop");
            }
        });
        slots.clear();
        changes++;
    }
}
