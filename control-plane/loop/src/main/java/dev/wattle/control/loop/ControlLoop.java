package dev.wattle.control.loop;

import dev.wattle.control.loop.ControlEffect.Execute;
import dev.wattle.control.loop.ControlEffect.FindHosts;
import dev.wattle.control.loop.ControlEffect.ForgetLeftovers;
import dev.wattle.control.loop.ControlEffect.Note;
import dev.wattle.control.loop.ControlEffect.StatusChanged;
import dev.wattle.control.loop.ControlEffect.StatusGone;
import dev.wattle.control.loop.ControlEvent.Answer;
import dev.wattle.control.loop.ControlEvent.Source;
import dev.wattle.control.model.AppName;
import dev.wattle.control.model.AppRecord;
import dev.wattle.control.model.AppStatus;
import dev.wattle.control.model.Desired;
import dev.wattle.control.model.Observed;
import dev.wattle.control.model.Plan;
import dev.wattle.control.model.Planner;
import dev.wattle.control.model.Step;
import dev.wattle.lattice.protocol.ConfigName;
import dev.wattle.lattice.protocol.HostId;
import dev.wattle.lattice.protocol.Link;
import dev.wattle.lattice.protocol.WorkloadId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One control plane, without its sockets: hears events, keeps the picture, plans from the whole of it, and
/// says what to do.
///
/// Every control plane of a lattice keeps the picture; one leads, and only that one does the steps. While the
/// lattice cannot be heard nothing is planned, and nobody is dead. Owned by one thread; time comes as an
/// argument and never goes back.
public final class ControlLoop {
    /// Passes that follow a burst of events are one.
    private static final long MIN_PASS_GAP_MILLIS = 30;

    /// A host says within this whether it takes a step.
    private static final long STEP_TIMEOUT_MILLIS = 5_000;

    /// Ticks that are so late say that this process itself stood still.
    private static final int STANDSTILL_TICKS = 10;

    private final LoopSettings settings;
    private final Lease lease;
    private final HostTable hosts;
    private final StepTracker steps = new StepTracker();
    private final SortedMap<WorkloadId, List<Link>> links = new TreeMap<>();
    private final SortedMap<ConfigName, SortedMap<String, String>> config = new TreeMap<>();
    private final SortedMap<AppName, StoredApp> apps = new TreeMap<>();
    private final SortedMap<AppName, StatusChanged> statuses = new TreeMap<>();
    private final Set<Source> caughtUp = EnumSet.noneOf(Source.class);
    private final List<ControlEffect> effects = new ArrayList<>();
    private boolean connected;
    private boolean everConnected;
    private long connectedAt;
    private long steadyAt = Long.MAX_VALUE;
    private long lastTick = Long.MIN_VALUE;
    private long lastPass = Long.MIN_VALUE / 2;
    private boolean woken;
    private boolean led;

    private record StoredApp(AppRecord record, long revision) {}

