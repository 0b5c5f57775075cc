package dev.wattle.host.component.abi;

/// What an index of a [HandleTable] stands for.
sealed interface TableEntry permits ResourceHandle {
    /// For messages: what it is, in a few words.
    String kind();
}
