package dev.wattle.provider.api;

/// Makes providers of one kind. Found by `ServiceLoader`, so that a host names none.
public interface ProviderFactory {
    /// The name in the image reference `wasmcloud+builtin://NAME`, such as `http-server`.
    String name();

    /// Starts a provider; returns when it is ready for links.
    ///
    /// @throws ProviderException when it cannot start, saying why and what to do
    Provider start(ProviderContext context);
}
