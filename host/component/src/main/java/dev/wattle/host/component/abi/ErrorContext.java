package dev.wattle.host.component.abi;

import dev.wattle.wit.WitValue;

/// An entry of the handle table: what may help to find out why something failed.
///
/// @spec CanonicalABI.md `ErrorContext`
record ErrorContext(WitValue.ErrorContextValue value) implements TableEntry {
    @Override
    public String kind() {
        return "an error-context";
    }
}
