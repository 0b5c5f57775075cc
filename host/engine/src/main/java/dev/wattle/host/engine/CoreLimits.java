package dev.wattle.host.engine;

/// What an instance may use.
///
/// @param memoryBytes of one linear memory: a minimum above it refuses the instance, `memory.grow` beyond it
/// answers -1
/// @param tableElements of one table, likewise
public record CoreLimits(long memoryBytes, int tableElements) {
    /// wasmCloud's default for a component.
    public static final long DEFAULT_MEMORY_BYTES = 256L << 20;

    /// Far above what compilers emit; a table costs the host 8 bytes an element.
    public static final int DEFAULT_TABLE_ELEMENTS = 1 << 20;

    public static final CoreLimits DEFAULTS = new CoreLimits(DEFAULT_MEMORY_BYTES, DEFAULT_TABLE_ELEMENTS);
}
