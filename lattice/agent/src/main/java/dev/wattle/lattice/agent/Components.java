package dev.wattle.lattice.agent;

import dev.wattle.lattice.agent.AgentEffect.Level;
import dev.wattle.lattice.agent.AgentEvent.Outcome;
import dev.wattle.lattice.protocol.ComponentLimits;
import dev.wattle.lattice.protocol.ConfigName;
import dev.wattle.lattice.protocol.ControlResponse;
import dev.wattle.lattice.protocol.HostId;
import dev.wattle.lattice.protocol.HostInventory.ComponentDescription;
import dev.wattle.lattice.protocol.LatticeEvent;
import dev.wattle.lattice.protocol.ScaleComponentCommand;
import dev.wattle.lattice.protocol.UpdateComponentCommand;
import dev.wattle.lattice.protocol.WorkloadId;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The components of this host. Commands for one component run one after the other, each to its end; commands
/// for different components do not wait for each other.
final class Components {
    /// Commands that wait for one component. A control plane repeats what it wants, so more than some are a
    /// storm.
    static final int MAX_WAITING = 32;

    private final HostId host;
    private final Outbox outbox;
    private final ConfigTable configs;
    private final SpecTable specs;
    private final SortedMap<WorkloadId, Slot> slots = new TreeMap<>();
    private long changes;

    /// What runs under an id, and what is still to be done to it.
    private static final class Slot {
        final ArrayDeque<Command> waiting = new ArrayDeque<>();
        boolean busy;

        @Nullable
        Running running;
    }

    private record Running(
            String imageRef,
            int maxInstances,
            SortedMap<String, String> annotations,
            Optional<ComponentLimits> limits,
            List<ConfigName> config,
            ConfigValues delivered) {
        Running delivering(ConfigValues values) {
            return new Running(imageRef, maxInstances, annotations, limits, config, values);
        }
    }

    private sealed interface Command {
        record Scale(ScaleComponentCommand wanted) implements Command {}

        record Update(String imageRef, SortedMap<String, String> annotations) implements Command {}
    }

    Components(HostId host, Outbox outbox, ConfigTable configs, SpecTable specs) {
        this.host = host;
        this.outbox = outbox;
        this.configs = configs;
        this.specs = specs;
    }

    /// Grows with each change of [#describe()].
    long changes() {
        return changes;
    }

    /// Is it here, or about to be?
    boolean has(WorkloadId id) {
        return slots.containsKey(id);
    }

    List<ComponentDescription> describe() {
        return slots.entrySet().stream()
                .flatMap(entry -> Optional.ofNullable(entry.getValue().running).stream()
                        .map(running -> new ComponentDescription(
                                entry.getKey(),
                                running.imageRef(),
                                Optional.empty(),
                                running.annotations(),
                                0,
                                running.maxInstances(),
                                running.limits())))
                .toList();
    }

    ControlResponse scale(ScaleComponentCommand command) {
        WorkloadId id = command.componentId();
        Slot slot = slots.get(id);
        Running running = slot == null ? null : slot.running;
        if (running == null && command.count() > 0 && command.componentRef().isEmpty() && !starting(slot)) {
            return ControlResponse.refused("component_ref is required to start component " + id);
        }
        if (!enqueue(id, new Command.Scale(command))) {
            return tooMany(id);
        }
        String reference = command.componentRef();
        if (running == null || reference.isEmpty() || reference.equals(running.imageRef())) {
            return ControlResponse.ok("scaling component " + id + " to " + command.count());
        }
        String difference = running.imageRef() + " -> " + reference;
        return ControlResponse.ok(
                command.allowUpdate()
                        ? "component " + id + " is scaled, then updated: " + difference
                        : "component " + id + " is scaled but keeps its image, since allow_update is not set: "
                                + difference);
    }

    private static boolean starting(@Nullable Slot slot) {
        return slot != null && (slot.busy || !slot.waiting.isEmpty());
    }

