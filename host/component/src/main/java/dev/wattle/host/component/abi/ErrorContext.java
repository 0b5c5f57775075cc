package dev.wattle.host.component.abi;

import dev.wattle.wit.WitValue;

/// An entry of the handle table: what may help to find out why something failed.
///
/// @spec CanonicalABI.md `ErrorContext`
record ErrorContext(WitValue.ErrorContextValue value) implements TableEntry {
    private static final int OBJECT_BYTES = 64;

    @Override
    public String kind() {
        return "an error-context";
    }

    @Override
    public int heapBytes() {
        return OBJECT_BYTES + 2 * value.debugMessage().length();
    }
}
