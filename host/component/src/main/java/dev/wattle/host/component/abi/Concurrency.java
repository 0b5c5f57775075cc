package dev.wattle.host.component.abi;

import org.jspecify.annotations.Nullable;

/// What an instance keeps about its threads of control; made for the first task.
///
/// @spec CanonicalABI.md `ComponentInstance`
final class Concurrency {
    final HandleTable threads;
    int backpressure;
    int numWaitingToEnter;

    /// The thread which nobody else of its kind may interleave with.
    @Nullable TaskThread exclusiveThread;

    Concurrency(Store store) {
        this.threads = new HandleTable(store);
    }
}
