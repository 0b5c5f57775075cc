package dev.wattle.host.runtime;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What runs here and where links lead, at one moment. Immutable: a sandbox keeps the view that it was born
/// with.
record HostView(SortedMap<String, Deployment> deployments, RoutingTable routes) {
    static final HostView EMPTY = new HostView(new TreeMap<>(), RoutingTable.EMPTY);

    HostView {
        deployments = Collections.unmodifiableSortedMap(new TreeMap<>(deployments));
    }

    Optional<Deployment> find(String id) {
        return Optional.ofNullable(deployments.get(id));
    }

    HostView with(Deployment deployment) {
        var more = new TreeMap<>(deployments);
        more.put(deployment.id(), deployment);
        return new HostView(more, routes);
    }

    HostView without(String id) {
        var fewer = new TreeMap<>(deployments);
        fewer.remove(id);
        return new HostView(fewer, routes);
    }

    HostView with(RoutingTable newRoutes) {
        return new HostView(deployments, newRoutes);
    }
}
