package dev.wattle.control.loop;

import dev.wattle.control.model.Plan;
import dev.wattle.control.model.Step;
import dev.wattle.lattice.protocol.HostId;
import dev.wattle.lattice.protocol.WorkloadId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Steps that are under way and steps that failed.
///
/// A step is over when the plan no longer asks for it: when its effect was seen, that is. One that was refused,
/// or whose effect is not seen in time, failed, and has a pause that grows with each failure.
final class StepTracker {
    static final long FIRST_PAUSE_MILLIS = 1_000;
    static final long MAX_PAUSE_MILLIS = 30_000;

    /// Storing is fast.
    private static final long STORE_DEADLINE_MILLIS = 5_000;

    /// A host fetches and compiles.
    private static final long COMPONENT_DEADLINE_MILLIS = 30_000;

    /// A host may fetch a large archive, and a provider may take its time to start.
    private static final long PROVIDER_DEADLINE_MILLIS = 60_000;

    /// A failure that nobody asks about any more is forgotten after this.
    private static final long FORGET_MILLIS = 120_000;

    /// A host that starts many things at once starts all of them slowly.
    static final int MAX_PER_HOST = 16;

    private final SortedMap<String, Flight> flights = new TreeMap<>();
    private final SortedMap<String, Failure> failures = new TreeMap<>();
    private long lastId;

    private record Flight(long id, Step step, long deadline) {}

    private record Failure(Optional<HostId> host, Optional<WorkloadId> workload, int times, long until, String why) {}

    /// What happened to a step.
    record Outcome(Step step, String message, long pauseMillis) {}

    long start(Step step, long now) {
        lastId++;
        flights.put(key(step), new Flight(lastId, step, now + deadlineMillis(step)));
        return lastId;
    }

    private static long deadlineMillis(Step step) {
        return switch (step) {
            case Step.PutConfig _, Step.PutLink _, Step.DeleteLink _, Step.DeleteConfig _, Step.Wait _ ->
                STORE_DEADLINE_MILLIS;
            case Step.ScaleComponent _ -> COMPONENT_DEADLINE_MILLIS;
            case Step.StartProvider _, Step.StopProvider _ -> PROVIDER_DEADLINE_MILLIS;
        };
    }

    boolean underWay(Step step) {
        return flights.containsKey(key(step));
    }

    boolean pausing(Step step, long now) {
        @Nullable Failure failure = failures.get(key(step));
        return failure != null && failure.until() > now;
    }

    /// Has the host its hands full?
    boolean full(HostId host) {
        return flights.values().stream()
                        .filter(flight -> flight.step().findHost().equals(Optional.of(host)))
                        .count()
                >= MAX_PER_HOST;
    }

    Optional<Step> find(long id) {
        return flights.values().stream()
                .filter(flight -> flight.id() == id)
                .map(Flight::step)
                .findFirst();
    }

    Optional<Outcome> fail(long id, String why, long now) {
        return find(id).map(step -> fail(step, why, now));
    }

    /// A host said that it could not start a workload, whoever asked for it: only what is under way is ours.
    Optional<Outcome> fail(HostId host, WorkloadId workload, String why, long now) {
        return Optional.ofNullable(flights.get(hostKey(host, workload))).map(flight -> fail(flight.step(), why, now));
    }

    private Outcome fail(Step step, String why, long now) {
        String key = key(step);
        flights.remove(key);
        @Nullable Failure before = failures.get(key);
        int times = before == null ? 1 : before.times() + 1;
        long pause = Math.min(MAX_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(times - 1, 10));
        failures.put(key, new Failure(step.findHost(), workloadOf(step), times, now + pause, why));
        return new Outcome(step, why, pause);
    }

    /// Nobody knows what became of anything: all that was under way is looked at anew.
    void forgetFlights() {
        flights.clear();
    }

    /// Ends what the plan does not ask for any more, and what took too long. Answers the latter.
    List<Outcome> settle(Plan plan, long now) {
        Set<String> asked = new HashSet<>();
        plan.actions().forEach(step -> asked.add(key(step)));
        for (String key : List.copyOf(flights.keySet())) {
            if (!asked.contains(key)) {
                flights.remove(key);
                failures.remove(key);
            }
        }
        failures.values().removeIf(failure -> now - failure.until() > FORGET_MILLIS);
        List<Outcome> late = new ArrayList<>();
        for (Flight flight : List.copyOf(flights.values())) {
            if (now >= flight.deadline()) {
                late.add(fail(flight.step(), "nothing came of it in time", now));
            }
        }
        return late;
    }

    /// Is a pause over that was not before? Then it is time to plan.
    boolean pauseEnded(long before, long now) {
        return failures.values().stream().anyMatch(failure -> failure.until() > before && failure.until() <= now);
    }

    boolean overdue(long now) {
        return flights.values().stream().anyMatch(flight -> now >= flight.deadline());
    }

    /// What a host should not be asked for now, and why.
    SortedMap<WorkloadId, String> refusals(HostId host, long now) {
        SortedMap<WorkloadId, String> refusals = new TreeMap<>();
        for (Failure failure : failures.values()) {
            if (failure.host().equals(Optional.of(host)) && failure.until() > now) {
                failure.workload().ifPresent(id -> refusals.put(id, told(failure)));
            }
        }
        return refusals;
    }

    /// Why a step that is not tied to a host has a pause.
    Optional<String> whyPausing(Step step, long now) {
        return Optional.ofNullable(failures.get(key(step)))
                .filter(failure -> failure.until() > now)
                .map(StepTracker::told);
    }

    private static String told(Failure failure) {
        return failure.times() == 1 ? failure.why() : failure.why() + " (" + failure.times() + " times)";
    }

    private static Optional<WorkloadId> workloadOf(Step step) {
        return switch (step) {
            case Step.StartProvider start -> Optional.of(start.id());
            case Step.StopProvider stop -> Optional.of(stop.id());
            case Step.ScaleComponent scale -> Optional.of(scale.id());
            case Step.PutConfig _, Step.PutLink _, Step.DeleteLink _, Step.DeleteConfig _, Step.Wait _ ->
                Optional.empty();
        };
    }

    private static String hostKey(HostId host, WorkloadId workload) {
        return "host " + host + " " + workload;
    }

    private static String key(Step step) {
        return switch (step) {
            case Step.PutConfig put -> "config " + put.name();
            case Step.DeleteConfig delete -> "config " + delete.name();
            case Step.PutLink put ->
                "link " + put.link().target() + " " + put.link().source() + " "
                        + put.link().name() + " " + put.link().witNamespace() + ":"
                        + put.link().witPackage();
            case Step.DeleteLink delete -> "unlink " + delete.key();
            case Step.StartProvider start -> hostKey(start.host(), start.id());
            case Step.StopProvider stop -> hostKey(stop.host(), stop.id());
            case Step.ScaleComponent scale -> hostKey(scale.host(), scale.id());
            case Step.Wait wait -> "wait " + Objects.requireNonNull(wait.app()) + " " + wait.workload();
        };
    }
}
