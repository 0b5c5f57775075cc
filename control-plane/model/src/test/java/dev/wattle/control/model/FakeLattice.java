package dev.wattle.control.model;

import dev.wattle.control.model.Observed.Host;
import dev.wattle.lattice.protocol.ConfigName;
import dev.wattle.lattice.protocol.HostId;
import dev.wattle.lattice.protocol.HostInventory;
import dev.wattle.lattice.protocol.HostInventory.ComponentDescription;
import dev.wattle.lattice.protocol.HostInventory.ProviderDescription;
import dev.wattle.lattice.protocol.Link;
import dev.wattle.lattice.protocol.WorkloadId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// A lattice that does at once what it is told: to see what plans lead to.
final class FakeLattice {
    final SortedMap<String, FakeHost> hosts = new TreeMap<>();
    final List<Link> links = new ArrayList<>();
    final SortedMap<ConfigName, SortedMap<String, String>> config = new TreeMap<>();

    /// One host.
    static final class FakeHost {
        final HostId id;
        final String name;
        final SortedMap<String, String> labels = new TreeMap<>();
        final SortedMap<WorkloadId, ComponentDescription> components = new TreeMap<>();
        final SortedMap<WorkloadId, ProviderDescription> providers = new TreeMap<>();
        final SortedMap<WorkloadId, String> refusals = new TreeMap<>();
        boolean suspected;
        boolean cordoned;

        FakeHost(String name) {
            this.name = name;
            this.id = idOf(name);
        }

        String imageOf(String component) {
            return Objects.requireNonNull(components.get(new WorkloadId(component)))
                    .imageRef();
        }

        Host observed() {
            var inventory = new HostInventory(
                    id, name, labels, "1.0.0", 1, List.copyOf(components.values()), List.copyOf(providers.values()));
            return new Host(inventory, suspected, cordoned, refusals);
        }
    }

    /// Host `a` is before host `b`, in name and in id.
    static HostId idOf(String name) {
        String upper = name.toUpperCase(java.util.Locale.ROOT).replaceAll("[^A-Z2-7]", "A");
        return new HostId("N" + (upper + "A".repeat(55)).substring(0, 55));
    }

    FakeHost host(String name, String... labels) {
        var host = new FakeHost(name);
        for (String label : labels) {
            String[] parts = label.split("=", 2);
            host.labels.put(parts[0], parts[1]);
        }
        hosts.put(name, host);
        return host;
    }

    FakeHost known(String name) {
        return Objects.requireNonNull(hosts.get(name), name);
    }

    Observed observed() {
        SortedMap<HostId, Host> seen = new TreeMap<>();
        hosts.values().forEach(host -> seen.put(host.id, host.observed()));
        return new Observed(seen, links, config);
    }

    /// What runs of a component, by the hosts' names.
    SortedMap<String, Integer> running(String id) {
        SortedMap<String, Integer> found = new TreeMap<>();
        hosts.forEach((name, host) -> {
            if (host.components.containsKey(new WorkloadId(id))) {
                found.put(
                        name,
                        Objects.requireNonNull(host.components.get(new WorkloadId(id)))
                                .maxInstances());
            }
            if (host.providers.containsKey(new WorkloadId(id))) {
                found.merge(name, 1, Integer::sum);
            }
        });
        return found;
    }

    int total(String id) {
        return running(id).values().stream().mapToInt(Integer::intValue).sum();
    }

    /// Plans and does until there is nothing to do; answers how many passes that took.
    int converge(Desired desired) {
        for (int pass = 0; pass < 60; pass++) {
            Plan plan = Planner.plan(desired, observed());
            if (plan.actions().isEmpty()) {
                return pass;
            }
            applyFirstPhases(plan);
        }
        throw new AssertionError("no end: " + Planner.plan(desired, observed()).steps());
    }

    /// As the loop does it: for each application only the first phase that it has.
    private void applyFirstPhases(Plan plan) {
        SortedMap<AppName, Step.Phase> phases = new TreeMap<>();
        plan.actions().forEach(step -> phases.merge(step.app(), step.phase(), (a, b) -> a.compareTo(b) < 0 ? a : b));
        Set<String> done = new TreeSet<>();
        for (Step step : plan.actions()) {
            if (step.phase() == phases.get(step.app()) && done.add(step.toString())) {
                apply(step);
            }
        }
    }

    void apply(Step step) {
        switch (step) {
            case Step.PutConfig put -> config.put(put.name(), put.values());
            case Step.DeleteConfig delete -> config.remove(delete.name());
            case Step.PutLink put -> {
                Link link = put.link();
                if (links.stream()
                        .anyMatch(each -> Step.LinkKey.of(each).equals(Step.LinkKey.of(link))
                                && !each.target().equals(link.target())
                                && each.interfaces().stream().anyMatch(link.interfaces()::contains))) {
                    throw new AssertionError("a host would refuse " + link);
                }
                links.removeIf(each -> Step.LinkKey.of(each).equals(Step.LinkKey.of(link))
                        && each.target().equals(link.target()));
                links.add(link);
            }
            case Step.DeleteLink delete ->
                links.stream()
                        .filter(each -> Step.LinkKey.of(each).equals(delete.key()))
                        .findFirst()
                        .ifPresent(links::remove);
            case Step.StartProvider start -> {
                FakeHost host = find(start.host());
                if (host.providers.containsKey(start.id())) {
                    throw new AssertionError("a host would refuse " + start);
                }
                host.providers.put(
                        start.id(),
                        new ProviderDescription(
                                start.id(), Optional.of(start.image()), Optional.empty(), start.annotations(), 0));
            }
            case Step.StopProvider stop -> find(stop.host()).providers.remove(stop.id());
            case Step.ScaleComponent scale -> run(find(scale.host()), scale);
            case Step.Wait wait -> throw new AssertionError("nothing to do: " + wait);
        }
    }

    private static void run(FakeHost host, Step.ScaleComponent scale) {
        if (scale.count() == 0) {
            host.components.remove(scale.id());
            return;
        }
        host.components.put(
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

    private FakeHost find(HostId id) {
        return hosts.values().stream()
                .filter(host -> host.id.equals(id))
                .findFirst()
                .orElseThrow();
    }
}
