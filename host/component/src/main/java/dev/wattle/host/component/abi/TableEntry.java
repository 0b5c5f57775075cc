package dev.wattle.host.component.abi;

/// What an index of a [HandleTable] stands for.
sealed interface TableEntry permits ResourceHandle, Waitable, WaitableSet, ErrorContext, TaskThread {
    /// For messages: what it is, in a few words.
    String kind();

    /// The host's heap that it takes beside what any handle takes.
    int heapBytes();
}
