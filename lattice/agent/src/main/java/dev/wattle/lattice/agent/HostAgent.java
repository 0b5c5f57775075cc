package dev.wattle.lattice.agent;

import dev.wattle.lattice.agent.AgentEffect.Level;
import dev.wattle.lattice.agent.AgentEvent.Timer;
import dev.wattle.lattice.protocol.ControlSubjects;
import dev.wattle.lattice.protocol.HostBeat;
import dev.wattle.lattice.protocol.HostInventory;
import dev.wattle.lattice.protocol.LatticeEvent;
import dev.wattle.lattice.protocol.LatticeSubjects;
import dev.wattle.wit.ByteString;
import java.util.List;
import java.util.OptionalLong;

/// What a host does in its lattice: events in, effects out. It owns the inventory, the link table and the
/// configuration that this host knows.
///
/// Pure: no clock, no threads. One owner calls it, one event at a time; time is what the owner says, and must
/// not run backwards. It throws for no message, whatever is in it.
public final class HostAgent {
    /// Work that takes longer to end than an hour does not end.
    private static final long MAX_GRACE_MILLIS = 3_600_000;

    /// What the edge gets beyond the deadline to close what did not end in time.
    private static final long DRAIN_MARGIN_MILLIS = 2_000;

    private final AgentSettings settings;
    private final Outbox outbox = new Outbox();
    private final ConfigTable configs = new ConfigTable(outbox);
    private final SpecTable specs = new SpecTable(outbox);
    private final Components components;
    private final Providers providers;
    private final Labels labels;
    private final Control control;
    private boolean started;
    private Phase phase = Phase.RUNNING;
    private long beats;
    private long toldRevision;

    private enum Phase {
        RUNNING,
        DRAINING,
        ENDED
    }

    /// An agent that has done nothing yet; the first event is [AgentEvent.Started].
    public HostAgent(AgentSettings settings) {
        this.settings = settings;
        this.components = new Components(settings.host(), outbox, configs, specs);
        this.providers = new Providers(settings.host(), settings.builtinProviders(), outbox, configs, specs);
        this.labels = new Labels(settings.host(), settings.labels(), outbox);
        var links = new Links(outbox, configs, specs);
        var host = new Control.Host() {
            @Override
            public HostInventory inventory(long nowMillis) {
                return HostAgent.this.inventory(nowMillis);
            }

            @Override
            public void stop(OptionalLong graceMillis, long nowMillis) {
                drain(graceMillis, nowMillis);
            }

            @Override
            public boolean stopping() {
                return phase != Phase.RUNNING;
            }
        };
        this.control = new Control(settings, outbox, configs, specs, components, providers, labels, links, host);
    }

    /// Takes one event and says what is to be done about it.
    public List<AgentEffect> handle(AgentEvent event, long nowMillis) {
        if (phase == Phase.ENDED) {
            return List.of();
        }
        dispatch(event, nowMillis);
        if (phase != Phase.ENDED) {
            settle();
        }
        return outbox.take();
    }

    /// What the host runs now.
    public HostInventory inventory(long nowMillis) {
        return new HostInventory(
                settings.host(),
                settings.friendlyName(),
                labels.all(),
                settings.version(),
                uptimeSeconds(nowMillis),
                components.describe(),
                providers.describe());
    }

    /// The highest epoch of a leader that was seen; 0 for none.
    public long epoch() {
        return control.epoch();
    }

    private long uptimeSeconds(long nowMillis) {
        return Math.max(0, nowMillis - settings.startedAtMillis()) / 1000;
    }

    private void dispatch(AgentEvent event, long nowMillis) {
        switch (event) {
            case AgentEvent.Started _ -> start(nowMillis);
            case AgentEvent.ControlMessage message -> control.handle(message, nowMillis);
            case AgentEvent.EntryPut(var bucket, var key, var value, var revision) -> put(bucket, key, value, revision);
            case AgentEvent.EntryDeleted(var bucket, var key, var revision) -> {
                switch (bucket) {
                    case LATTICE_DATA -> specs.deleted(key, revision);
                    case CONFIG_DATA -> configs.deleted(key, revision);
                }
            }
            case AgentEvent.CaughtUp(var bucket) -> {
                switch (bucket) {
                    case LATTICE_DATA -> specs.caughtUp();
                    case CONFIG_DATA -> configs.caughtUp();
                }
            }
            case AgentEvent.OperationEnded(var operation, var outcome) -> outbox.ended(operation, outcome);
            case AgentEvent.ProviderExited(var id, var reason) -> providers.exited(id, reason);
            case AgentEvent.TimerFired(var timer) -> fired(timer, nowMillis);
            case AgentEvent.ConnectionLost _ -> {
                outbox.log(Level.WARNING, "lattice.lost");
                outbox.connected(false);
            }
            case AgentEvent.ConnectionRestored _ -> {
                outbox.connected(true);
                outbox.log(Level.INFO, "lattice.restored");
                if (started) {
                    heartbeat(nowMillis);
                    beat();
                }
            }
            case AgentEvent.StopRequested(var grace) -> drain(grace, nowMillis);
            case AgentEvent.Drained _ -> end();
        }
    }

