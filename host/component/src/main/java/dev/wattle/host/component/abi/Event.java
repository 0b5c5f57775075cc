package dev.wattle.host.component.abi;

/// What a guest is told that waits.
///
/// @param index of the waitable that it is about
/// @param payload what that means depends on the code
/// @spec CanonicalABI.md `EventTuple`
record Event(Code code, int index, int payload) {
    /// @spec CanonicalABI.md `EventCode`
    enum Code {
        NONE(0),
        SUBTASK(1),
        STREAM_READ(2),
        STREAM_WRITE(3),
        FUTURE_READ(4),
        FUTURE_WRITE(5),
        TASK_CANCELLED(6);

        private final int number;

        Code(int number) {
            this.number = number;
        }

        /// What guests see.
        int number() {
            return number;
        }
    }

    static final Event NONE = new Event(Code.NONE, 0, 0);

    static final Event CANCELLED = new Event(Code.TASK_CANCELLED, 0, 0);
}
