package dev.wattle.host.engine.jvm.runtime;

import org.jspecify.annotations.Nullable;

/// A function as a value: in tables, in imports, given to the host. Equal to itself only.
///
/// Below it stands one generated abstract class for each function type (`signature class`), with
/// `abstract R call(parameters…)`; below that a class for each function of a module, and one for host functions.
public abstract class FunctionReference {
    /// Whose code it is; null for a function of the host.
    public final @Nullable Instance owner;

    protected FunctionReference(@Nullable Instance owner) {
        this.owner = owner;
    }

    /// The same function, of another instance: called on the one prototype that each function of a module has.
    public abstract FunctionReference bind(Instance instance);

    /// Makes the call that is pending: takes the arguments from the scratch area, and returns the first result
    /// there too, word or reference 0. May leave another call pending.
    public abstract void resume(Scratch scratch);
}
