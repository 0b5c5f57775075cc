package dev.wattle.host.engine;

import org.jspecify.annotations.Nullable;

/// Stops the guest code of one sandbox, and nothing else: knows whether its thread is in guest code, in host code,
/// or in a
/// host call that blocks, and interrupts only in the first and the last.
///
/// One thread runs the sandbox ([#enter]/[#exit] in pairs, nested [#host] for calls out); any thread may [#stop] it.
/// A stopped sandbox stays stopped: the next poll, entry or blocking wait throws the [Trap].
public final class GuestControl {
    private enum Where {
        OUTSIDE,
        GUEST,
        HOST,
        BLOCKED
    }

    private final Object lock = new Object();
    private Where where = Where.OUTSIDE; // guarded by lock
    private @Nullable Thread thread; // guarded by lock
    private @Nullable String stopped; // guarded by lock
    private boolean interrupted; // guarded by lock

    /// Work in host code on behalf of the guest.
    @FunctionalInterface
    public interface Work<T extends @Nullable Object, X extends Exception> {
        T run() throws X, InterruptedException;
    }

    /// The calling thread goes from outside into guest code.
    public void enter() {
        switchTo(Where.OUTSIDE, Where.GUEST);
    }

    /// The calling thread leaves guest code for good. Clears an interrupt that [#stop] had set.
    public void exit() {
        synchronized (lock) {
            where = Where.OUTSIDE;
            thread = null;
            clearInterrupt();
        }
    }

    /// Is the calling thread in guest code (and so would a call into a guest be nested)?
    public boolean entered() {
        synchronized (lock) {
            return where != Where.OUTSIDE;
        }
    }

    /// Guest code calls the host: from here to [#resume] the thread is not interrupted.
    public void host() {
        synchronized (lock) {
            where = Where.HOST;
            clearInterrupt();
        }
    }

    /// The host goes back (or for a call, on) into guest code.
    ///
    /// @throws Trap when the sandbox was stopped meanwhile
    public void resume() {
        switchTo(Where.HOST, Where.GUEST);
    }

    /// Runs host work that blocks, and that an interrupt ends. Must not be used around a shared interruptible
    /// channel.
    ///
    /// @throws Trap when the sandbox was stopped before or meanwhile
    public <T extends @Nullable Object, X extends Exception> T blocking(Work<T, X> work) throws X {
        switchTo(Where.HOST, Where.BLOCKED);
        try {
            return work.run();
        } catch (InterruptedException e) {
            throw interruption(e);
        } finally {
            host();
        }
    }

    /// Stops the sandbox, from any thread. The first reason counts. Idempotent.
    public void stop(String reason) {
        synchronized (lock) {
            if (stopped == null) {
                stopped = reason;
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

    /// The trap for a thread that found itself interrupted.
    public Trap interruption(@Nullable Throwable cause) {
        synchronized (lock) {
            boolean ours = interrupted;
            clearInterrupt();
            if (!ours && stopped == null) {
                Thread.currentThread().interrupt();
                return new Trap(Trap.Kind.INTERRUPTED, "the host is stopping this thread", cause);
            }
            return new Trap(Trap.Kind.INTERRUPTED, stopped == null ? "interrupted" : stopped, cause);
        }
    }

    private void switchTo(Where from, Where to) {
        synchronized (lock) {
            if (stopped != null) {
                throw new Trap(Trap.Kind.INTERRUPTED, stopped);
            }
            assert where == from : "in " + where + ", not " + from;
            where = to;
            thread = Thread.currentThread();
        }
    }

    private void clearInterrupt() { // guarded by lock
        if (interrupted) {
            interrupted = false;
            boolean _ = Thread.interrupted();
        }
    }
}
