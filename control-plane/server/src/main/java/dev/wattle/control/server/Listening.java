package dev.wattle.control.server;

import dev.wattle.control.loop.ControlEvent;
import dev.wattle.control.loop.ControlEvent.Source;
import dev.wattle.control.model.AppName;
import dev.wattle.control.model.AppRecord;
import dev.wattle.control.model.LeaseRecord;
import dev.wattle.control.model.StoredFormatException;
import dev.wattle.lattice.protocol.CloudEvent;
import dev.wattle.lattice.protocol.ComponentSpec;
import dev.wattle.lattice.protocol.ConfigData;
import dev.wattle.lattice.protocol.ControlJson;
import dev.wattle.lattice.protocol.ControlResponse;
import dev.wattle.lattice.protocol.HostBeat;
import dev.wattle.lattice.protocol.HostSummary;
import dev.wattle.lattice.protocol.LatticeEvent;
import dev.wattle.lattice.protocol.LatticeName;
import dev.wattle.lattice.protocol.LatticeSubjects;
import dev.wattle.lattice.protocol.ProtocolException;
import dev.wattle.lattice.transport.KeyValueStore;
import dev.wattle.lattice.transport.Message;
import dev.wattle.lattice.transport.Transport;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything that a control plane hears, as events. Runs on the transport's threads and only ever adds to the
/// queue.
final class Listening implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Listening.class);

    private final LatticeName lattice;
    private final Transport transport;
    private final Consumer<ControlEvent> events;
    private final String inbox;
    private final Deque<Transport.Subscription> subscriptions = new ArrayDeque<>();

    Listening(LatticeName lattice, Transport transport, Consumer<ControlEvent> events) {
        this.lattice = lattice;
        this.transport = transport;
        this.events = events;
        this.inbox = transport.newInbox();
    }

    static String leaseBucket(LatticeName lattice) {
        return "wattle_control_" + lattice;
    }

    static final String LEASE_KEY = "lease";

    /// Where hosts answer a ping to all.
    String inbox() {
        return inbox;
    }

    void open() {
        subscribe(inbox, this::pong);
        subscribe(
                LatticeSubjects.beats(lattice),
                message -> events.accept(new ControlEvent.BeatReceived(HostBeat.fromJson(message.payload()))));
        subscribe(LatticeSubjects.events(lattice), this::event);
        watch(ComponentSpec.bucket(lattice), Source.LINKS, this::links);
        watch(ConfigData.bucket(lattice), Source.CONFIG, this::config);
        watch(AppStore.bucketName(lattice), Source.APPS, this::app);
        watch(leaseBucket(lattice), Source.LEASE, this::lease);
        transport.onConnection(up -> events.accept(new ControlEvent.ConnectionChanged(up)));
    }

    private void subscribe(String subject, Consumer<Message> taker) {
        subscriptions.push(transport.subscribe(subject, Optional.empty(), message -> {
            try {
                taker.accept(message);
            } catch (ProtocolException unreadable) {
                LOG.debug("message.unreadable subject={} reason=\"{}\"", message.subject(), unreadable.getMessage());
            }
        }));
    }

    private void pong(Message message) {
        var answer = ControlResponse.fromJson(message.payload());
        events.accept(new ControlEvent.HostHeard(
                HostSummary.fromJson(answer.requireResponse()).id()));
    }

    private void event(Message message) {
        CloudEvent.fromJson(message.payload()).ifPresent(event -> {
            switch (event.data()) {
                case LatticeEvent.HostStarted _ -> events.accept(new ControlEvent.HostHeard(event.source()));
                case LatticeEvent.HostHeartbeat(var inventory) ->
                    events.accept(new ControlEvent.HostHeard(inventory.hostId()));
                case LatticeEvent.HostStopped _ -> events.accept(new ControlEvent.HostLeft(event.source()));
                case LatticeEvent.ComponentScaled scaled ->
                    events.accept(new ControlEvent.WorkloadChanged(scaled.hostId()));
                case LatticeEvent.ComponentScaleFailed failed ->
                    events.accept(
                            new ControlEvent.WorkloadFailed(failed.hostId(), failed.componentId(), failed.error()));
                case LatticeEvent.ProviderStarted started ->
                    events.accept(new ControlEvent.WorkloadChanged(started.hostId()));
                case LatticeEvent.ProviderStopped stopped ->
                    events.accept(new ControlEvent.WorkloadChanged(stopped.hostId()));
                case LatticeEvent.ProviderStartFailed failed ->
                    events.accept(
                            new ControlEvent.WorkloadFailed(failed.hostId(), failed.providerId(), failed.error()));
                case LatticeEvent.LabelsChanged changed ->
                    events.accept(new ControlEvent.WorkloadChanged(changed.hostId()));
                // Links and configuration are seen in the store; health is a host's own matter.
                default -> {}
            }
        });
    }

    private void links(String key, Optional<KeyValueStore.Entry> entry, long revision) {
        ComponentSpec.idOf(key)
                .ifPresent(id -> events.accept(new ControlEvent.LinksSeen(
                        id,
                        entry.map(found -> ComponentSpec.fromJson(found.value()).links())
                                .orElseGet(List::of))));
    }

    private void config(String key, Optional<KeyValueStore.Entry> entry, long revision) {
        ConfigData.nameOf(key)
                .ifPresent(name -> events.accept(
                        new ControlEvent.ConfigSeen(name, entry.map(found -> ControlJson.readTexts(found.value())))));
    }

    private void app(String key, Optional<KeyValueStore.Entry> entry, long revision) {
        events.accept(new ControlEvent.AppSeen(
                new AppName(key), entry.map(found -> AppRecord.fromJson(found.value())), revision));
    }

    private void lease(String key, Optional<KeyValueStore.Entry> entry, long revision) {
        if (key.equals(LEASE_KEY)) {
            events.accept(
                    new ControlEvent.LeaseSeen(entry.map(found -> LeaseRecord.fromJson(found.value())), revision));
        }
    }

    /// Takes one key that changed; without an entry it is gone.
    @FunctionalInterface
    private interface Taker {
        void take(String key, Optional<KeyValueStore.Entry> entry, long revision);
    }

    private void watch(String bucket, Source source, Taker taker) {
        subscriptions.push(transport.keyValue(bucket).watch(new KeyValueStore.Watcher() {
            @Override
            public void onPut(KeyValueStore.Entry entry) {
                guarded(entry.key(), Optional.of(entry), entry.revision());
            }

            @Override
            public void onDelete(String key, long revision) {
                guarded(key, Optional.empty(), revision);
            }

            @Override
            public void onCaughtUp() {
                events.accept(new ControlEvent.CaughtUp(source));
            }

            // A damaged value changes nothing that is known: what runs because of it goes on.
            private void guarded(String key, Optional<KeyValueStore.Entry> entry, long revision) {
                try {
                    taker.take(key, entry, revision);
                } catch (ProtocolException | StoredFormatException | IllegalArgumentException damaged) {
                    LOG.warn("store.unreadable bucket={} key={} reason=\"{}\"", bucket, key, damaged.getMessage());
                }
            }
        }));
    }

    @Override
    public void close() {
        while (!subscriptions.isEmpty()) {
            subscriptions.pop().close();
        }
    }
}
