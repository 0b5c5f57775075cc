package dev.wattle.provider.http.server;

import dev.wattle.provider.api.ProviderException;
import dev.wattle.provider.api.ProviderLink;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/// A link, and what its configuration says about the requests that go along it.
///
/// @param address to listen on
/// @param selector the path or host that it takes; empty in address mode
/// @param readOnly answers 405 to all but GET and HEAD
/// @param cacheControl added to answers that have none
record Route(
        ProviderLink link,
        BindAddress address,
        String selector,
        Duration timeout,
        boolean readOnly,
        Optional<String> cacheControl) {
    /// Where nothing says otherwise. wasmCloud's port, but on the loopback alone.
    private static final String DEFAULT_ADDRESS = "localhost:8000";

    /// Keys of wasmCloud's server that change what goes over the wire: refused rather than ignored.
    private static final List<String> UNSUPPORTED =
            List.of("tls_cert_file", "tls_priv_key_file", "cors_", "config_b64", "config_json", "disable_keepalive");

    /// One link may stand at each key: a link of the same key replaces it.
    record Key(String source, String name, String witNamespace, String witPackage) {
        static Key of(ProviderLink link) {
            return new Key(link.source(), link.name(), link.witNamespace(), link.witPackage());
        }
    }

    Key key() {
        return Key.of(link);
    }

    /// The address that provider and host name, for servers that all links share.
    static BindAddress sharedAddress(SortedMap<String, String> providerConfig) {
        return address(Config.of(providerConfig));
    }

    /// @throws ProviderException when the configuration makes no sense, naming link and key
    static Route of(RoutingMode mode, SortedMap<String, String> providerConfig, ProviderLink link) {
        Config config = Config.of(providerConfig, link.sourceConfig());
        Optional<String> unsupported = config.values().keySet().stream()
                .filter(key -> UNSUPPORTED.stream().anyMatch(key::startsWith))
                .findFirst();
        if (unsupported.isPresent()) {
            throw new ProviderException(
                    "the link to " + link.target() + " sets " + unsupported.get() + ", which is not supported", null);
        }
        return new Route(
                link,
                mode == RoutingMode.ADDRESS ? address(layered(providerConfig, link)) : sharedAddress(providerConfig),
                selector(mode, config, link),
                timeout(config, link),
                config.flag("readonly_mode"),
                config.find("cache_control"));
    }

    /// What a link says about its address outdoes all that its provider says.
    private static Config layered(SortedMap<String, String> providerConfig, ProviderLink link) {
        Config own = Config.of(link.sourceConfig());
        boolean says =
                Stream.of("address", "port").anyMatch(key -> own.find(key).isPresent());
        return says ? own : Config.of(providerConfig);
    }

    private static BindAddress address(Config config) {
        return config.find("address")
                .map(BindAddress::parse)
                .or(() -> config.find("port").map(BindAddress::loopback))
                .orElseGet(
                        () -> BindAddress.parse(config.find("default_address").orElse(DEFAULT_ADDRESS)));
    }

    private static String selector(RoutingMode mode, Config config, ProviderLink link) {
        return switch (mode) {
            case ADDRESS -> "";
            case PATH -> required(config, "path", link);
            case HOST -> required(config, "host", link).toLowerCase(Locale.ROOT);
        };
    }

    private static String required(Config config, String key, ProviderLink link) {
        return config.find(key)
                .orElseThrow(() -> new ProviderException(
                        "the link to " + link.target() + " needs '" + key + "' in its source_config", null));
    }

    private static Duration timeout(Config config, ProviderLink link) {
        Optional<String> text = config.find("timeout_ms");
        if (text.isEmpty()) {
            return Limits.CALL_TIMEOUT;
        }
        try {
            long millis = Long.parseLong(text.get().strip());
            if (millis >= 1 && millis <= Limits.MAX_CALL_TIMEOUT.toMillis()) {
                return Duration.ofMillis(millis);
            }
        } catch (NumberFormatException _) {
            // Said below.
        }
        throw new ProviderException(
                "the link to " + link.target() + " has the timeout_ms '" + text.get() + "'; expected 1.."
                        + Limits.MAX_CALL_TIMEOUT.toMillis(),
                null);
    }
}
