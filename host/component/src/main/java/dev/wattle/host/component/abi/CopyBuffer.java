package dev.wattle.host.component.abi;

import dev.wattle.host.engine.Trap;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitValue;
import java.util.Optional;

/// The part of a guest's memory that the values of one read or write of a stream or future go to or come from.
///
/// @spec CanonicalABI.md `BufferGuestImpl`
final class CopyBuffer {
    /// The progress goes into the upper bits of an event's payload: `Buffer.MAX_LENGTH`.
    private static final long MAX_LENGTH = (1L << 28) - 1;

    private final LiftLowerContext cx;
    private final Optional<WitType> type;
    private final int length;
    private long pointer;
    private int progress;

    CopyBuffer(Optional<WitType> type, LiftLowerContext cx, long pointer, long length) {
        if (length > MAX_LENGTH) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "stream read/write count too large");
        }
        if (type.isPresent() && length > 0) {
            LiftLowerContext.requireAligned(pointer, Layout.alignment(type.get()));
            cx.requireInBounds(pointer, length * Layout.elemSize(type.get()));
        }
        this.type = type;
        this.cx = cx;
        this.pointer = pointer;
        this.length = (int) length;
    }

    int remain() {
        return length - progress;
    }

    boolean isZeroLength() {
        return length == 0;
    }

    int progress() {
        return progress;
    }

    /// Moves the next `count` values from here to there.
    void copyTo(CopyBuffer destination, int count) {
        if (type.isPresent()) {
            WitType element = type.get();
            WitValue list = Loading.loadListFromValidRange(cx, pointer, count, element);
            destination.cx.lowerFrom(cx.ownStrings());
            Storing.storeListIntoValidRange(destination.cx, list, element, destination.pointer);
        }
        advance(count);
        destination.advance(count);
    }

    private void advance(int count) {
        pointer += count * type.map(Layout::elemSize).orElse(0L);
        progress += count;
    }
}
