package dev.wattle.host.runtime;

import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Where each import of each component leads. Immutable: re-linking swaps the whole table, and a sandbox keeps
/// the one that it was born with.
public record RoutingTable(SortedMap<RouteKey, Route> routes) {
    public static final RoutingTable EMPTY = new RoutingTable(new TreeMap<>());

    public RoutingTable {
        routes = Collections.unmodifiableSortedMap(new TreeMap<>(routes));
    }

    /// The route of that import, or nothing when no link is there.
    public Optional<Route> find(RouteKey key) {
        return Optional.ofNullable(routes.get(key));
    }

    /// The other end of a link.
    public record Route(String target, String linkName) {
        public Route {
            Objects.requireNonNull(target, "target");
            Objects.requireNonNull(linkName, "linkName");
        }
    }
}
