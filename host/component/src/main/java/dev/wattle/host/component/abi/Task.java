package dev.wattle.host.component.abi;

import dev.wattle.host.engine.Trap;

/// One call into a guest: counts the borrowed handles that it was given and has not dropped yet. That is
/// all there is to a call that cannot block; any other is a [ScheduledTask].
///
/// @spec CanonicalABI.md `Task`
public sealed class Task implements BorrowScope permits ScheduledTask {
    private int numBorrows;

    public Task() {}

    final void addBorrow() {
        numBorrows++;
    }

    final void dropBorrow() {
        assert numBorrows > 0;
        numBorrows--;
    }

    /// Traps when a handle that was borrowed for the call has not been dropped: it cannot return.
    public final void requireNoBorrows() {
        if (numBorrows > 0) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "borrow handles still remain at the end of the call");
        }
    }
}
