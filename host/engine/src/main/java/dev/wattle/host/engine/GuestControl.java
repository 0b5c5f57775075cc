package dev.wattle.host.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Stops the guest code of one sandbox, and lets it take turns with others: knows whether its thread is in guest
/// code, in host code, or in a host call that blocks.
///
/// Guest code is not interrupted; it looks at [#signal] and calls [#poll]. Only host work that blocks is ended by
/// an interrupt of the thread, and, for an engine that cannot look ([#needsInterrupt]), guest code too.
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
    private static final VarHandle SIGNAL = signalHandle();

    /// The bits of [#signal]. The first stays when it is set, the second means that a turn is over.
    private static final int STOPPED = 1;

    private static final int TURN_OVER = 2;

    /// `BLOCKED` is entered and left under the lock. So are all, once the engine needs interrupts; before that
    /// they are the business of the sandbox's own thread alone.
    private enum Where {
        OUTSIDE,
        GUEST,
        HOST,
        BLOCKED
    }

    /// What generated code looks at, in loops and where functions begin: not zero means that it must call [#poll]
    /// soon. Written by any thread, and by [#poll] itself; by nobody else.
    ///
    /// It is volatile because a compiler moves the plain read of a field out of a loop that changes nothing, and
    /// such a loop would never end. To read it costs no more than a plain field on x86.
    public volatile int signal;

    private final Object lock = new Object();
    private Where where = Where.OUTSIDE;
    private @Nullable Thread thread;
    private boolean interruptible; // engines that do not poll; written under the lock by the sandbox's thread
    private boolean interrupted; // guarded by lock
    private volatile @Nullable String stopped; // written under the lock
    private volatile @Nullable Turn turn; // written once, by the sandbox's thread
    private @Nullable Object engineState;
    private @Nullable String refusedMemory;

    /// For guests that all run at once, on platform threads; those on virtual threads share their carriers by
    /// permits of all such guests together.
    public GuestControl() {}

    /// For guests that share the processors.
    public GuestControl(CpuPermits permits) {
        turn = new Turn(permits, this);
    }

    private static VarHandle signalHandle() {
        try {
            return MethodHandles.lookup().findVarHandle(GuestControl.class, "signal", int.class);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    /// What the engine keeps for all instances of the sandbox, made when it is first asked for. For engines; on the
    /// sandbox's thread.
    ///
    /// @throws IllegalStateException when another engine has the sandbox already
    public <T> T engineState(Class<T> type, Supplier<T> make) {
        Object known = engineState;
        if (known == null) {
            T made = make.get();
            engineState = made;
            return made;
        }
        if (!type.isInstance(known)) {
            throw new IllegalStateException("a sandbox of two engines");
        }
        return type.cast(known);
    }

    /// The guest asked for memory that its own limits allow, and did not get it because all guests together have too
    /// much. For engines; on the sandbox's thread.
    public void refuseMemory(MemoryBudget budget) {
        refusedMemory = budget.exhausted().getMessage();
    }

    /// Why the guest did not get memory that it asked for; null when it did. Guests end for that, but say so in words
    /// of their own, mostly an `unreachable`. For the sandbox's thread.
    public @Nullable String refusedMemory() {
        return refusedMemory;
    }

    /// Work in host code on behalf of the guest.
    @FunctionalInterface
    public interface Work<T extends @Nullable Object, X extends Exception> {
        T run() throws X, InterruptedException;
    }

    /// An engine whose code does not poll says so, on the sandbox's thread, before it runs any: its guests are
    /// interrupted, and they keep their turn until they leave or block. Idempotent.
    public void needsInterrupt() {
        synchronized (lock) {
            interruptible = true;
            if (stopped != null && where == Where.GUEST) {
                interrupt();
            }
        }
    }

    /// The calling thread goes from outside into guest code, when it is its turn.
    ///
    /// @throws Trap when the sandbox was stopped before; it stays outside then
    public void enter() {
        requireNotStopped();
        if (where != Where.OUTSIDE) {
            throw wrongState(Where.OUTSIDE, Where.GUEST);
        }
        Thread current = Thread.currentThread();
        Turn mine = turn;
        if (mine == null && current.isVirtual() && !interruptible) {
            mine = new Turn(CpuPermits.OF_CARRIERS, this);
            turn = mine;
        }
        if (mine != null) {
            mine.take();
        }
        try {
            if (interruptible) {
                switchLocked(Where.OUTSIDE, Where.GUEST);
            } else {
                requireNotStopped();
                thread = current;
                where = Where.GUEST;
            }
        } finally {
            if (mine != null && where == Where.OUTSIDE) {
                mine.give();
            }
        }
    }

    /// The calling thread leaves the sandbox, from whichever state. Clears an interrupt that [#stop] had set.
    /// Idempotent.
    public void exit() {
        checkThread();
        if (interruptible || where == Where.BLOCKED) {
            synchronized (lock) {
                clearInterrupt();
                where = Where.OUTSIDE;
                thread = null;
            }
        } else {
            where = Where.OUTSIDE;
            thread = null;
        }
        Turn mine = turn;
        if (mine != null) {
            mine.give();
        }
    }

    /// Is a thread inside (and so would a call into a guest be nested)? For that thread to ask.
    public boolean entered() {
        return where != Where.OUTSIDE;
    }

    /// Does the current thread run the sandbox? For engines, on any thread.
    public boolean runsHere() {
        return Thread.currentThread().equals(thread);
    }

    /// Guest code calls the host, or a nested call into a guest is over: from here to [#resume] the thread is
    /// not interrupted.
    public void host() {
        if (where == Where.OUTSIDE) {
            throw new IllegalStateException("the sandbox was not entered");
        }
        checkThread();
        if (interruptible || where == Where.BLOCKED) {
            synchronized (lock) {
                clearInterrupt();
                where = Where.HOST;
            }
        } else {
            where = Where.HOST;
        }
    }

    /// The host goes back (or for a call, on) into guest code.
    ///
    /// @throws Trap when the sandbox was stopped meanwhile
    public void resume() {
        requireNotStopped();
        if (interruptible || where != Where.HOST) {
            switchLocked(Where.HOST, Where.GUEST);
        } else {
            checkThread();
            where = Where.GUEST;
        }
    }

    /// What guest code calls, on the sandbox's thread, when it finds [#signal] not to be zero: gives others their
    /// turn and returns, or ends the guest. While the sandbox is stopped, the signal stays.
    ///
    /// @throws Trap when the sandbox was stopped
    public void poll() {
        requireNotStopped();
        clearTurnOver();
        Turn mine = turn;
        if (mine != null) {
            mine.handOver();
            requireNotStopped();
        }
    }

    /// Guest code needs something of the host that takes long, cannot be stopped, and may have to wait for the
    /// collector: a large array. Guests that want little run beside it until it polls, which it has to do right
    /// after. On the sandbox's thread.
    public void lendTurn() {
        Turn mine = turn;
        if (mine != null) {
            mine.lend();
        }
    }

    /// Runs host work that blocks, and that an interrupt ends, within a host call; others have their turn
    /// meanwhile. Must not be used around a shared interruptible channel. When the sandbox is stopped and the
    /// work fails for it, in whatever words, the trap is thrown instead; work that ends well all the same
    /// returns, and [#resume] throws.
    ///
    /// @throws Trap when the sandbox was stopped before or meanwhile
    public <T extends @Nullable Object, X extends Exception> T blocking(Work<T, X> work) throws X {
        switchLocked(Where.HOST, Where.BLOCKED);
        Turn mine = turn;
        boolean gaveTurn = mine != null && mine.give();
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
            if (mine != null && gaveTurn) {
                mine.take();
            }
        }
    }

    /// Stops the sandbox, from any thread. The first reason counts. Idempotent.
    public void stop(String reason) {
        synchronized (lock) {
            if (stopped == null) {
                // In this order: whoever finds a reason finds the signal too.
                int _ = (int) SIGNAL.getAndBitwiseOr(this, STOPPED);
                stopped = reason;
            }
            if (where == Where.BLOCKED || (interruptible && where == Where.GUEST)) {
                interrupt();
            }
        }
        Turn its = turn;
        if (its != null) {
            its.wake();
        }
    }

    /// Why it was stopped; null while it was not.
    public @Nullable String stopped() {
        return stopped;
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
            String reason = stopped;
            return new Trap(Trap.Kind.INTERRUPTED, reason == null ? "the host is stopping this thread" : reason, cause);
        }
    }

    /// The guest had its turn and should [#poll]; from any thread.
    void endTurn() {
        int _ = (int) SIGNAL.getAndBitwiseOr(this, TURN_OVER);
    }

    void clearTurnOver() {
        if (signal != 0) {
            int _ = (int) SIGNAL.getAndBitwiseAnd(this, ~TURN_OVER);
        }
    }

    private boolean isInterrupting() {
        synchronized (lock) {
            return interrupted;
        }
    }

    private void requireNotStopped() {
        String reason = stopped;
        if (reason != null) {
            throw new Trap(Trap.Kind.INTERRUPTED, reason);
        }
    }

    private void switchLocked(Where from, Where to) {
        synchronized (lock) {
            requireNotStopped();
            if (where != from) {
                throw wrongState(from, to);
            }
            checkThread();
            where = to;
            thread = Thread.currentThread();
        }
    }

    private IllegalStateException wrongState(Where from, Where to) {
        return new IllegalStateException("cannot go to " + to + ": in " + where + ", not " + from);
    }

    private void checkThread() {
        Thread inside = thread;
        if (inside != null && !inside.equals(Thread.currentThread())) {
            throw new IllegalStateException("the sandbox is run by " + inside + ", not by this thread");
        }
    }

    private void interrupt() { // guarded by lock
        if (thread != null && !interrupted) {
            interrupted = true;
            thread.interrupt();
        }
    }

    private void clearInterrupt() { // guarded by lock
        if (interrupted) {
            interrupted = false;
            boolean _ = Thread.interrupted();
        }
    }
}