    private void put(Bucket bucket, String key, ByteString value, long revision) {
        switch (bucket) {
            case LATTICE_DATA -> specs.put(key, value, revision);
            case CONFIG_DATA -> configs.put(key, value, revision);
        }
    }

    private void start(long nowMillis) {
        if (started) {
            return;
        }
        started = true;
        outbox.event(new LatticeEvent.HostStarted(settings.friendlyName(), labels.all(), 0, settings.version()));
        setTimer(Timer.HEARTBEAT, nowMillis + settings.heartbeatEvery().toMillis());
        setTimer(Timer.BEAT, nowMillis + settings.beatEvery().toMillis());
        beat();
    }

    private void fired(Timer timer, long nowMillis) {
        switch (timer) {
            case BEAT -> {
                beat();
                setTimer(Timer.BEAT, nowMillis + settings.beatEvery().toMillis());
            }
            case HEARTBEAT -> {
                heartbeat(nowMillis);
                setTimer(Timer.HEARTBEAT, nowMillis + settings.heartbeatEvery().toMillis());
            }
            case STOP -> {
                if (phase == Phase.DRAINING) {
                    outbox.log(Level.WARNING, "host.drain_timeout");
                    end();
                }
            }
        }
    }

    private void setTimer(Timer timer, long atMillis) {
        outbox.add(new AgentEffect.SetTimer(timer, atMillis));
    }

    private void heartbeat(long nowMillis) {
        if (phase == Phase.RUNNING) {
            outbox.event(new LatticeEvent.HostHeartbeat(inventory(nowMillis)));
        }
    }

    private void beat() {
        if (!started || phase != Phase.RUNNING || !outbox.connected()) {
            return;
        }
        toldRevision = revision();
        var beat = new HostBeat(settings.host(), settings.boot(), ++beats, toldRevision, control.epoch());
        outbox.add(new AgentEffect.Publish(LatticeSubjects.beat(settings.lattice(), settings.host()), beat.toJson()));
    }

    private long revision() {
        return components.changes() + providers.changes() + labels.changes();
    }

    /// What follows from any change: new routes, links and configuration for those who run, and a beat at once,
    /// so that nobody works for long on an old inventory.
    private void settle() {
        boolean configChanged = configs.takeChanged();
        boolean linksChanged = specs.takeChanged();
        if (linksChanged) {
            // Before any answer: whoever is told that a link is there may call over it.
            outbox.addFirst(new AgentEffect.UseRoutes(specs.routes()));
        }
        if (configChanged) {
            components.deliverConfig();
        }
        if (configChanged || linksChanged) {
            providers.deliver();
        }
        if (revision() != toldRevision) {
            beat();
        }
    }

    private void drain(OptionalLong graceMillis, long nowMillis) {
        if (phase != Phase.RUNNING) {
            return;
        }
        long grace = graceMillis.orElse(settings.stopGrace().toMillis());
        long deadline = nowMillis + Math.clamp(grace, 0, MAX_GRACE_MILLIS);
        phase = Phase.DRAINING;
        outbox.log(Level.INFO, "host.stopping", "graceMillis", Long.toString(deadline - nowMillis));
        outbox.add(new AgentEffect.StopHost(deadline));
        setTimer(Timer.STOP, deadline + DRAIN_MARGIN_MILLIS);
    }

    private void end() {
        if (phase == Phase.ENDED) {
            return;
        }
        providers.forgetAll();
        components.forgetAll();
        phase = Phase.ENDED;
        outbox.event(new LatticeEvent.HostStopped(labels.all()));
        outbox.add(new AgentEffect.Exit());
    }

    /// The subjects that the edge listens on for it.
    public List<ControlSubjects.Listen> listens() {
        return ControlSubjects.of(settings.lattice()).listens(settings.host());
    }
}
