package dev.wattle.provider.api;

import java.time.Duration;

/// Hands an HTTP request to a component: a fresh sandbox, wherever the component runs.
@FunctionalInterface
public interface HttpCaller {
    /// Blocks until the component answered or failed; never called on an event loop.
    ///
    /// @param link of which the provider is the source and the component the target
    /// @param deadline for the whole call
    HttpOutcome call(ProviderLink link, HttpRequest request, Duration deadline);
}