    ControlResponse update(UpdateComponentCommand command) {
        WorkloadId id = command.componentId();
        Slot slot = slots.get(id);
        Running running = slot == null ? null : slot.running;
        if (running == null) {
            return ControlResponse.refused("component " + id + " not found");
        }
        String reference = command.newComponentRef();
        if (reference.equals(running.imageRef())) {
            return ControlResponse.ok("component " + id + " already updated to " + reference);
        }
        if (!enqueue(id, new Command.Update(reference, command.annotations()))) {
            return tooMany(id);
        }
        return ControlResponse.ok("component " + id + " updating from " + running.imageRef() + " to " + reference);
    }

    private static ControlResponse tooMany(WorkloadId id) {
        return ControlResponse.refused(MAX_WAITING + " commands wait for component " + id + " already");
    }

    private boolean enqueue(WorkloadId id, Command command) {
        Slot slot = slots.computeIfAbsent(id, _ -> new Slot());
        if (!command.equals(slot.waiting.peekLast())) {
            if (slot.waiting.size() >= MAX_WAITING) {
                return false;
            }
            slot.waiting.add(command);
        }
        runNext(id, slot);
        return true;
    }

    private void runNext(WorkloadId id, Slot slot) {
        if (slot.busy) {
            return;
        }
        Command next = slot.waiting.poll();
        switch (next) {
            case null -> {
                if (slot.running == null) {
                    slots.remove(id);
                }
            }
            case Command.Scale(var wanted) -> {
                slot.busy = true;
                configs.require(wanted.config(), missing -> {
                    warnMissing(id, missing);
                    scale(id, slot, wanted);
                });
            }
            case Command.Update(var reference, var annotations) -> {
                slot.busy = true;
                update(id, slot, reference, annotations);
            }
        }
    }

    private void finished(WorkloadId id, Slot slot) {
        slot.busy = false;
        runNext(id, slot);
    }

    private void warnMissing(WorkloadId id, List<ConfigName> missing) {
        if (!missing.isEmpty()) {
            outbox.log(Level.WARNING, "config.missing", "id", id.value(), "names", missing.toString());
        }
    }

    private void scale(WorkloadId id, Slot slot, ScaleComponentCommand wanted) {
        Running running = slot.running;
        if (running == null) {
            if (wanted.count() == 0) {
                outbox.event(scaled(id, wanted.componentRef(), 0, wanted.annotations()));
                finished(id, slot);
            } else {
                start(id, slot, wanted);
            }
        } else if (wanted.count() == 0) {
            stop(id, slot, running);
        } else {
            change(id, slot, running, wanted);
        }
    }

    private void start(WorkloadId id, Slot slot, ScaleComponentCommand wanted) {
        if (wanted.componentRef().isEmpty()) {
            failed(id, wanted.componentRef(), wanted.count(), wanted.annotations(), "no image reference");
            finished(id, slot);
            return;
        }
        ConfigValues values = configs.merged(wanted.config());
        var starting = new Running(
                wanted.componentRef(), wanted.count(), wanted.annotations(), wanted.limits(), wanted.config(), values);
        outbox.operation(
                operation -> new AgentEffect.StartComponent(
                        operation, id, starting.imageRef(), starting.maxInstances(), starting.limits(), values),
                outcome -> {
                    if (outcome instanceof Outcome.Done) {
                        runs(slot, starting);
                        specs.storeReference(id, starting.imageRef());
                        // One for the start and one for the scale, as clients count them.
                        outbox.event(scaled(id, starting));
                        outbox.event(scaled(id, starting));
                    } else {
                        failed(
                                id,
                                starting.imageRef(),
                                wanted.count(),
                                wanted.annotations(),
                                Outbox.unexpected(outcome));
                    }
                    finished(id, slot);
                });
    }

    private void runs(Slot slot, Running running) {
        slot.running = running;
        changes++;
        deliverConfig();
    }

    private void stop(WorkloadId id, Slot slot, Running running) {
        outbox.operation(operation -> new AgentEffect.StopComponent(operation, id), outcome -> {
            if (outcome instanceof Outcome.Done) {
                slot.running = null;
                changes++;
                outbox.event(scaled(id, running.imageRef(), 0, running.annotations()));
            } else {
                failed(id, running.imageRef(), 0, running.annotations(), Outbox.unexpected(outcome));
            }
            finished(id, slot);
        });
    }

