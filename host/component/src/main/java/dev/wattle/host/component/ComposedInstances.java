package dev.wattle.host.component;

/// A composition, alive in one sandbox. One thread at a time; closed with the sandbox.
public final class ComposedInstances {
    private final Residents residents;

    ComposedInstances(Residents residents) {
        this.residents = residents;
    }

    /// The instance of a component, made when it is not there yet. Its functions may be called while others of
    /// it are on the stack only by way of this method: another instance is returned then.
    ///
    /// @throws IllegalArgumentException when there is no such component
    /// @throws dev.wattle.host.engine.Trap when a start function traps or a limit is hit; the sandbox is locked
    public ComponentInstance instance(String member) {
        return new ResidentInstance(residents, residents.idle(member));
    }
}
