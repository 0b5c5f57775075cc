package dev.wattle.control.model;

import dev.wattle.control.model.Desired.App;
import dev.wattle.control.model.Observed.Host;
import dev.wattle.control.model.Placement.Placed;
import dev.wattle.control.model.Plan.Progress;
import dev.wattle.control.model.Trait.LinkTo;
import dev.wattle.control.model.Trait.Scaler;
import dev.wattle.lattice.protocol.HostId;
import dev.wattle.lattice.protocol.WorkloadId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Compares what should run with what does: `plan(desired, observed) → steps`, each with its reason.
///
/// A pure function of the whole picture. Equal pictures give equal plans; a picture that is as desired gives
/// none. What runs and is not wanted any more stops only when what replaces it runs; what users started by
/// hand, and applications that nobody knows, are not touched.
public final class Planner {
    /// Providers of HTTP call this; both ends of the link are best on one host.
    private static final String HTTP_NAMESPACE = "wasi";

    private static final String HTTP_PACKAGE = "http";
    private static final String HTTP_HANDLER = "incoming-handler";

    private final Desired desired;
    private final Observed observed;
    private final Placement placement;
    private final List<Step> steps = new ArrayList<>();
    private final SortedMap<AppName, List<Progress>> progress = new TreeMap<>();
    private final SortedMap<WorkloadId, AppName> owners = new TreeMap<>();
    private final SortedMap<WorkloadId, Placed> placed = new TreeMap<>();
    private final SortedMap<WorkloadId, Workload.Kind> kinds = new TreeMap<>();

    private Planner(Desired desired, Observed observed) {
        this.desired = desired;
        this.observed = observed;
        this.placement = new Placement(observed);
    }

    /// What to do now.
    public static Plan plan(Desired desired, Observed observed) {
        return new Planner(desired, observed).plan();
    }

    private Plan plan() {
        List<Manifest> deployed = desired.apps().values().stream()
                .flatMap(app -> app.deployed().stream())
                .toList();
        deployed.forEach(this::claimIds);
        // Providers first: components follow them to their hosts.
        deployed.forEach(manifest -> placeAll(manifest, Workload.Kind.PROVIDER));
        deployed.forEach(manifest -> placeAll(manifest, Workload.Kind.COMPONENT));
        deployed.forEach(this::scale);
        steps.addAll(new StoredDifference(desired, observed).steps());
        steps.addAll(orphans());
        steps.sort(Comparator.comparing(Step::phase));
        return new Plan(steps, progress);
    }

    private void claimIds(Manifest manifest) {
        for (Workload workload : manifest.workloads()) {
            owners.putIfAbsent(manifest.idOf(workload), manifest.name());
        }
    }

    private boolean owns(Manifest manifest, Workload workload) {
        return manifest.name().equals(owners.get(manifest.idOf(workload)));
    }

    /// A provider without a scaler runs once; a component without one does not run.
    static Optional<Scaler> scalerOf(Workload workload) {
        return workload.kind() == Workload.Kind.PROVIDER
                ? workload.scaler().or(() -> Optional.of(new Trait.SpreadScaler(1, List.of())))
                : workload.scaler();
    }

    private void placeAll(Manifest manifest, Workload.Kind kind) {
        for (Workload workload : manifest.workloads()) {
            Optional<Scaler> scaler = scalerOf(workload);
            if (workload.kind() == kind && scaler.isPresent() && owns(manifest, workload)) {
                WorkloadId id = manifest.idOf(workload);
                SortedSet<HostId> near = kind == Workload.Kind.PROVIDER
                        ? whereItsHandlersMayRun(manifest, workload)
                        : whereItsHttpProvidersRun(manifest, workload);
                kinds.put(id, kind);
                placed.put(id, placement.place(workload, id, scaler.get(), near));
            }
        }
    }

    private SortedSet<HostId> whereItsHandlersMayRun(Manifest manifest, Workload provider) {
        NavigableSet<HostId> hosts = new TreeSet<>();
        for (LinkTo link : provider.links()) {
            Optional<Workload> target = manifest.findWorkload(link.target()).filter(_ -> handlesHttp(link));
            target.flatMap(Planner::scalerOf)
                    .map(scaler -> placement.eligible(scaler, manifest.idOf(target.get())))
                    .ifPresent(found -> found.forEach(hosts::add));
        }
        return hosts;
    }

