package dev.wattle.host.component.abi;

import dev.wattle.host.engine.Trap;
import dev.wattle.wit.WitType;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the two ends of a stream or future have in common: a read that waits for a write, or the other way
/// round.
///
/// @spec CanonicalABI.md `SharedStreamImpl`, `SharedFutureImpl`
abstract sealed class Shared {
    private final Optional<WitType> type;
    private boolean dropped;
    private @Nullable Copy pending;

    private Shared(Optional<WitType> type) {
        this.type = type;
    }

    /// Of its elements.
    Optional<WitType> type() {
        return type;
    }

    /// Does a read or write of this end wait for the other end, even if a part of it is done?
    boolean isPending(CopyEnd end) {
        return pending != null && pending.end() == end;
    }

    void cancel() {
        notifyPending(Copy.Result.CANCELLED);
    }

    void drop() {
        if (!dropped) {
            dropped = true;
            if (pending != null) {
                notifyPending(Copy.Result.DROPPED);
            }
        }
    }

    void notifyPending(Copy.Result result) {
        Copy notified = Objects.requireNonNull(pending, "pending");
        pending = null;
        notified.done(result);
    }

    void reclaim() {
        pending = null;
    }

    void read(Copy read) {
        if (dropped) {
            read.done(Copy.Result.DROPPED);
        } else if (pending == null) {
            pending = read;
        } else {
            requireDistinct(read, pending);
            readFrom(pending, read);
        }
    }

    void write(Copy write) {
        if (dropped) {
            write.done(Copy.Result.DROPPED);
        } else if (pending == null) {
            pending = write;
        } else {
            requireDistinct(write, pending);
            writeTo(pending, write);
        }
    }

    void leavePending(Copy copy) {
        pending = copy;
    }

    abstract void readFrom(Copy writer, Copy reader);

    abstract void writeTo(Copy reader, Copy writer);

    /// For now, an instance does not talk to itself but in numbers.
    private void requireDistinct(Copy one, Copy other) {
        if (one.instance() == other.instance() && !type.map(Shared::isNumber).orElse(true)) {
            String what = this instanceof OfFuture ? "future" : "stream";
            throw new Trap(Trap.Kind.CANONICAL_ABI, "cannot read from and write to intra-component " + what);
        }
    }

    private static boolean isNumber(WitType type) {
        return type instanceof WitType.Primitive primitive
                && switch (primitive) {
                    case U8, U16, U32, U64, S8, S16, S32, S64, F32, F64 -> true;
                    case BOOL, CHAR, STRING -> false;
                };
    }

    /// A stream: values move whenever both sides have room.
    static final class OfStream extends Shared {
        OfStream(Optional<WitType> type) {
            super(type);
        }

        @Override
        void readFrom(Copy writer, Copy reader) {
            if (writer.buffer().remain() > 0) {
                move(writer, reader, writer);
                reader.done(Copy.Result.COMPLETED);
            } else {
                notifyPending(Copy.Result.COMPLETED);
                leavePending(reader);
            }
        }

        @Override
        void writeTo(Copy reader, Copy writer) {
            if (reader.buffer().remain() > 0) {
                move(writer, reader, reader);
                writer.done(Copy.Result.COMPLETED);
            } else if (writer.buffer().isZeroLength() && reader.buffer().isZeroLength()) {
                writer.done(Copy.Result.COMPLETED);
            } else {
                notifyPending(Copy.Result.COMPLETED);
                leavePending(writer);
            }
        }

        private void move(Copy writer, Copy reader, Copy waiting) {
            int count = Math.min(writer.buffer().remain(), reader.buffer().remain());
            if (count > 0) {
                writer.buffer().copyTo(reader.buffer(), count);
                waiting.progressed(this::reclaim);
            }
        }
    }

    /// A future: one value.
    static final class OfFuture extends Shared {
        OfFuture(Optional<WitType> type) {
            super(type);
        }

        @Override
        void readFrom(Copy writer, Copy reader) {
            writer.buffer().copyTo(reader.buffer(), 1);
            notifyPending(Copy.Result.COMPLETED);
            reader.done(Copy.Result.COMPLETED);
        }

        @Override
        void writeTo(Copy reader, Copy writer) {
            writer.buffer().copyTo(reader.buffer(), 1);
            notifyPending(Copy.Result.COMPLETED);
            writer.done(Copy.Result.COMPLETED);
        }
    }
}
