package dev.wattle.host.component.abi;

import org.jspecify.annotations.Nullable;

/// What an instance keeps about its threads of control; made for the first task.
///
/// @spec CanonicalABI.md `ComponentInstance`
final class InstanceThreads {
    final HandleTable table;
    int backpressure;
    int numWaitingToEnter;

    /// The thread which nobody else of its kind may interleave with.
    @Nullable
    TaskThread exclusiveThread;

    InstanceThreads(Store store) {
        this.table = new HandleTable(store);
    }
}
