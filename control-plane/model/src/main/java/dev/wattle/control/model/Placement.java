package dev.wattle.control.model;

import dev.wattle.control.model.Observed.Host;
import dev.wattle.control.model.Trait.Scaler;
import dev.wattle.control.model.Trait.Spread;
import dev.wattle.lattice.protocol.HostId;
import dev.wattle.lattice.protocol.WorkloadId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Decides how many of a workload go to which host.
///
/// A scaler's count is divided over its spreads by weight and within each spread evenly over the hosts that
/// fit. Who gets one more than the others: a host that it must share with another workload, then one that runs
/// it already, then the least loaded, then the first by name. Load is what this plan already placed, so that
/// equal pictures give equal plans, whatever runs where.
final class Placement {
    private final Observed observed;
    private final SortedMap<HostId, Integer> load = new TreeMap<>();

    Placement(Observed observed) {
        this.observed = observed;
        for (Host host : observed.hosts().values()) {
            load.put(host.id(), unmanaged(host));
        }
    }

    private static int unmanaged(Host host) {
        long components = host.inventory().components().stream()
                .filter(each -> !Annotations.managed(each.annotations()))
                .count();
        long providers = host.inventory().providers().stream()
                .filter(each -> !Annotations.managed(each.annotations()))
                .count();
        return Math.toIntExact(components + providers);
    }

    /// A workload's hosts with how many and under which spread, and what could not be placed.
    record Placed(SortedMap<HostId, Integer> counts, SortedMap<HostId, String> spreads, List<Shortage> shortages) {
        int wanted() {
            return counts.values().stream().mapToInt(Integer::intValue).sum()
                    + shortages.stream().mapToInt(Shortage::missing).sum();
        }
    }

    /// So many too few, and why.
    record Shortage(int missing, String reason, boolean failed) {}

    Placed place(Workload workload, WorkloadId id, Scaler scaler, SortedSet<HostId> preferred) {
        var placed = new Placed(new TreeMap<>(), new TreeMap<>(), new ArrayList<>());
        boolean oneEach = workload.kind() == Workload.Kind.PROVIDER;
        List<Integer> shares = scaler instanceof Trait.DaemonScaler
                ? scaler.spread().stream().map(_ -> scaler.instances()).toList()
                : shares(scaler.instances(), scaler.spread());
        for (int i = 0; i < shares.size(); i++) {
            Spread spread = scaler.spread().get(i);
            Predicate<Host> free = host -> !oneEach || !placed.counts().containsKey(host.id());
            List<HostId> hosts = eligible(spread, id).filter(free).map(Host::id).toList();
            int share = shares.get(i);
            if (scaler instanceof Trait.DaemonScaler) {
                share = Math.min(share, oneEach ? 1 : share) * hosts.size();
            }
            int possible = oneEach ? Math.min(share, hosts.size()) : hosts.isEmpty() ? 0 : share;
            distribute(possible, hosts, id, preferred, spread, placed);
            boolean daemonWithoutHost =
                    scaler instanceof Trait.DaemonScaler && hosts.isEmpty() && scaler.instances() > 0;
            if (possible < share || daemonWithoutHost) {
                placed.shortages().add(shortage(spread, id, share, possible, oneEach));
            }
        }
        placed.counts().forEach((host, count) -> load.merge(host, count, Integer::sum));
        return placed;
    }

    /// By weight, rounded down; what is left goes one each to the heaviest, in the manifest's order: as wadm
    /// does it.
    static List<Integer> shares(int instances, List<Spread> spreads) {
        long total = spreads.stream().mapToLong(Spread::weight).sum();
        List<Integer> shares = new ArrayList<>();
        int left = instances;
        for (Spread spread : spreads) {
            int share = total == 0 ? 0 : (int) ((long) instances * spread.weight() / total);
            shares.add(share);
            left -= share;
        }
        List<Integer> byWeight = new ArrayList<>();
        for (int i = 0; i < spreads.size(); i++) {
            if (spreads.get(i).weight() > 0) {
                byWeight.add(i);
            }
        }
        byWeight.sort(Comparator.comparingInt((Integer i) -> -spreads.get(i).weight()));
        for (int i = 0; left > 0 && !byWeight.isEmpty(); i++, left--) {
            int index = byWeight.get(i % byWeight.size());
            shares.set(index, shares.get(index) + 1);
        }
        return shares;
    }