    private SortedSet<HostId> whereItsHttpProvidersRun(Manifest manifest, Workload component) {
        NavigableSet<HostId> hosts = new TreeSet<>();
        for (Workload provider : manifest.workloads()) {
            boolean callsIt = provider.kind() == Workload.Kind.PROVIDER
                    && provider.links().stream()
                            .anyMatch(link -> handlesHttp(link) && link.target().equals(component.name()));
            Placed place = placed.get(manifest.idOf(provider));
            if (callsIt && place != null) {
                hosts.addAll(place.counts().keySet());
            }
        }
        return hosts;
    }

    private static boolean handlesHttp(LinkTo link) {
        return link.namespace().equals(HTTP_NAMESPACE)
                && link.packageName().equals(HTTP_PACKAGE)
                && link.interfaces().contains(HTTP_HANDLER);
    }

    private void scale(Manifest manifest) {
        List<Progress> seen = new ArrayList<>();
        for (Workload workload : manifest.workloads()) {
            if (!owns(manifest, workload)) {
                AppName owner = owners.get(manifest.idOf(workload));
                waitFor(
                        manifest,
                        workload,
                        "its id " + manifest.idOf(workload) + " belongs to application " + owner,
                        false);
                continue;
            }
            Placed place = placed.get(manifest.idOf(workload));
            if (place != null) {
                seen.add(scale(manifest, workload, place));
            }
        }
        progress.put(manifest.name(), seen);
    }

    private Progress scale(Manifest manifest, Workload workload, Placed place) {
        var difference = new WorkloadDifference(manifest, workload, place, observed);
        place.shortages().forEach(shortage -> waitFor(manifest, workload, shortage.reason(), shortage.failed()));
        List<String> missing = Wanted.externalConfig(manifest, workload).stream()
                .filter(name -> !observed.config().containsKey(name))
                .map(Object::toString)
                .toList();
        if (missing.isEmpty()) {
            steps.addAll(difference.steps());
        } else {
            waitFor(manifest, workload, "the lattice has no configuration " + String.join(", ", missing), false);
        }
        String kind = scalerOf(workload).map(Scaler::kind).orElse("");
        return new Progress(workload.name(), difference.scalerId(), kind, place.wanted(), difference.running());
    }

    private void waitFor(Manifest manifest, Workload workload, String reason, boolean failed) {
        steps.add(new Step.Wait(manifest.name(), workload.name(), reason, failed));
    }

    /// What runs for an application that we know and that does not want it.
    private List<Step> orphans() {
        List<Step> found = new ArrayList<>();
        for (Host host : observed.hosts().values()) {
            if (host.suspected()) {
                continue;
            }
            for (var component : host.inventory().components()) {
                orphan(component.id(), Workload.Kind.COMPONENT, component.annotations())
                        .ifPresent(app -> found.add(new Step.ScaleComponent(
                                app.name(),
                                component.id().value(),
                                host.id(),
                                component.id(),
                                component.imageRef(),
                                0,
                                List.of(),
                                component.annotations(),
                                false,
                                orphanReason(app))));
            }
            for (var provider : host.inventory().providers()) {
                orphan(provider.id(), Workload.Kind.PROVIDER, provider.annotations())
                        .ifPresent(app -> found.add(new Step.StopProvider(
                                app.name(),
                                provider.id().value(),
                                host.id(),
                                provider.id(),
                                false,
                                orphanReason(app))));
            }
        }
        return found;
    }

    private Optional<App> orphan(WorkloadId id, Workload.Kind kind, SortedMap<String, String> annotations) {
        if (kind == kinds.get(id) || !Annotations.managed(annotations)) {
            return Optional.empty();
        }
        return Annotations.application(annotations)
                .flatMap(name -> Optional.ofNullable(desired.apps().get(name)))
                .filter(app -> app.deployed().isEmpty() || settled(app.name()));
    }

    /// Everything that it wants and that can run does: what it no longer wants may go. What failed to start may
    /// be the successor of what would go, so that stays.
    private boolean settled(AppName app) {
        return steps.stream()
                .filter(step -> step.app().equals(app) && step.phase() == Step.Phase.STARTS)
                .allMatch(step -> step instanceof Step.Wait wait && !wait.failed());
    }

    private static String orphanReason(App app) {
        return app.deployed().isEmpty()
                ? "application " + app.name() + " is not deployed"
                : "application " + app.name() + " does not contain it any more";
    }
}
