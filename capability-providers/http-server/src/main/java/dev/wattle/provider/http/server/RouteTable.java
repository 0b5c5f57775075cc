package dev.wattle.provider.http.server;

import dev.wattle.provider.api.ProviderException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The routes of one address. Immutable: a change makes another table.
///
/// @param header that names the host in host mode, in lower case
record RouteTable(RoutingMode mode, String header, SortedMap<String, Route> routes) {
    static RouteTable empty(RoutingMode mode, String header) {
        return new RouteTable(mode, header.toLowerCase(Locale.ROOT), new TreeMap<>());
    }

    boolean isEmpty() {
        return routes.isEmpty();
    }

    /// @throws ProviderException when another link has that place
    RouteTable with(Route route) {
        RouteTable rest = without(route.key());
        Route taken = rest.routes.get(route.selector());
        if (taken != null) {
            String place = route.selector().isEmpty() ? route.address().toString() : route.selector();
            throw new ProviderException(
                    "cannot route " + place + " to " + route.link().target() + ": the link '"
                            + taken.link().name() + "' to " + taken.link().target() + " has it",
                    null);
        }
        SortedMap<String, Route> changed = new TreeMap<>(rest.routes);
        changed.put(route.selector(), route);
        return new RouteTable(mode, header, changed);
    }

    RouteTable without(Route.Key key) {
        SortedMap<String, Route> changed = new TreeMap<>();
        List<Route> all = new ArrayList<>(routes.values());
        all.removeIf(route -> route.key().equals(key));
        all.forEach(route -> changed.put(route.selector(), route));
        return new RouteTable(mode, header, changed);
    }

    /// The route of a request.
    ///
    /// @param path without its query
    /// @param host the value of the header that names the host, if there is one
    Optional<Route> find(String path, Optional<String> host) {
        return Optional.ofNullable(
                switch (mode) {
                    case ADDRESS -> routes.get("");
                    case PATH -> routes.get(path);
                    case HOST ->
                        host.map(name -> routes.get(name.toLowerCase(Locale.ROOT)))
                                .orElse(null);
                });
    }
}
