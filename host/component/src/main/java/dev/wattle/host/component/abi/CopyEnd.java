package dev.wattle.host.component.abi;

import dev.wattle.host.engine.Trap;

/// An entry of the handle table: an end of a stream or future.
///
/// @spec CanonicalABI.md `CopyEnd`
final class CopyEnd extends Waitable {
    private static final int HEAP_BYTES = 160;

    /// Which end of what.
    enum Kind {
        READABLE_STREAM("stream", "read from", "writable", Event.Code.STREAM_READ),
        WRITABLE_STREAM("stream", "write to", "readable", Event.Code.STREAM_WRITE),
        READABLE_FUTURE("future", "read from", "writable", Event.Code.FUTURE_READ),
        WRITABLE_FUTURE("future", "write to", "readable", Event.Code.FUTURE_WRITE);

        private final String what;
        private final String verb;
        private final String other;
        private final Event.Code code;

        Kind(String what, String verb, String other, Event.Code code) {
            this.what = what;
            this.verb = verb;
            this.other = other;
            this.code = code;
        }

        boolean future() {
            return code == Event.Code.FUTURE_READ || code == Event.Code.FUTURE_WRITE;
        }

        boolean writable() {
            return code == Event.Code.STREAM_WRITE || code == Event.Code.FUTURE_WRITE;
        }

        Event.Code code() {
            return code;
        }
    }

    private enum State {
        IDLE,
        COPYING,
        CANCELLING_COPY,
        DONE
    }

    private final Kind kind;
    private final Shared shared;
    private State state = State.IDLE;

    CopyEnd(Kind kind, Shared shared) {
        this.kind = kind;
        this.shared = shared;
    }

    Kind kindOfEnd() {
        return kind;
    }

    Shared shared() {
        return shared;
    }

    boolean copying() {
        return state == State.COPYING || state == State.CANCELLING_COPY;
    }

    /// Traps when nothing can be read or written here, now or ever.
    void requireIdle() {
        if (copying()) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "cannot have concurrent operations active on a " + kind.what);
        }
        if (state == State.DONE) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "cannot " + kind.verb + " " + kind.what + after());
        }
    }

    private String after() {
        return switch (kind) {
            case READABLE_STREAM, WRITABLE_STREAM -> " after being notified that the " + kind.other + " end dropped";
            case READABLE_FUTURE -> " after previous read succeeded";
            case WRITABLE_FUTURE -> " after previous write succeeded or readable end dropped";
        };
    }

    /// Traps when the end cannot be given away.
    void requireLiftable() {
        if (copying()) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "cannot remove busy " + kind.what);
        }
        if (state == State.DONE) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "cannot lift " + kind.what + after());
        }
        if (inWaitableSet()) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "cannot lift " + kind.what + " while it's in a waitable set");
        }
    }

    void copy(Copy copy) {
        state = State.COPYING;
        if (kind.writable()) {
            shared.write(copy);
        } else {
            shared.read(copy);
        }
    }

    /// Traps when nothing is under way that can be cancelled.
    void requireCancellable() {
        if (state != State.COPYING || hasSyncWaiter()) {
            throw new Trap(
                    Trap.Kind.CANONICAL_ABI,
                    "cannot cancel: nothing is being " + (kind.writable() ? "written to" : "read from") + " this "
                            + kind.what);
        }
    }

    void cancelCopy() {
        state = State.CANCELLING_COPY;
        if (!hasPendingEvent() || shared.isPending(this)) {
            shared.cancel();
        }
    }

    /// The guest is being told what came of its read or write.
    void finish(boolean last) {
        state = last ? State.DONE : State.IDLE;
    }

    @Override
    void drop() {
        if (kind == Kind.WRITABLE_FUTURE && state != State.DONE && !copying()) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "cannot drop future write end without first writing a value");
        }
        if (copying()) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "cannot drop busy " + kind.what);
        }
        shared.drop();
        super.drop();
    }

    @Override
    public String kind() {
        return "a " + (kind.writable() ? "writable" : "readable") + " end of a " + kind.what;
    }

    @Override
    public int heapBytes() {
        return HEAP_BYTES;
    }
}
