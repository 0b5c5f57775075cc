package dev.wattle.host.component.abi;

import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.Trap;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// A stack that can be left in the middle of a call, and come back to: a thread of Java, of which at most
/// one of a sandbox runs while the others wait for their turn. Whoever resumes it waits until it blocks or
/// ends.
///
/// Only functions that are declared to be async get one. They end with the sandbox.
///
/// @spec CanonicalABI.md `Continuation`
final class Fiber {
    private final Store store;
    private final GuestControl control;
    private final Semaphore toFiber = new Semaphore(0);
    private final Semaphore toOwner = new Semaphore(0);

    // Handed over with the semaphores.
    private @Nullable Runnable work;
    private @Nullable Throwable failure;
    private Turn turn = Turn.ENDED;
    private boolean closed;

    /// How a turn of a fiber has ended.
    ///
    /// @param next who is to run now
    record Turn(boolean ended, @Nullable TaskThread next) {
        static final Turn ENDED = new Turn(true, null);
        static final Turn BLOCKED = new Turn(false, null);
    }

    private Fiber(Store store) {
        this.store = store;
        this.control = store.control;
    }

    /// Of the same kind of thread as the caller's.
    static Fiber start(Store store, int number) {
        Fiber fiber = new Fiber(store);
        Thread.Builder builder = Thread.currentThread().isVirtual()
                ? Thread.ofVirtual()
                : Thread.ofPlatform().daemon();
        Thread _ = builder.name("wattle-task-" + number).start(fiber::live);
        return fiber;
    }

    /// What it does when it is resumed next.
    void begin(Runnable next) {
        work = next;
    }

    private void live() {
        toFiber.acquireUninterruptibly(); // ends with the sandbox
        while (!closed) {
            try {
                control.enter();
                Objects.requireNonNull(work, "work").run();
            } catch (Throwable e) {
                failure = e;
            }
            if (closed) {
                break;
            }
            work = null;
            turn = Turn.ENDED;
            control.exit();
            toOwner.release();
            toFiber.acquireUninterruptibly();
        }
        toOwner.release();
    }

    /// The calling thread waits while the fiber runs.
    Turn resume() {
        control.exit();
        toFiber.release();
        toOwner.acquireUninterruptibly(); // a stopped guest gives it back, too
        Throwable thrown = failure;
        Turn result = turn;
        if (result.ended()) {
            store.reuse(this);
        }
        if (thrown != null) {
            failure = null;
            throw failed(thrown);
        }
        control.enter();
        return result;
    }

    private RuntimeException failed(Throwable thrown) {
        try {
            control.enter();
        } catch (Trap stopped) {
            thrown.addSuppressed(stopped);
        }
        return Unchecked.rethrow(thrown);
    }

    /// The fiber itself gives way, until it is resumed.
    void block(@Nullable TaskThread next) {
        turn = next == null ? Turn.BLOCKED : new Turn(false, next);
        control.exit();
        toOwner.release();
        toFiber.acquireUninterruptibly();
        if (closed) {
            throw new Trap(Trap.Kind.INSTANCE_LOCKED, "the sandbox was closed");
        }
        control.enter();
    }

    /// Ends it; what it was in the middle of is unwound.
    void close() {
        closed = true;
        toFiber.release();
        toOwner.acquireUninterruptibly();
    }
}
