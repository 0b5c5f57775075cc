package dev.wattle.host.engine;

/// An instance of a core module. Not safe for concurrent threads: one sandbox, one thread at a time.
public interface CoreInstance extends AutoCloseable {
    /// The export of that name.
    ///
    /// @throws IllegalArgumentException when the module has no such export
    CoreExtern export(String name);

    /// Gives memories back to the engine's pool. The instance and its externs must not be used afterwards.
    /// Idempotent.
    @Override
    void close();
}
