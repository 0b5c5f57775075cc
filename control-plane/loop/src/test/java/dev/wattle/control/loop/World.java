package dev.wattle.control.loop;

import dev.wattle.control.loop.ControlEvent.Answer;
import dev.wattle.control.loop.ControlEvent.Source;
import dev.wattle.control.model.AppName;
import dev.wattle.control.model.AppRecord;
import dev.wattle.control.model.AppStatus;
import dev.wattle.control.model.LeaseRecord;
import dev.wattle.control.model.Manifest;
import dev.wattle.control.model.ManifestParser;
import dev.wattle.control.model.ManifestVersion;
import dev.wattle.control.model.Step;
import dev.wattle.lattice.protocol.ConfigName;
import dev.wattle.lattice.protocol.HostBeat;
import dev.wattle.lattice.protocol.HostId;
import dev.wattle.lattice.protocol.HostInventory;
import dev.wattle.lattice.protocol.HostInventory.ComponentDescription;
import dev.wattle.lattice.protocol.HostInventory.ProviderDescription;
import dev.wattle.lattice.protocol.Link;
import dev.wattle.lattice.protocol.WorkloadId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Hosts, a store and control planes on one clock. A message takes a few milliseconds; everything happens in
/// one thread and the same way each time.
final class World {
    private static final long DELAY_MILLIS = 3;

