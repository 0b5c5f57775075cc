package dev.wattle.host.component.abi;

/// What a guest is told that waits.
///
/// @param index of the waitable that it is about
/// @param payload what that means depends on the code
/// @spec CanonicalABI.md `EventTuple`
record Event(Code code, int index, int payload) {
    /// @spec CanonicalABI.md `EventCode`
    enum Code {
        NONE,
        SUBTASK,
        STREAM_READ,
        STREAM_WRITE,
        FUTURE_READ,
        FUTURE_WRITE,
        TASK_CANCELLED
    }

    static final Event NONE = new Event(Code.NONE, 0, 0);

    static final Event CANCELLED = new Event(Code.TASK_CANCELLED, 0, 0);
}