    public ControlLoop(LoopSettings settings) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.lease = new Lease(settings);
        this.hosts = new HostTable(settings);
    }

    /// Takes one event and answers what to do.
    ///
    /// @param now milliseconds of any clock that only goes forward
    public List<ControlEffect> handle(ControlEvent event, long now) {
        switch (event) {
            case ControlEvent.Tick _ -> tick(now);
            case ControlEvent.ConnectionChanged(boolean up) -> connection(up, now);
            case ControlEvent.BeatReceived(var beat) -> {
                lease.hostReported(beat.epoch());
                hosts.beat(beat, now);
            }
            case ControlEvent.HostHeard(HostId host) -> hosts.heard(host, now);
            case ControlEvent.InventoryReceived(var inventory) -> hosts.inventory(inventory, now);
            case ControlEvent.HostUnreachable(HostId host) -> hosts.unreachable(host, grace(now));
            case ControlEvent.HostSilent(HostId host) -> hosts.silent(host);
            case ControlEvent.HostLeft(HostId host) -> hosts.left(host);
            case ControlEvent.WorkloadChanged(HostId host) -> hosts.changed(host, now);
            case ControlEvent.WorkloadFailed(HostId host, WorkloadId id, String error) -> {
                steps.fail(host, id, error, now).ifPresent(this::failed);
                hosts.changed(host, now);
            }
            case ControlEvent.LinksSeen(WorkloadId source, List<Link> found) -> {
                links.put(source, found);
                woken = true;
            }
            case ControlEvent.ConfigSeen(ConfigName name, Optional<SortedMap<String, String>> values) -> {
                values.ifPresentOrElse(present -> config.put(name, present), () -> config.remove(name));
                woken = true;
            }
            case ControlEvent.AppSeen seen -> app(seen);
            case ControlEvent.LeaseSeen(var record, long revision) -> lease.seen(record, revision, now);
            case ControlEvent.LeaseWritten(long attempt, var revision) -> lease.written(attempt, revision, now);
            case ControlEvent.CaughtUp(Source source) -> {
                caughtUp.add(source);
                woken = true;
                if (source == Source.LEASE) {
                    lease.caughtUp(now);
                }
            }
            case ControlEvent.StepAnswered(long id, Answer answer) -> answered(id, answer, now);
            case ControlEvent.Ending _ -> effects.addAll(lease.resign(now));
        }
        return finish(event, now);
    }

    private List<ControlEffect> finish(ControlEvent event, long now) {
        woken |= hosts.takeChanged();
        effects.addAll(hosts.drain());
        leadership(now);
        if (woken && !(event instanceof ControlEvent.Ending) && steady(now) && now - lastPass >= MIN_PASS_GAP_MILLIS) {
            pass(now);
        }
        var all = List.copyOf(effects);
        effects.clear();
        return all;
    }

    private void tick(long now) {
        boolean stoodStill = lastTick != Long.MIN_VALUE && now - lastTick > settings.tickMillis() * STANDSTILL_TICKS;
        if (stoodStill) {
            effects.add(new Note(true, "control.stood-still", "millis=" + (now - lastTick)));
            hosts.forgive(now);
        }
        long before = lastTick;
        lastTick = now;
        if (!connected) {
            return;
        }
        endGraceEarly();
        hosts.tick(now, grace(now));
        effects.addAll(lease.tick(now));
        woken |= now - lastPass >= settings.passMillis() || steps.pauseEnded(before, now) || steps.overdue(now);
    }

    private void connection(boolean up, long now) {
        if (up == connected) {
            return;
        }
        connected = up;
        if (!up) {
            effects.add(new Note(true, "lattice.lost", ""));
            steadyAt = Long.MAX_VALUE;
            lease.disconnected();
            steps.forgetFlights();
            return;
        }
        effects.add(new Note(false, "lattice.connected", ""));
        connectedAt = now;
        steadyAt = now + (everConnected ? settings.returnGraceMillis() : settings.firstGraceMillis());
        everConnected = true;
        hosts.forgive(now);
        lease.connected(now);
        woken = true;
        effects.add(new FindHosts());
    }

    /// Once everybody who was here before is back, there is nobody left to wait for.
    private void endGraceEarly() {
        boolean returned = steadyAt - connectedAt == settings.returnGraceMillis();
        if (returned && hosts.allHeardSince(connectedAt)) {
            steadyAt = Math.min(steadyAt, connectedAt + settings.askMillis());
        }
    }

    private boolean grace(long now) {
        return !connected || now < steadyAt;
    }

    private boolean steady(long now) {
        return !grace(now) && caughtUp.containsAll(EnumSet.of(Source.LINKS, Source.CONFIG, Source.APPS));
    }

    private void leadership(long now) {
        boolean leads = connected && lease.leads(now);
        if (leads != led) {
            effects.add(new Note(!leads, leads ? "lease.won" : "lease.lost", "epoch=" + lease.epoch()));
            led = leads;
            woken = true;
            if (!leads) {
                steps.forgetFlights();
            }
        }
    }

    private void app(ControlEvent.AppSeen seen) {
        @Nullable StoredApp known = apps.get(seen.app());
        if (known != null && known.revision() > seen.revision()) {
            return;
        }
        if (seen.record().isPresent()) {
            apps.put(seen.app(), new StoredApp(seen.record().get(), seen.revision()));
        } else {
            apps.remove(seen.app());
            statuses.remove(seen.app());
            effects.add(new StatusGone(seen.app()));
        }
        woken = true;
    }

    private void answered(long id, Answer answer, long now) {
        Optional<HostId> host = steps.find(id).flatMap(Step::findHost);
        switch (answer) {
            case Answer.Accepted _ -> {}
            case Answer.Refused(String message) -> steps.fail(id, message, now).ifPresent(this::failed);
            case Answer.Nobody _ -> steps.fail(id, "nobody took it", now).ifPresent(this::failed);
            case Answer.Unknown _ -> steps.fail(id, "no answer", now).ifPresent(this::failed);
        }
        host.ifPresent(each -> hosts.changed(each, now));
    }

    private void failed(StepTracker.Outcome outcome) {
        woken = true;
        effects.add(new Note(
                true,
                "step.failed",
                "app=" + outcome.step().app() + " workload=" + outcome.step().workload() + " step="
                        + outcome.step().getClass().getSimpleName()
                        + outcome.step().findHost().map(host -> " host=" + host).orElse("") + " pauseMillis="
                        + outcome.pauseMillis() + " reason=\"" + outcome.message() + "\""));
    }

    private void pass(long now) {
        woken = false;
        lastPass = now;
        var observed = new Observed(
                hosts.observed(host -> steps.refusals(host, now)),
                links.values().stream().flatMap(List::stream).toList(),
                config);
        Plan plan = Planner.plan(desired(), observed);
        steps.settle(plan, now).forEach(this::failed);
        if (lease.leads(now)) {
            execute(plan, now);
        }
        boolean clear = !observed.hosts().isEmpty()
                && observed.hosts().values().stream().noneMatch(Observed.Host::suspected);
        apps.forEach((name, app) -> status(name, app, plan, clear, now));
    }

    private Desired desired() {
        SortedMap<AppName, Desired.App> all = new TreeMap<>();
        apps.forEach((name, app) -> all.put(name, app.record().desired()));
        return new Desired(all);
    }

    /// For each application the steps of the first phase that has any; a failed one holds the later phases
    /// back.
    private void execute(Plan plan, long now) {
        SortedMap<AppName, Step.Phase> phases = new TreeMap<>();
        for (Step step : plan.actions()) {
            phases.merge(step.app(), step.phase(), (a, b) -> a.compareTo(b) <= 0 ? a : b);
        }
        for (Step step : plan.actions()) {
            boolean ready = step.phase() == phases.get(step.app())
                    && !steps.underWay(step)
                    && !steps.pausing(step, now)
                    && step.findHost().filter(steps::full).isEmpty();
            if (ready) {
                long id = steps.start(step, now);
                effects.add(new Execute(id, step, lease.epoch(), STEP_TIMEOUT_MILLIS));
            }
        }
    }

    private void status(AppName name, StoredApp app, Plan plan, boolean clear, long now) {
        Plan told = withFailures(plan, now);
        AppStatus status = AppStatus.of(app.record().desired(), told);
        boolean leads = lease.leads(now);
        var change = new StatusChanged(name, status, app.revision(), leads);
        @Nullable StatusChanged before = statuses.put(name, change);
        if (!change.equals(before)) {
            effects.add(change);
        }
        boolean cleaned =
                clear && !app.record().leftovers().isEmpty() && plan.of(name).isEmpty();
        if (leads && cleaned && app.record().deployed().isEmpty()) {
            effects.add(new ForgetLeftovers(name, app.revision()));
        }
    }

    /// Steps on the lattice's store that have a pause: people should know why nothing goes on.
    private Plan withFailures(Plan plan, long now) {
        List<Step> all = new ArrayList<>(plan.steps());
        for (Step step : plan.actions()) {
            if (step.findHost().isEmpty()) {
                steps.whyPausing(step, now)
                        .ifPresent(why -> all.add(new Step.Wait(step.app(), step.workload(), why, true)));
            }
        }
        return new Plan(all, plan.progress());
    }
}
