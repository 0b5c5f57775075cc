package dev.wattle.provider.api;

import java.util.SortedMap;

/// What a provider gets from its host.
public interface ProviderContext {
    /// Its id in the lattice.
    String providerId();

    /// Its named configuration, merged. Keys of the host's own defaults (such as `default_address`) stand below
    /// it.
    SortedMap<String, String> config();

    /// Calls components over HTTP, by the links of which this provider is the source.
    HttpCaller http();
}
