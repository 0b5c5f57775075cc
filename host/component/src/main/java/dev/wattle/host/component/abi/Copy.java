package dev.wattle.host.component.abi;

/// One read or write of a stream or future that is under way.
///
/// @param index of the end in its instance's handle table
/// @param code of the event that tells about it
/// @spec CanonicalABI.md `stream_copy`, `future_copy`
record Copy(CopyEnd end, InstanceState instance, CopyBuffer buffer, int index, Event.Code code) {
    /// How many bits of a stream event's payload the result has; the progress is above.
    private static final int RESULT_BITS = 4;

    /// @spec CanonicalABI.md `CopyResult`
    enum Result {
        COMPLETED(0),
        DROPPED(1),
        CANCELLED(2);

        private final int number;

        Result(int number) {
            this.number = number;
        }
    }

    /// Some values of a stream were moved. More may follow until the guest is told.
    void progressed(Runnable reclaimBuffer) {
        end.setPendingEvent(() -> {
            reclaimBuffer.run();
            return event(Result.COMPLETED);
        });
    }

    /// Nothing will happen any more.
    void done(Result result) {
        end.setPendingEvent(() -> event(result));
    }

    private Event event(Result result) {
        assert end.copying();
        boolean last = result == Result.DROPPED
                || (result == Result.COMPLETED && end.kindOfEnd().future());
        end.finish(last);
        int payload = end.kindOfEnd().future() ? result.number : result.number | (buffer.progress() << RESULT_BITS);
        return new Event(code, index, payload);
    }
}
