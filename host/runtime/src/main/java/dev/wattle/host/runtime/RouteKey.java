package dev.wattle.host.runtime;

import java.util.Comparator;
import java.util.Objects;

/// What a link is looked up by: who imports, and which interface, without its version.
public record RouteKey(String source, String interfaceName) implements Comparable<RouteKey> {
    private static final Comparator<RouteKey> ORDER =
            Comparator.comparing(RouteKey::source).thenComparing(RouteKey::interfaceName);

    public RouteKey {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(interfaceName, "interfaceName");
    }

    @Override
    public int compareTo(RouteKey other) {
        return ORDER.compare(this, other);
    }
}
