package dev.wattle.host.engine;

import java.util.concurrent.atomic.AtomicLong;

/// How much of the host's heap all guests together may hold, whatever each of them is allowed. Safe for any
/// thread.
///
/// Whoever allocates for a guest reserves first and releases when nobody holds the bytes any more. A large
/// request leaves a part to small ones, so that a few greedy guests do not keep the others from starting.
public final class MemoryBudget {
    /// The other half is for the host itself, for compiled code's data, and for what the collector needs to
    /// work.
    private static final int HEAP_DIVISOR = 2;

    /// A request above this part of the budget is large: 8 MiB of 256. In a heap of 256 MiB what compilers give a
    /// small guest, 17 pages, is well below it, although the collector makes 2 MiB of them.
    private static final int LARGE_DIVISOR = 32;

    /// Large requests leave this part free: enough for some thirty small sandboxes beside a heap of 512 MiB.
    private static final int SMALL_ONES_DIVISOR = 4;

    /// What is new leaves this part free: what compilers give a guest grows at its first allocation, and a guest that
    /// is refused that ends in the middle of its work, while one that is not begun can be tried elsewhere.
    private static final int RUNNING_ONES_DIVISOR = 16;

    private static final int MEBIBYTE_SHIFT = 20;
    private static final MemoryBudget OF_THIS_PROCESS =
            new MemoryBudget(Runtime.getRuntime().maxMemory() / HEAP_DIVISOR);

    private final long limitBytes;
    private final AtomicLong used = new AtomicLong();

    public MemoryBudget(long limitBytes) {
        if (limitBytes < 0) {
            throw new IllegalArgumentException("a negative budget: " + limitBytes);
        }
        this.limitBytes = limitBytes;
    }

    /// Half of this JVM's heap, shared by all that do not ask for another one: there is one heap.
    public static MemoryBudget ofThisProcess() {
        return OF_THIS_PROCESS;
    }

    /// Reserves when there is room.
    ///
    /// @return whether it did
    public boolean tryReserve(long bytes) {
        return tryReserve(bytes, ceiling(bytes));
    }

    /// Reserves for what is new when there is room, beside some for what is there already and grows.
    ///
    /// @return whether it did
    public boolean tryReserveNew(long bytes) {
        return tryReserve(bytes, Math.min(ceiling(bytes), limitBytes - limitBytes / RUNNING_ONES_DIVISOR));
    }

    /// Reserves as a large request does, whatever its size: for what grows in small steps.
    ///
    /// @return whether it did
    public boolean tryReserveLarge(long bytes) {
        return tryReserve(bytes, ceilingOfLarge());
    }

    private boolean tryReserve(long bytes, long ceiling) {
        long now = used.get();
        while (bytes <= ceiling - now) {
            long seen = used.compareAndExchange(now, now + bytes);
            if (seen == now) {
                return true;
            }
            now = seen;
        }
        return false;
    }

    /// Would that many bytes fit once `reclaimable` ones are released?
    public boolean fits(long bytes, long reclaimable) {
        return bytes <= ceiling(bytes) - used.get() + reclaimable;
    }

    private long ceiling(long bytes) {
        return bytes > limitBytes / LARGE_DIVISOR ? ceilingOfLarge() : limitBytes;
    }

    private long ceilingOfLarge() {
        return limitBytes - limitBytes / SMALL_ONES_DIVISOR;
    }

    /// Gives back what was reserved.
    public void release(long bytes) {
        used.addAndGet(-bytes);
    }

    /// What all guests together may hold.
    public long limitBytes() {
        return limitBytes;
    }

    /// What is reserved now.
    public long usedBytes() {
        return used.get();
    }

    /// For a guest that gets no more.
    public Trap exhausted() {
        return new Trap(
                Trap.Kind.LIMIT,
                "the host's memory for guests is used up: " + (used.get() >> MEBIBYTE_SHIFT) + " of "
                        + (limitBytes >> MEBIBYTE_SHIFT) + " MiB");
    }
}
