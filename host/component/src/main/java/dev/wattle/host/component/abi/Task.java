package dev.wattle.host.component.abi;

import dev.wattle.host.engine.Trap;
import dev.wattle.wit.WitValue;
import java.util.Optional;
import java.util.function.Consumer;

/// One call into a guest: counts the borrowed handles that it was given and has not dropped yet.
///
/// @spec CanonicalABI.md `Task`
public final class Task implements BorrowScope {
    private int numBorrows;

    void addBorrow() {
        numBorrows++;
    }

    void dropBorrow() {
        assert numBorrows > 0;
        numBorrows--;
    }

    /// Hands the result to the caller; by now each borrow must be dropped.
    ///
    /// @spec CanonicalABI.md `Task.return_`
    void returnResult(Optional<WitValue> result, Consumer<Optional<WitValue>> onResolve) {
        requireNoBorrows();
        onResolve.accept(result);
    }

    /// Traps when a handle that was borrowed for the call has not been dropped.
    public void requireNoBorrows() {
        if (numBorrows > 0) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "borrow handles still remain at the end of the call");
        }
    }
}
