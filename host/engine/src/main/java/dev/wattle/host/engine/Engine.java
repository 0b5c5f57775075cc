package dev.wattle.host.engine;

/// A core-Wasm engine: what the Component Model needs of one, and nothing that is shaped like one engine.
/// Safe for any thread.
public interface Engine {
    /// For messages and metrics, such as `endive`.
    String name();

    /// Does the code of its guests look at [GuestControl#signal], so that they can be stopped without an interrupt,
    /// and take turns? Only guests of such an engine share [CpuPermits], and only they belong on virtual threads.
    boolean polls();

    /// Decodes, validates and compiles a core module. Does not keep the array.
    ///
    /// @throws ModuleException when the binary is malformed, invalid, or needs a feature that the engine lacks
    CoreModule compile(byte[] binary);
}
