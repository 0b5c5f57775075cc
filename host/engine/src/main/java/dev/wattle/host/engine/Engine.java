package dev.wattle.host.engine;

/// A core-Wasm engine: what the Component Model needs of one, and nothing that is shaped like one engine.
/// Safe for any thread.
public interface Engine {
    /// For messages and metrics, such as `endive`.
    String name();

    /// Decodes, validates and compiles a core module. Does not keep the array.
    ///
    /// @throws ModuleException when the binary is malformed, invalid, or needs a feature that the engine lacks
    CoreModule compile(byte[] binary);
}
