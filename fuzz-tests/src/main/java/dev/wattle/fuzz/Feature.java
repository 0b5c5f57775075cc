package dev.wattle.fuzz;

/// What a module can need beyond the first version of the specification with multiple values and bulk memory.
enum Feature {
    SIGN_EXTENSION,
    SATURATING,
    REFERENCES,
    /// Blocks that take values: part of multiple values, and where Endive's interpreter goes wrong.
    BLOCK_PARAMETERS,
    TAIL_CALLS,
    EXCEPTIONS,
    EXCEPTION_REFERENCES,
    SIMD,
    MULTI_MEMORY,
    EXTENDED_CONSTANTS,
    TYPED_REFERENCES,
    RELAXED_SIMD
}
