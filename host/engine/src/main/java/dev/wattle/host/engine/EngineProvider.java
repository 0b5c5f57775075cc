package dev.wattle.host.engine;

/// Makes engines of one kind; found by the JDK's `ServiceLoader`, so that nothing names an engine's classes.
public interface EngineProvider {
    /// What people call it: `jvm` or `endive`.
    String name();

    /// A new engine with its defaults.
    Engine create();
}
