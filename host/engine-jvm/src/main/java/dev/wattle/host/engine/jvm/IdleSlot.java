package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.jvm.runtime.Memory.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// A place for one array of one length, taken and kept without a lock: all that a module needs whose instances come
/// one after the other. It holds its part of the pool while the array is in use, too, so that nothing has to be
/// counted then. Safe for any thread.
@SuppressWarnings("ReferenceEquality") // bytes are compared by identity
final class IdleSlot {
    private static final VarHandle CONTENT = contentHandle();

    /// In a slot that nobody uses any more.
    private static final Bytes CLOSED = new Bytes(new byte[0], null);

    final int length;
    private volatile @Nullable Bytes content;

    /// Whether somebody took the array since the last sweep. Written by any thread, and a hint only.
    private boolean needed = true;

    IdleSlot(Bytes first) {
        this.length = first.bytes().length;
        this.content = first;
    }

    private static VarHandle contentHandle() {
        try {
            return MethodHandles.lookup().findVarHandle(IdleSlot.class, "content", Bytes.class);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("content", e);
        }
    }

    /// Null when the array is in use.
    @Nullable
    Bytes take() {
        Bytes known = content;
        if (known == null || known == CLOSED || !CONTENT.compareAndSet(this, known, null)) {
            return null;
        }
        if (!needed) {
            needed = true;
        }
        return known;
    }

    /// Keeps a pristine array of its length, when there is none.
    boolean keep(Bytes pristine) {
        return content == null && CONTENT.compareAndSet(this, (Bytes) null, pristine);
    }

    boolean isFull() {
        Bytes known = content;
        return known != null && known != CLOSED;
    }

    /// Whether it was of use since it was last asked.
    boolean wasNeeded() {
        boolean was = needed;
        needed = false;
        return was;
    }

    /// What it kept, and null from then on.
    @Nullable
    Bytes close() {
        Bytes last = (Bytes) CONTENT.getAndSet(this, CLOSED);
        return last == CLOSED ? null : last;
    }
}