    private void change(WorkloadId id, Slot slot, Running running, ScaleComponentCommand wanted) {
        var annotations = wanted.annotations().isEmpty() ? running.annotations() : wanted.annotations();
        var limits = wanted.limits().or(running::limits);
        ConfigValues values = configs.merged(wanted.config());
        var changed = new Running(running.imageRef(), wanted.count(), annotations, limits, wanted.config(), values);
        boolean update = wanted.allowUpdate()
                && !wanted.componentRef().isEmpty()
                && !wanted.componentRef().equals(running.imageRef());
        boolean same = running.maxInstances() == wanted.count()
                && running.config().equals(wanted.config())
                && running.limits().equals(limits);
        if (same) {
            if (!annotations.equals(running.annotations())) {
                runs(slot, changed.delivering(running.delivered()));
            }
            scaledThenUpdate(id, slot, wanted, update);
            return;
        }
        outbox.operation(
                operation -> new AgentEffect.ScaleComponent(operation, id, wanted.count(), limits, values), outcome -> {
                    if (outcome instanceof Outcome.Done) {
                        runs(slot, changed);
                        scaledThenUpdate(id, slot, wanted, update);
                    } else {
                        failed(id, running.imageRef(), wanted.count(), annotations, Outbox.unexpected(outcome));
                        finished(id, slot);
                    }
                });
    }

    private void scaledThenUpdate(WorkloadId id, Slot slot, ScaleComponentCommand wanted, boolean update) {
        Running running = slot.running;
        if (running != null) {
            outbox.event(scaled(id, running));
        }
        if (update) {
            update(id, slot, wanted.componentRef(), wanted.annotations());
        } else {
            finished(id, slot);
        }
    }

    private void update(WorkloadId id, Slot slot, String reference, SortedMap<String, String> wantedAnnotations) {
        Running running = slot.running;
        if (running == null) {
            failed(id, reference, 0, wantedAnnotations, "component " + id + " not found");
            finished(id, slot);
            return;
        }
        if (running.imageRef().equals(reference)) {
            finished(id, slot);
            return;
        }
        var annotations = wantedAnnotations.isEmpty() ? running.annotations() : wantedAnnotations;
        ConfigValues values = configs.merged(running.config());
        var updated =
                new Running(reference, running.maxInstances(), annotations, running.limits(), running.config(), values);
        outbox.operation(
                operation -> new AgentEffect.UpdateComponent(
                        operation, id, reference, running.maxInstances(), running.limits(), values),
                outcome -> {
                    if (outcome instanceof Outcome.Done) {
                        runs(slot, updated);
                        specs.storeReference(id, reference);
                        // The old one first: who knows components by id alone must end with the new one.
                        outbox.event(scaled(id, running.imageRef(), 0, running.annotations()));
                        outbox.event(scaled(id, updated));
                    } else {
                        failed(id, reference, running.maxInstances(), annotations, Outbox.unexpected(outcome));
                    }
                    finished(id, slot);
                });
    }

    /// Hands every running component its configuration when that is not what it has.
    void deliverConfig() {
        slots.forEach((id, slot) -> {
            Running running = slot.running;
            if (running == null) {
                return;
            }
            ConfigValues values = configs.merged(running.config());
            if (!values.equals(running.delivered())) {
                slot.running = running.delivering(values);
                outbox.add(new AgentEffect.ComponentConfig(id, values));
            }
        });
    }

    /// The host stops them all: nothing is left.
    void forgetAll() {
        slots.clear();
        changes++;
    }

    private LatticeEvent scaled(WorkloadId id, Running running) {
        return scaled(id, running.imageRef(), running.maxInstances(), running.annotations());
    }

    private LatticeEvent scaled(WorkloadId id, String reference, int count, SortedMap<String, String> annotations) {
        return new LatticeEvent.ComponentScaled(id, host, reference, count, annotations);
    }

    private void failed(
            WorkloadId id, String reference, int count, SortedMap<String, String> annotations, String reason) {
        outbox.log(Level.WARNING, "component.failed", "id", id.value(), "ref", reference, "reason", reason);
        outbox.event(new LatticeEvent.ComponentScaleFailed(id, host, reference, count, annotations, reason));
    }
}
