package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.MemoryBudget;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What all modules keep of idle memories, together: bounded, given back when others need the room, and gone when
/// nobody used it for a while. What memories in use have outgrown is idle, too. Safe for any thread.
///
/// Each array that is in use or idle is reserved in the budget.
final class MemoryPool {
    /// A burst of requests comes again within it, or the memory is of more use elsewhere.
    private static final Duration SWEEP_PERIOD = Duration.ofSeconds(10);

    /// Somebody else may take what one has dropped, and keep more where one has looked.
    private static final int ROUNDS = 4;

    private final MemoryBudget budget;
    private final long maxIdleBytes;

    /// For idle arrays, and for those in use that have a place to come back to.
    private final AtomicLong keptBytes = new AtomicLong();

    private final Set<IdleMemories> registered = new LinkedHashSet<>(); // guarded by itself, below their locks
    private @Nullable Thread sweeper; // guarded by registered

    MemoryPool(MemoryBudget budget, long maxIdleBytes) {
        this.budget = budget;
        this.maxIdleBytes = maxIdleBytes;
    }

    MemoryBudget budget() {
        return budget;
    }

    /// What the idle arrays take of the budget.
    long idleBytes() {
        long idle = keptBytes.get();
        for (IdleMemories each : registered()) {
            idle -= each.emptyBytes();
        }
        return idle;
    }

    /// Makes room among the idle for that many bytes.
    boolean admits(long charge) {
        if (keptBytes.addAndGet(charge) <= maxIdleBytes) {
            return true;
        }
        keptBytes.addAndGet(-charge);
        return false;
    }

    /// An array is idle no longer, and has no place to come back to.
    void taken(long charge) {
        keptBytes.addAndGet(-charge);
    }

    /// Reserves in the budget; drops idle arrays when that makes enough room.
    ///
    /// @param growing whether a memory in use asks: new ones leave some room to those
    boolean reserve(long charge, boolean growing) {
        if (tryReserve(charge, growing)) {
            return true;
        }
        for (int round = 0; round < ROUNDS && budget.fits(charge, idleBytes()); round++) {
            for (IdleMemories idle : registered()) {
                idle.dropAll();
                if (tryReserve(charge, growing)) {
                    return true;
                }
            }
        }
        return tryReserve(charge, growing);
    }

    private boolean tryReserve(long charge, boolean growing) {
        return growing ? budget.tryReserve(charge) : budget.tryReserveNew(charge);
    }

    private IdleMemories[] registered() {
        synchronized (registered) {
            return registered.toArray(IdleMemories[]::new);
        }
    }

    /// Someone keeps idle arrays from now on. Starts the thread that looks after them when there is none; it ends
    /// when nothing is left.
    void register(IdleMemories idle) {
        synchronized (registered) {
            registered.add(idle);
            if (sweeper == null) {
                sweeper = Thread.ofVirtual().name("wattle-idle-memories").start(this::sweepUntilEmpty);
            }
        }
    }

    /// Someone keeps nothing any more.
    void unregister(IdleMemories idle) {
        synchronized (registered) {
            registered.remove(idle);
        }
    }

    private void sweepUntilEmpty() {
        boolean left = true;
        while (left) {
            try {
                Thread.sleep(SWEEP_PERIOD);
            } catch (InterruptedException notOurs) {
                Thread.currentThread().interrupt();
                return;
            }
            left = sweep();
        }
    }

    /// Drops what nobody needed since the last time.
    ///
    /// @return whether anything is left
    boolean sweep() {
        for (IdleMemories idle : registered()) {
            idle.sweep();
        }
        synchronized (registered) {
            if (registered.isEmpty()) {
                sweeper = null;
                return false;
            }
            return true;
        }
    }
}
