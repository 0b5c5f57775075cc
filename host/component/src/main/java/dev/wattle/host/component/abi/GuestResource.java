package dev.wattle.host.component.abi;

/// A resource of a guest, outside of it: the representation that [dev.wattle.wit.WitValue.Resource] carries for a
/// resource that
/// a guest defines. The same object for as long as the resource lives, whoever holds it.
///
/// As an `own` it belongs to who got it: pass it on as an `own`, or [#drop] it. What is never dropped ends with the
/// sandbox, without running its destructor.
public final class GuestResource {
    private GuestResource() {}

    /// Drops a resource that the host owns: runs its destructor in the guest, unless the sandbox is locked or closed.
    ///
    /// @throws IllegalStateException when the host does not own it (it was borrowed, handed on, or dropped)
    public void drop() {
        throw new UnsupportedOperationException();
    }
}
