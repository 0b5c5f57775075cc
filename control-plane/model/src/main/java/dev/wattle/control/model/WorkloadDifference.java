package dev.wattle.control.model;

import dev.wattle.control.model.Observed.Host;
import dev.wattle.control.model.Placement.Placed;
import dev.wattle.lattice.protocol.HostId;
import dev.wattle.lattice.protocol.HostInventory.ComponentDescription;
import dev.wattle.lattice.protocol.HostInventory.ProviderDescription;
import dev.wattle.lattice.protocol.WorkloadId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// What is to be done so that one workload runs where it was placed.
final class WorkloadDifference {
    private final Manifest manifest;
    private final Workload workload;
    private final WorkloadId id;
    private final String image;
    private final String scalerId;
    private final Placed placed;
    private final Observed observed;

    WorkloadDifference(Manifest manifest, Workload workload, Placed placed, Observed observed) {
        this.manifest = manifest;
        this.workload = workload;
        this.id = manifest.idOf(workload);
        this.image = switch (workload.source()) {
            case Workload.Source.Image(String reference) -> reference;
            // The parser lets none of these through.
            case Workload.Source.Shared shared ->
                throw new IllegalArgumentException("shared components are not supported: " + shared);
        };
        this.scalerId = Annotations.scalerId(manifest, workload, image);
        this.placed = placed;
        this.observed = observed;
    }

    String scalerId() {
        return scalerId;
    }

    /// How many run as they should, wherever.
    int running() {
        int running = 0;
        for (Host host : observed.hosts().values()) {
            int wanted = placed.counts().getOrDefault(host.id(), 0);
            int here = switch (workload.kind()) {
                case COMPONENT ->
                    host.findComponent(id)
                            .filter(this::current)
                            .map(ComponentDescription::maxInstances)
                            .orElse(0);
                case PROVIDER -> host.findProvider(id).filter(this::current).isPresent() ? 1 : 0;
            };
            running += Math.min(wanted, here);
        }
        return running;
    }

    List<Step> steps() {
        return switch (workload.kind()) {
            case COMPONENT -> components();
            case PROVIDER -> providers();
        };
    }

    private List<Step> components() {
        List<Step> growing = new ArrayList<>();
        List<Step> shrinking = new ArrayList<>();
        boolean busy = false;
        for (Host host : observed.hosts().values()) {
            int wanted = placed.counts().getOrDefault(host.id(), 0);
            Optional<ComponentDescription> running = host.findComponent(id);
            if (Placement.foreign(host, id) || (wanted == 0 && running.isEmpty())) {
                continue;
            }
            int now = running.map(ComponentDescription::maxInstances).orElse(0);
            boolean stale = wanted > 0 && running.filter(this::current).isEmpty();
            if (wanted == now && !stale) {
                continue;
            }
            boolean grows = wanted > now || stale;
            busy |= grows;
            Optional<Step> refused = refused(host, wanted);
            if (refused.isPresent()) {
                growing.add(refused.get());
            } else {
                (grows ? growing : shrinking)
                        .add(host.suspected() ? silent(host) : scale(host, wanted, now, stale, grows));
            }
        }
        // Nothing is taken away before what replaces it is there.
        return busy || !placed.shortages().isEmpty() ? growing : shrinking;
    }

    private boolean current(ComponentDescription running) {
        return scalerId.equals(running.annotations().get(Annotations.SCALER))
                && running.imageRef().equals(image);
    }

    private boolean current(ProviderDescription running) {
        return scalerId.equals(running.annotations().get(Annotations.SCALER));
    }

    /// The host runs it, and did not manage to change it: it has a pause.
    private Optional<Step> refused(Host host, int wanted) {
        return wanted == 0
                ? Optional.empty()
                : Optional.ofNullable(host.refusals().get(id))
                        .map(why -> new Step.Wait(
                                manifest.name(),
                                workload.name(),
                                "host " + host.inventory().friendlyName() + ": " + why,
                                true));
    }

    private Step silent(Host host) {
        return new Step.Wait(
                manifest.name(),
                workload.name(),
                "host " + host.inventory().friendlyName() + " is late with its sign of life",
                false);
    }

    private Step scale(Host host, int wanted, int now, boolean stale, boolean grows) {
        String spread = placed.spreads().getOrDefault(host.id(), Trait.Spread.ANYWHERE.name());
        String reason = "runs " + now + " times on " + host.inventory().friendlyName() + ", should " + wanted
                + (stale && now > 0 ? ", with another image or configuration" : "");
        return new Step.ScaleComponent(
                manifest.name(),
                workload.name(),
                host.id(),
                id,
                image,
                wanted,
                Annotations.configNames(manifest, workload.config()),
                Annotations.of(manifest.name(), scalerId, spread),
                grows,
                reason);
    }

    private List<Step> providers() {
        List<Step> starts = new ArrayList<>();
        List<Step> stops = new ArrayList<>();
        List<Step> replacements = new ArrayList<>();
        for (Host host : observed.hosts().values()) {
            boolean wanted = placed.counts().containsKey(host.id());
            Optional<ProviderDescription> running = host.findProvider(id);
            boolean asItShould = wanted == running.isPresent()
                    && running.filter(each -> !current(each)).isEmpty();
            if (asItShould || Placement.foreign(host, id)) {
                continue;
            }
            Optional<Step> refused = refused(host, wanted ? 1 : 0);
            if (refused.isPresent()) {
                starts.add(refused.get());
            } else if (host.suspected()) {
                (wanted ? starts : stops).add(silent(host));
            } else if (running.isEmpty()) {
                starts.add(start(host));
            } else {
                (wanted ? replacements : stops).add(stop(host, wanted));
            }
        }
        if (!starts.isEmpty() || !placed.shortages().isEmpty()) {
            return starts;
        }
        // One at a time, so that the others serve meanwhile.
        return replacements.isEmpty() ? stops : replacements.subList(0, 1);
    }

    private Step start(Host host) {
        SortedMap<HostId, String> spreads = placed.spreads();
        String spread = spreads.getOrDefault(host.id(), Trait.Spread.ANYWHERE.name());
        return new Step.StartProvider(
                manifest.name(),
                workload.name(),
                host.id(),
                id,
                image,
                Annotations.configNames(manifest, workload.config()),
                Annotations.of(manifest.name(), scalerId, spread),
                "does not run on " + host.inventory().friendlyName());
    }

    private Step stop(Host host, boolean wanted) {
        return new Step.StopProvider(
                manifest.name(),
                workload.name(),
                host.id(),
                id,
                wanted,
                wanted
                        ? "runs on " + host.inventory().friendlyName() + " with another image or configuration"
                        : "runs on " + host.inventory().friendlyName() + ", should elsewhere");
    }
}