    private final PriorityQueue<Due> queue =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::number));
    private long numbers;
    long now;
    final SortedMap<String, FakeHost> hosts = new TreeMap<>();
    final SortedMap<String, Plane> planes = new TreeMap<>();
    final SortedMap<WorkloadId, List<Link>> links = new TreeMap<>();
    final SortedMap<ConfigName, SortedMap<String, String>> config = new TreeMap<>();
    final SortedMap<AppName, AppRecord> apps = new TreeMap<>();
    Optional<LeaseRecord> lease = Optional.empty();
    long revision;
    boolean nats = true;
    final List<String> executed = new ArrayList<>();

    private record Due(long at, long number, Runnable action) {}

    /// One host that sends beats.
    final class FakeHost {
        final String name;
        final HostId id;
        final SortedMap<String, String> labels = new TreeMap<>();
        final SortedMap<WorkloadId, ComponentDescription> components = new TreeMap<>();
        final SortedMap<WorkloadId, ProviderDescription> providers = new TreeMap<>();
        boolean alive = true;
        boolean frozen;
        String refusing = "";
        long changes = 1;
        long epoch;
        long sequence;

        FakeHost(String name) {
            this.name = name;
            this.id = new HostId("N" + (name.toUpperCase(java.util.Locale.ROOT) + "A".repeat(55)).substring(0, 55));
        }

        HostInventory inventory() {
            return new HostInventory(
                    id, name, labels, "1.0.0", now, List.copyOf(components.values()), List.copyOf(providers.values()));
        }

        private void beat() {
            if (alive && !frozen && nats) {
                sequence++;
                var beat = new HostBeat(id, 1, sequence, changes, epoch);
                planes.values().forEach(plane -> plane.later(new ControlEvent.BeatReceived(beat)));
            }
            after(500, this::beat);
        }

        int count(String workload) {
            var found = components.get(new WorkloadId(workload));
            return found == null ? 0 : found.maxInstances();
        }
    }

    /// One control plane.
    final class Plane {
        final String id;
        final ControlLoop loop;
        boolean alive = true;
        boolean paused;
        final SortedMap<AppName, AppStatus> statuses = new TreeMap<>();
        final List<String> notes = new ArrayList<>();
        private final java.util.ArrayDeque<ControlEvent> held = new java.util.ArrayDeque<>();

        Plane(String id) {
            this.id = id;
            this.loop = new ControlLoop(LoopSettings.defaults(id));
        }

        void later(ControlEvent event) {
            after(DELAY_MILLIS, () -> take(event));
        }

        private void take(ControlEvent event) {
            if (!alive) {
                return;
            }
            if (paused) {
                held.add(event);
                return;
            }
            while (!held.isEmpty()) {
                hand(held.removeFirst());
            }
            hand(event);
        }

        private void hand(ControlEvent event) {
            for (ControlEffect effect : loop.handle(event, now)) {
                apply(effect);
            }
        }

        private void tick() {
            if (!paused) {
                take(new ControlEvent.Tick());
            }
            after(100, this::tick);
        }

        private void apply(ControlEffect effect) {
            switch (effect) {
                case ControlEffect.FindHosts _ ->
                    hosts.values().stream()
                            .filter(host -> host.alive && !host.frozen)
                            .forEach(host -> later(new ControlEvent.HostHeard(host.id)));
                case ControlEffect.AskHost(HostId host, long timeout) -> ask(host, timeout);
                case ControlEffect.Execute execute -> after(DELAY_MILLIS, () -> execute(this, execute));
                case ControlEffect.WriteLease write -> after(DELAY_MILLIS, () -> write(this, write));
                case ControlEffect.StatusChanged changed -> statuses.put(changed.app(), changed.status());
                case ControlEffect.StatusGone(AppName app) -> statuses.remove(app);
                case ControlEffect.ForgetLeftovers(AppName app, long seen) -> {
                    AppRecord record = apps.get(app);
                    if (record != null) {
                        put(record.withoutLeftovers());
                    }
                }
                case ControlEffect.Note note -> notes.add(now + " " + note.event() + " " + note.details());
            }
        }

        private void ask(HostId id, long timeout) {
            @Nullable FakeHost host = find(id);
            if (!nats) {
                after(timeout, () -> take(new ControlEvent.HostSilent(id)));
            } else if (host == null || !host.alive) {
                later(new ControlEvent.HostUnreachable(id));
            } else if (host.frozen) {
                after(timeout, () -> take(new ControlEvent.HostSilent(id)));
            } else {
                later(new ControlEvent.InventoryReceived(host.inventory()));
            }
        }
    }

    void after(long millis, Runnable action) {
        queue.add(new Due(now + millis, numbers++, action));
    }

    void runFor(long millis) {
        long end = now + millis;
        while (!queue.isEmpty() && queue.peek().at() <= end) {
            Due due = queue.remove();
            now = due.at();
            due.action().run();
        }
        now = end;
    }

    /// Runs until it holds; answers how long that took.
    long runUntil(long maxMillis, java.util.function.BooleanSupplier condition) {
        long start = now;
        while (!condition.getAsBoolean()) {
            if (now - start > maxMillis) {
                throw new AssertionError("not within " + maxMillis + " ms; " + story());
            }
            runFor(5);
        }
        return now - start;
    }

    FakeHost known(String name) {
        return Objects.requireNonNull(hosts.get(name), name);
    }

    AppRecord stored(String name) {
        return Objects.requireNonNull(apps.get(new AppName(name)), name);
    }

    String story() {
        var text = new StringBuilder();
        planes.values()
                .forEach(
                        plane -> text.append(plane.notes).append(plane.statuses).append('\n'));
        return text.append(executed).toString();
    }

    FakeHost host(String name, String... labels) {
        var host = new FakeHost(name);
        for (String label : labels) {
            host.labels.put(label, "true");
        }
        hosts.put(name, host);
        host.beat();
        return host;
    }

    Plane plane(String id) {
        var plane = new Plane(id);
        planes.put(id, plane);
        plane.take(new ControlEvent.ConnectionChanged(true));
        links.forEach((source, found) -> plane.take(new ControlEvent.LinksSeen(source, found)));
        config.forEach((name, values) -> plane.take(new ControlEvent.ConfigSeen(name, Optional.of(values))));
        apps.forEach((name, record) -> plane.take(new ControlEvent.AppSeen(name, Optional.of(record), revision)));
        plane.take(new ControlEvent.LeaseSeen(lease, revision));
        for (Source source : Source.values()) {
            plane.take(new ControlEvent.CaughtUp(source));
        }
        plane.tick();
        return plane;
    }

    void connection(boolean up) {
        nats = up;
        planes.values().forEach(plane -> plane.take(new ControlEvent.ConnectionChanged(up)));
    }

    void put(AppRecord record) {
        revision++;
        apps.put(record.name(), record);
        tellAll(new ControlEvent.AppSeen(record.name(), Optional.of(record), revision));
    }

    void deploy(Manifest manifest) {
        AppRecord record = apps.getOrDefault(manifest.name(), AppRecord.empty(manifest.name()));
        var version = new ManifestVersion("v" + revision);
        put(record.with(manifest.withVersion(version)).deploying(version));
    }

    private void tellAll(ControlEvent event) {
        planes.values().forEach(plane -> plane.later(event));
    }

    private @Nullable FakeHost find(HostId id) {
        return hosts.values().stream()
                .filter(host -> host.id.equals(id))
                .findFirst()
                .orElse(null);
    }

    private void write(Plane plane, ControlEffect.WriteLease write) {
        if (!nats) {
            return;
        }
        boolean fits = write.expected().isEmpty()
                ? lease.isEmpty()
                : lease.isPresent() && write.expected().equals(OptionalLong.of(leaseRevision));
        if (!fits) {
            plane.later(new ControlEvent.LeaseWritten(write.attempt(), Optional.empty()));
            return;
        }
        revision++;
        leaseRevision = revision;
        lease = Optional.of(write.record());
        plane.later(new ControlEvent.LeaseWritten(write.attempt(), Optional.of(revision)));
        tellAll(new ControlEvent.LeaseSeen(lease, revision));
    }

    private long leaseRevision;

    private void execute(Plane plane, ControlEffect.Execute execute) {
        if (!nats) {
            return;
        }
        executed.add(now + " " + execute.step().getClass().getSimpleName() + " "
                + execute.step().reason());
        plane.later(new ControlEvent.StepAnswered(execute.id(), obey(execute)));
    }

    private Answer obey(ControlEffect.Execute execute) {
        Step step = execute.step();
        @Nullable FakeHost host = step.findHost().map(this::find).orElse(null);
        if (step.findHost().isPresent() && (host == null || !host.alive || host.frozen)) {
            return new Answer.Nobody();
        }
        if (host != null && execute.epoch() < host.epoch) {
            return new Answer.Refused("epoch " + execute.epoch() + " is over");
        }
        if (host != null && !host.refusing.isEmpty()) {
            return new Answer.Refused(host.refusing);
        }
        if (host != null) {
            host.epoch = execute.epoch();
            host.changes++;
        }
        switch (step) {
            case Step.PutConfig put -> {
                config.put(put.name(), put.values());
                tellAll(new ControlEvent.ConfigSeen(put.name(), Optional.of(put.values())));
            }
            case Step.DeleteConfig delete -> {
                config.remove(delete.name());
                tellAll(new ControlEvent.ConfigSeen(delete.name(), Optional.empty()));
            }
            case Step.PutLink put -> changeLinks(put.link().source(), put.link(), null);
            case Step.DeleteLink delete -> changeLinks(delete.key().source(), null, delete.key());
            case Step.StartProvider start ->
                Objects.requireNonNull(host)
                        .providers
                        .put(
                                start.id(),
                                new ProviderDescription(
                                        start.id(),
                                        Optional.of(start.image()),
                                        Optional.empty(),
                                        start.annotations(),
                                        0));
            case Step.StopProvider stop ->
                Objects.requireNonNull(host).providers.remove(stop.id());
            case Step.ScaleComponent scale -> {
                if (scale.count() == 0) {
                    Objects.requireNonNull(host).components.remove(scale.id());
                } else {
                    Objects.requireNonNull(host)
                            .components
                            .put(
                                    scale.id(),
                                    new ComponentDescription(
                                            scale.id(),
                                            scale.image(),
                                            Optional.empty(),
                                            scale.annotations(),
                                            0,
                                            scale.count(),
                                            Optional.empty()));
                }
            }
            case Step.Wait wait -> throw new AssertionError("nothing to do: " + wait);
        }
        return new Answer.Accepted();
    }

    private void changeLinks(WorkloadId source, @Nullable Link added, Step.@Nullable LinkKey removed) {
        var all = new ArrayList<>(links.getOrDefault(source, List.of()));
        if (added != null) {
            all.removeIf(each -> each.name().equals(added.name())
                    && each.target().equals(added.target())
                    && each.witPackage().equals(added.witPackage()));
            all.add(added);
        }
        if (removed != null) {
            all.removeIf(each ->
                    each.name().equals(removed.name()) && each.witPackage().equals(removed.witPackage()));
        }
        links.put(source, all);
        tellAll(new ControlEvent.LinksSeen(source, all));
    }

    static Manifest manifest(String name, String... components) {
        var text = new StringBuilder("""
                apiVersion: core.oam.dev/v1beta1
                kind: Application
                metadata: {name: %s, annotations: {}}
                spec:
                  components:
                """.formatted(name));
        for (String component : components) {
            text.append("    - ").append(component).append('\n');
        }
        return ManifestParser.parse("test.yaml", text.toString().getBytes(StandardCharsets.UTF_8));
    }

    static String component(String name, int instances) {
        return "{name: %s, type: component, properties: {image: x}, traits: [{type: spreadscaler, properties: {instances: %d}}]}"
                .formatted(name, instances);
    }
}
