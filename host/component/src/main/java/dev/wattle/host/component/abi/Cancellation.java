package dev.wattle.host.component.abi;

/// How a call that has not returned is asked to end.
///
/// @spec CanonicalABI.md `OnCancel`
@FunctionalInterface
public interface Cancellation {
    /// For calls that have returned.
    Cancellation NONE = _ -> {};

    /// @param caller whose code asks
    void request(InstanceState caller);
}
