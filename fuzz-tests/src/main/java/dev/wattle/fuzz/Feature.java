package dev.wattle.fuzz;

/// What a module can need beyond the first version of the specification with multiple values and bulk memory.
enum Feature {
    SIGN_EXTENSION,
    SATURATING,
    REFERENCES,
    TAIL_CALLS,
    EXCEPTIONS,
    EXCEPTION_REFERENCES,
    SIMD,
    MULTI_MEMORY,
    EXTENDED_CONSTANTS
}
