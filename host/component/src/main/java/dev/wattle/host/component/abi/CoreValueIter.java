package dev.wattle.host.component.abi;

import dev.wattle.host.engine.CoreType;

/// Walks over flat core values, each held as its bits in a long.
///
/// A variant's payload is read as another core type than the one that it was joined to. Held as bits, that
/// takes no more than cutting off what is too long: so this does what the specification's coercing iterator
/// does, too.
///
/// @spec CanonicalABI.md `CoreValueIter`
final class CoreValueIter {
    private static final long LOW_32_BITS = 0xFFFF_FFFFL;

    private final long[] values;
    private int index;

    CoreValueIter(long... values) {
        this.values = values;
    }

    /// The bits of the next value, zero-extended.
    long next(CoreType.Value want) {
        long bits = values[index++];
        return want == CoreType.Value.I32 || want == CoreType.Value.F32 ? bits & LOW_32_BITS : bits;
    }

    /// The next value, an address or a length.
    long nextPointer() {
        return next(CoreType.Value.I32);
    }

    int position() {
        return index;
    }

    /// Passes over values that pad a variant.
    void skipTo(int position) {
        index = position;
    }
}
