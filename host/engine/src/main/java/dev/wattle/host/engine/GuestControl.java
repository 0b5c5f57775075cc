package dev.wattle.host.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// Stops the guest code of one sandbox, and nothing else: knows whether its thread is in guest code, in host
/// code, or in a host call that blocks, and interrupts only in the first and the last.
///
/// An engine does not call the transitions; whoever calls a guest's function or is called by one does, around
/// lifting and lowering: [#enter] before the root call into the guest and [#exit] after it, in `finally`;
/// [#host] when a guest calls out, [#resume] before it gets its answer. A host function that calls a guest of
/// the same sandbox does not enter again: it resumes, calls, and goes back to [#host], in `finally`. So there
/// are two states to a thread within a sandbox, however deep its calls are nested.
///
/// One thread runs the sandbox; any thread may [#stop] it, at any moment. A stopped sandbox stays stopped: the
/// next poll, entry, return from the host or blocking wait throws the [Trap]. No interrupt of ours outlives
/// [#host] or [#exit], so the thread's next work does not meet it. Someone else's interrupt of the thread is
/// left set, unless it falls together with ours: then it is one flag.
public final class GuestControl {
    private enum Where {
        OUTSIDE,
        GUEST,
        HOST,
        BLOCKED
    }

    private static final VarHandle SIGNAL = signalHandle();

    /// What generated code looks at, in loops and where functions begin, by a plain read: not zero means that it
    /// must call [#poll] soon. Written by any thread, and by [#poll] itself; by nobody else.
    public int signal;

    private final Object lock = new Object();
    private Where where = Where.OUTSIDE; // guarded by lock
    private @Nullable Thread thread; // guarded by lock
    private @Nullable String stopped; // guarded by lock
    private boolean interrupted; // guarded by lock

    private static VarHandle signalHandle() {
        try {
            return MethodHandles.lookup().findVarHandle(GuestControl.class, "signal", int.class);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    /// Work in host code on behalf of the guest.
    @FunctionalInterface
    public interface Work<T extends @Nullable Object, X extends Exception> {
        T run() throws X, InterruptedException;
    }

    /// The calling thread goes from outside into guest code.
    ///
    /// @throws Trap when the sandbox was stopped before; it stays outside then
    public void enter() {
        switchTo(Where.OUTSIDE, Where.GUEST);
    }

    /// What guest code calls, on the sandbox's thread, when it finds [#signal] not to be zero: gives others their
    /// turn and returns, or ends the guest. While the sandbox is stopped, the signal stays.
    ///
    /// @throws Trap when the sandbox was stopped
    public void poll() {
        synchronized (lock) {
            if (stopped != null) {
                throw new Trap(Trap.Kind.INTERRUPTED, stopped);
            }
            SIGNAL.setVolatile(this, 0);
        }
        Thread.yield();
    }

    /// The calling thread leaves the sandbox, from whichever state. Clears an interrupt that [#stop] had set.
    /// Idempotent.
    public void exit() {
        leave(Where.OUTSIDE);
    }

    /// Is a thread inside (and so would a call into a guest be nested)?
    public boolean entered() {
        synchronized (lock) {
            return where != Where.OUTSIDE;
        }
    }

    /// Guest code calls the host, or a nested call into a guest is over: from here to [#resume] the thread is
    /// not interrupted.
    public void host() {
        synchronized (lock) {
            if (where == Where.OUTSIDE) {
                throw new IllegalStateException("the sandbox was not entered");
            }
            leave(Where.HOST);
        }
    }

    /// The host goes back (or for a call, on) into guest code.
    ///
    /// @throws Trap when the sandbox was stopped meanwhile
    public void resume() {
        switchTo(Where.HOST, Where.GUEST);
    }

    /// Runs host work that blocks, and that an interrupt ends, within a host call. Must not be used around a
    /// shared interruptible channel. When the sandbox is stopped and the work fails for it, in whatever words,
    /// the trap is thrown instead; work that ends well all the same returns, and [#resume] throws.
    ///
    /// @throws Trap when the sandbox was stopped before or meanwhile
    public <T extends @Nullable Object, X extends Exception> T blocking(Work<T, X> work) throws X {
        switchTo(Where.HOST, Where.BLOCKED);
        try {
            return work.run();
        } catch (InterruptedException e) {
            throw interruption(e);
        } catch (Exception e) {
            if (isInterrupting()) {
                throw interruption(e);
            }
            throw e;
        } finally {
            host();
        }
    }

    /// Stops the sandbox, from any thread. The first reason counts. Idempotent.
    public void stop(String reason) {
        synchronized (lock) {
            if (stopped == null) {
                stopped = reason;
                SIGNAL.setVolatile(this, 1);
            }
            if ((where == Where.GUEST || where == Where.BLOCKED) && thread != null && !interrupted) {
                interrupted = true;
                thread.interrupt();
            }
        }
    }

    /// Why it was stopped; null while it was not.
    public @Nullable String stopped() {
        synchronized (lock) {
            return stopped;
        }
    }

    /// The trap for a thread of this sandbox that found itself interrupted. An interrupt that is not ours is
    /// set again, for whoever runs the thread.
    public Trap interruption(@Nullable Throwable cause) {
        synchronized (lock) {
            boolean ours = interrupted;
            clearInterrupt();
            if (!ours) {
                Thread.currentThread().interrupt();
            }
            String reason = stopped == null ? "the host is stopping this thread" : stopped;
            return new Trap(Trap.Kind.INTERRUPTED, reason, cause);
        }
    }

    private boolean isInterrupting() {
        synchronized (lock) {
            return interrupted;
        }
    }

    private void switchTo(Where from, Where to) {
        synchronized (lock) {
            if (stopped != null) {
                throw new Trap(Trap.Kind.INTERRUPTED, stopped);
            }
            if (where != from) {
                throw new IllegalStateException("cannot go to " + to + ": in " + where + ", not " + from);
            }
            checkThread();
            where = to;
            thread = Thread.currentThread();
        }
    }

    private void leave(Where to) {
        synchronized (lock) {
            checkThread();
            clearInterrupt();
            where = to;
            if (to == Where.OUTSIDE) {
                thread = null;
            }
        }
    }

    private void checkThread() { // guarded by lock
        if (thread != null && !thread.equals(Thread.currentThread())) {
            throw new IllegalStateException("the sandbox is run by " + thread + ", not by this thread");
        }
    }

    private void clearInterrupt() { // guarded by lock
        if (interrupted) {
            interrupted = false;
            boolean _ = Thread.interrupted();
        }
    }
}