    private void distribute(
            int share, List<HostId> hosts, WorkloadId id, SortedSet<HostId> preferred, Spread spread, Placed placed) {
        if (share == 0) {
            return;
        }
        int each = share / hosts.size();
        int extra = share % hosts.size();
        Set<HostId> running = running(hosts, id, each, placed);
        List<HostId> byMerit = new ArrayList<>(hosts);
        byMerit.sort(Comparator.comparing((HostId host) -> !preferred.contains(host))
                .thenComparing(host -> !running.contains(host))
                .thenComparing(host -> load.getOrDefault(host, 0))
                .thenComparing(Comparator.naturalOrder()));
        for (int i = 0; i < byMerit.size(); i++) {
            int count = each + (i < extra ? 1 : 0);
            if (count > 0) {
                placed.counts().merge(byMerit.get(i), count, Integer::sum);
                placed.spreads().putIfAbsent(byMerit.get(i), spread.name());
            }
        }
    }

    /// Hosts that run more of it than the even share, beside what earlier spreads gave them.
    private Set<HostId> running(List<HostId> hosts, WorkloadId id, int each, Placed placed) {
        Set<HostId> running = new TreeSet<>();
        for (HostId host : hosts) {
            Host known = host(host);
            int now = known.findComponent(id).map(found -> found.maxInstances()).orElse(0)
                    + (known.findProvider(id).isPresent() ? 1 : 0);
            if (now - placed.counts().getOrDefault(host, 0) > each) {
                running.add(host);
            }
        }
        return running;
    }

    private Host host(HostId id) {
        return Objects.requireNonNull(observed.hosts().get(id));
    }

    /// Hosts where a workload may run under a spread. One that runs it already stays, though it takes nothing
    /// new.
    private Stream<Host> eligible(Spread spread, WorkloadId id) {
        return observed.hosts().values().stream()
                .filter(host -> spread.accepts(host.inventory().labels()))
                .filter(host -> !foreign(host, id))
                .filter(host -> runs(host, id) || takesMore(host, id));
    }

    private static boolean takesMore(Host host, WorkloadId id) {
        return !host.cordoned() && !host.refusals().containsKey(id);
    }

    /// Hosts where it may run under any of its spreads.
    NavigableSet<HostId> eligible(Scaler scaler, WorkloadId id) {
        NavigableSet<HostId> hosts = new TreeSet<>();
        scaler.spread().forEach(spread -> eligible(spread, id).map(Host::id).forEach(hosts::add));
        return hosts;
    }

    static boolean runs(Host host, WorkloadId id) {
        return host.findComponent(id).isPresent() || host.findProvider(id).isPresent();
    }

    /// Somebody started a workload with that id by hand; a host keeps no two of one id.
    static boolean foreign(Host host, WorkloadId id) {
        return host.findComponent(id)
                        .filter(each -> !Annotations.managed(each.annotations()))
                        .isPresent()
                || host.findProvider(id)
                        .filter(each -> !Annotations.managed(each.annotations()))
                        .isPresent();
    }

    private Shortage shortage(Spread spread, WorkloadId id, int share, int possible, boolean oneEach) {
        int missing = share - possible;
        String labels = Texts.labels(spread.requirements());
        List<Host> fitting = observed.hosts().values().stream()
                .filter(host -> spread.accepts(host.inventory().labels()))
                .toList();
        if (observed.hosts().isEmpty()) {
            return new Shortage(missing, "no host has joined the lattice", false);
        }
        if (fitting.isEmpty()) {
            return new Shortage(missing, "no host has label " + labels, false);
        }
        Optional<Host> failing = fitting.stream()
                .filter(host -> host.refusals().containsKey(id) && !runs(host, id))
                .findFirst();
        if (failing.isPresent()) {
            Host host = failing.get();
            return new Shortage(
                    missing,
                    "host " + host.inventory().friendlyName() + ": "
                            + host.refusals().get(id),
                    true);
        }
        Optional<Host> taken =
                fitting.stream().filter(host -> foreign(host, id)).findFirst();
        if (taken.isPresent()) {
            return new Shortage(
                    missing,
                    "host " + taken.get().inventory().friendlyName() + " runs a workload with the id " + id
                            + " that this application does not own",
                    false);
        }
        if (possible == 0 && fitting.stream().allMatch(Host::cordoned)) {
            return new Shortage(missing, "every host that fits is cordoned", false);
        }
        String where = labels.isEmpty() ? "" : " with label " + labels;
        return oneEach && share > 0
                ? new Shortage(
                        missing,
                        "needs " + Texts.count(share, "host") + where + ", one for each instance; there "
                                + (possible == 1 ? "is 1" : "are " + possible),
                        false)
                : new Shortage(missing, "no host" + where + " can take it", false);
    }
}
