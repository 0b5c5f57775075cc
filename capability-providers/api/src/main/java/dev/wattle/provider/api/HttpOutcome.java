package dev.wattle.provider.api;

/// How a call to a component over HTTP ended.
public sealed interface HttpOutcome {
    /// The component answered.
    record Answered(HttpResponse response) implements HttpOutcome {}

    /// A link on the way failed: 502.
    ///
    /// @param link as `source -> target namespace:package/interface`
    record LinkFailed(String link, String reason) implements HttpOutcome {}

    /// The component trapped, or ended without an answer: 500.
    record Trapped(String reason) implements HttpOutcome {}

    /// The deadline passed: 504.
    record TimedOut(String reason) implements HttpOutcome {}

    /// The host has no room for another call now: 503.
    record Overloaded(String reason) implements HttpOutcome {}
}
