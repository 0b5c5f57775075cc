package dev.wattle.provider.api;

/// A running capability provider. Links come and go while it runs; calls come one at a time from the host.
public interface Provider extends AutoCloseable {
    /// A link of which this provider is the source or the target is there, or its configuration changed.
    ///
    /// @throws ProviderException when the link cannot be served (an address is taken, say)
    void putLink(ProviderLink link);

    /// A link is gone. Unknown links are no error.
    void deleteLink(ProviderLink link);

    /// Its own configuration changed.
    default void updateConfig(java.util.SortedMap<String, String> config) {}

    /// Stops taking work, lets what is in flight end within a bound, gives everything back. Idempotent.
    @Override
    void close();
}
