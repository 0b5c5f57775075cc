package dev.wattle.host.component.abi;

import static dev.wattle.host.component.abi.CoreFunctions.I32_TO_I32;
import static dev.wattle.host.component.abi.CoreFunctions.I32_TO_NOTHING;
import static dev.wattle.host.component.abi.CoreFunctions.NOTHING_TO_I64;
import static dev.wattle.host.component.abi.CoreFunctions.THREE_I32_TO_I32;
import static dev.wattle.host.component.abi.CoreFunctions.TWO_I32_TO_I32;

import dev.wattle.host.component.abi.CopyEnd.Kind;
import dev.wattle.host.engine.CoreExtern;
import dev.wattle.wit.WitType;
import java.util.Optional;

/// The core functions that guests read and write streams and futures with, of one type in one instance.
///
/// @spec CanonicalABI.md `canon stream.*`, `canon future.*`
public final class CopyFunctions {
    private static final int BLOCKED = -1;

    private final InstanceState instance;
    private final boolean future;
    private final Optional<WitType> element;

    private CopyFunctions(InstanceState instance, boolean future, Optional<WitType> element) {
        this.instance = instance;
        this.future = future;
        this.element = element;
    }

    /// @param element with the resource types of this instance
    public static CopyFunctions ofStream(InstanceState instance, Optional<WitType> element) {
        return new CopyFunctions(instance, false, element);
    }

    /// @param element with the resource types of this instance
    public static CopyFunctions ofFuture(InstanceState instance, Optional<WitType> element) {
        return new CopyFunctions(instance, true, element);
    }

    /// `() -> (i64)`: the readable end in the lower half, the writable one in the upper.
    public CoreExtern.Function create() {
        return CoreFunctions.of(instance, NOTHING_TO_I64, _ -> {
            instance.requireMayLeave();
            Shared shared = future ? new Shared.OfFuture(element) : new Shared.OfStream(element);
            long readable = instance.handles().add(new CopyEnd(readableKind(), shared));
            long writable = instance.handles().add(new CopyEnd(writableKind(), shared));
            return readable | (writable << Integer.SIZE);
        });
    }

    /// `(end, pointer, count) -> (result)`; for a future without the count.
    public CoreExtern.Function read(CanonicalOptions options) {
        return copy(readableKind(), options);
    }

    /// `(end, pointer, count) -> (result)`; for a future without the count.
    public CoreExtern.Function write(CanonicalOptions options) {
        return copy(writableKind(), options);
    }

    /// `(end) -> (result)`
    ///
    /// @param async answer that it is blocked, instead of waiting
    public CoreExtern.Function cancelRead(boolean async) {
        return CoreFunctions.of(instance, I32_TO_I32, values -> cancel(readableKind(), async, (int) values[0]));
    }

    /// `(end) -> (result)`
    ///
    /// @param async answer that it is blocked, instead of waiting
    public CoreExtern.Function cancelWrite(boolean async) {
        return CoreFunctions.of(instance, I32_TO_I32, values -> cancel(writableKind(), async, (int) values[0]));
    }

    /// `(end) -> ()`
    public CoreExtern.Function dropReadable() {
        return drop(readableKind());
    }

    /// `(end) -> ()`
    public CoreExtern.Function dropWritable() {
        return drop(writableKind());
    }

    private Kind readableKind() {
        return future ? Kind.READABLE_FUTURE : Kind.READABLE_STREAM;
    }

    private Kind writableKind() {
        return future ? Kind.WRITABLE_FUTURE : Kind.WRITABLE_STREAM;
    }

    private CoreExtern.Function copy(Kind kind, CanonicalOptions options) {
        return future
                ? CoreFunctions.of(
                        instance, TWO_I32_TO_I32, values -> copy(kind, options, (int) values[0], values[1], 1))
                : CoreFunctions.of(
                        instance,
                        THREE_I32_TO_I32,
                        values -> copy(kind, options, (int) values[0], values[1], values[2]));
    }

    /// @spec CanonicalABI.md `stream_copy`, `future_copy`
    private long copy(Kind kind, CanonicalOptions options, int index, long pointer, long count) {
        CopyEnd end = end(kind, index);
        end.requireIdle();
        if (!options.async()) {
            end.requireInNoSet();
        }
        // No borrow is ever an element: there is nobody for it to last for.
        LiftLowerContext cx = new LiftLowerContext(options, instance, new Task());
        CopyBuffer buffer = new CopyBuffer(element, cx, pointer, count);
        long mark = instance.markValues();
        end.copy(new Copy(end, instance, buffer, index, kind.code()));
        instance.releaseValues(mark);
        return outcome(end, options.async());
    }

    private long outcome(CopyEnd end, boolean async) {
        if (!end.hasPendingEvent()) {
            if (async) {
                return BLOCKED;
            }
            end.waitForPendingEvent(instance.currentThread());
        }
        return end.takePendingEvent().payload();
    }

    /// @spec CanonicalABI.md `cancel_copy`
    private long cancel(Kind kind, boolean async, int index) {
        CopyEnd end = end(kind, index);
        end.requireCancellable();
        if (!async) {
            end.requireInNoSet();
        }
        end.cancelCopy();
        return outcome(end, async);
    }

    private CoreExtern.Function drop(Kind kind) {
        return CoreFunctions.of(instance, I32_TO_NOTHING, values -> {
            int index = (int) values[0];
            CopyEnd end = end(kind, index);
            instance.handles().remove(index);
            end.drop();
            return 0;
        });
    }

    private CopyEnd end(Kind kind, int index) {
        instance.requireMayLeave();
        return Handles.copyEnd(instance, index, kind, element);
    }
}
