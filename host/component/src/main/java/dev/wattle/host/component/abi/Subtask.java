package dev.wattle.host.component.abi;

import java.util.ArrayList;
import java.util.List;

/// One call out of a guest: keeps the handles that it lends for as long as the call lasts.
///
/// @spec CanonicalABI.md `Subtask`
public final class Subtask implements BorrowScope {
    private final List<ResourceHandle> lenders = new ArrayList<>();

    void addLender(ResourceHandle handle) {
        handle.numLends++;
        lenders.add(handle);
    }

    /// The call has returned: what was lent is free again.
    public void deliverResolve() {
        for (ResourceHandle handle : lenders) {
            handle.numLends--;
        }
        lenders.clear();
    }
}
