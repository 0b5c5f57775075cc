package dev.wattle.provider.http.server;

import dev.wattle.provider.api.ProviderException;
import java.util.Locale;

/// How a request finds its link, as in wasmCloud: an address for each link, or one address for all with a
/// path or host for each. Paths match exactly.
enum RoutingMode {
    ADDRESS,
    PATH,
    HOST;

    static RoutingMode of(Config config) {
        String text = config.find("routing_mode").orElse("address").strip().toUpperCase(Locale.ROOT);
        for (RoutingMode mode : values()) {
            if (mode.name().equals(text)) {
                return mode;
            }
        }
        throw new ProviderException(
                "routing_mode is '" + text.toLowerCase(Locale.ROOT) + "'; expected address, path or host", null);
    }
}
