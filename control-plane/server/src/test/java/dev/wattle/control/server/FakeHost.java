package dev.wattle.control.server;

import dev.wattle.lattice.protocol.ComponentSpec;
import dev.wattle.lattice.protocol.ConfigData;
import dev.wattle.lattice.protocol.ControlOperation;
import dev.wattle.lattice.protocol.ControlResponse;
import dev.wattle.lattice.protocol.ControlSubjects;
import dev.wattle.lattice.protocol.DeleteLinkCommand;
import dev.wattle.lattice.protocol.HostBeat;
import dev.wattle.lattice.protocol.HostId;
import dev.wattle.lattice.protocol.HostInventory;
import dev.wattle.lattice.protocol.HostInventory.ComponentDescription;
import dev.wattle.lattice.protocol.HostInventory.ProviderDescription;
import dev.wattle.lattice.protocol.HostSummary;
import dev.wattle.lattice.protocol.LatticeName;
import dev.wattle.lattice.protocol.LatticeSubjects;
import dev.wattle.lattice.protocol.Link;
import dev.wattle.lattice.protocol.LinkTable;
import dev.wattle.lattice.protocol.ScaleComponentCommand;
import dev.wattle.lattice.protocol.StartProviderCommand;
import dev.wattle.lattice.protocol.StopProviderCommand;
import dev.wattle.lattice.protocol.WorkloadId;
import dev.wattle.lattice.transport.Message;
import dev.wattle.lattice.transport.Transport;
import dev.wattle.wit.ByteString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// A host that says and stores what one should, and runs nothing. All that it does is on one thread.
final class FakeHost implements AutoCloseable {
    private static final LatticeName LATTICE = new LatticeName("default");

    final HostId id;
    private final Transport transport;
    private final SortedMap<String, String> labels;
    private final ControlSubjects subjects = ControlSubjects.of(LATTICE);
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final List<Transport.Subscription> subscriptions = new ArrayList<>();
    private final SortedMap<WorkloadId, ComponentDescription> components = new TreeMap<>(); // guarded by this
    private final SortedMap<WorkloadId, ProviderDescription> providers = new TreeMap<>(); // guarded by this
    private final ScheduledFuture<?> beats;
    private long changes = 1; // guarded by this
    private long sequence; // guarded by this

    FakeHost(String name, Transport transport, SortedMap<String, String> labels) {
        this.id = new HostId("N" + (name.toUpperCase(java.util.Locale.ROOT) + "A".repeat(55)).substring(0, 55));
        this.transport = transport;
        this.labels = labels;
        for (var listen : subjects.listens(id)) {
            subscriptions.add(transport.subscribe(
                    listen.subject(), listen.queueGroup(), message -> thread.execute(() -> take(message))));
        }
        this.beats = thread.scheduleAtFixedRate(this::beat, 0, 500, TimeUnit.MILLISECONDS);
    }

    private synchronized void beat() {
        sequence++;
        transport.publish(
                Message.of(LatticeSubjects.beat(LATTICE, id), new HostBeat(id, 1, sequence, changes, 0).toJson()));
    }

    private void take(Message message) {
        ControlResponse answer = answer(subjects.parse(message.subject()), message.payload());
        message.replyTo().ifPresent(to -> transport.publish(Message.of(to, answer.toJson())));
    }

    private synchronized ControlResponse answer(ControlOperation operation, ByteString payload) {
        changes++;
        switch (operation) {
            case ControlOperation.Ping _ -> {
                return ControlResponse.ok(
                        "",
                        new HostSummary(id, "host", labels, LATTICE, 1, "1.0.0", Optional.empty(), Optional.empty())
                                .toJson());
            }
            case ControlOperation.Inventory _ -> {
                changes--;
                return ControlResponse.ok("", inventory().toJson());
            }
            case ControlOperation.ScaleComponent _ -> {
                var scale = ScaleComponentCommand.fromJson(payload);
                if (scale.count() == 0) {
                    components.remove(scale.componentId());
                } else {
                    components.put(
                            scale.componentId(),
                            new ComponentDescription(
                                    scale.componentId(),
                                    scale.componentRef(),
                                    Optional.empty(),
                                    scale.annotations(),
                                    0,
                                    scale.count(),
                                    Optional.empty()));
                }
            }
            case ControlOperation.StartProvider _ -> {
                var start = StartProviderCommand.fromJson(payload);
                providers.put(
                        start.providerId(),
                        new ProviderDescription(
                                start.providerId(),
                                Optional.of(start.providerRef()),
                                Optional.empty(),
                                start.annotations(),
                                0));
            }
            case ControlOperation.StopProvider _ ->
                providers.remove(StopProviderCommand.fromJson(payload).providerId());
            case ControlOperation.PutConfig(var name) ->
                transport.keyValue(ConfigData.bucket(LATTICE)).put(name.value(), payload);
            case ControlOperation.DeleteConfig(var name) ->
                transport.keyValue(ConfigData.bucket(LATTICE)).delete(name.value());
            case ControlOperation.PutLink _ -> {
                Link link = Link.fromJson(payload);
                switch (LinkTable.put(spec(link.source()), link)) {
                    case LinkTable.PutOutcome.Put(var spec) -> store(link.source(), spec);
                    case LinkTable.PutOutcome.Unchanged _ -> {}
                    case LinkTable.PutOutcome.Conflict(String reason) -> {
                        return ControlResponse.refused(reason);
                    }
                }
            }
            case ControlOperation.DeleteLink _ -> {
                var command = DeleteLinkCommand.fromJson(payload);
                if (LinkTable.delete(spec(command.source()), command)
                        instanceof LinkTable.DeleteOutcome.Deleted deleted) {
                    store(command.source(), deleted.spec());
                }
            }
            default -> {
                return ControlResponse.refused("unsupported subject");
            }
        }
        return ControlResponse.ok("done");
    }

    private ComponentSpec spec(WorkloadId source) {
        return transport
                .keyValue(ComponentSpec.bucket(LATTICE))
                .find(ComponentSpec.key(source))
                .map(entry -> ComponentSpec.fromJson(entry.value()))
                .orElse(ComponentSpec.EMPTY);
    }

    private void store(WorkloadId source, ComponentSpec spec) {
        transport.keyValue(ComponentSpec.bucket(LATTICE)).put(ComponentSpec.key(source), spec.toJson());
    }

    synchronized HostInventory inventory() {
        return new HostInventory(
                id, "host", labels, "1.0.0", 1, List.copyOf(components.values()), List.copyOf(providers.values()));
    }

    synchronized int count(String workload) {
        var component = components.get(new WorkloadId(workload));
        return component == null ? 0 : component.maxInstances();
    }

    /// As SIGKILL does it: nothing is said, and nobody listens any more.
    @Override
    public void close() {
        if (thread.isShutdown()) {
            return;
        }
        beats.cancel(false);
        thread.shutdownNow();
        try {
            thread.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        subscriptions.forEach(Transport.Subscription::close);
        transport.flush(Duration.ofSeconds(2));
    }
}
