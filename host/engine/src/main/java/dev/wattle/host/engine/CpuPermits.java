package dev.wattle.host.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Shares the processors among guests: so many run at once, the others wait, parked. For guests on virtual and
/// on platform threads, of engines that poll.
///
/// A guest has a permit from [GuestControl#enter] to [GuestControl#exit], except while it blocks. When others wait
/// and its turn is over it hands the permit on, at its next poll. Who has used little goes before who has used
/// much: there are [#LEVELS] queues, by the time that a guest ran less the time that it was away. A newcomer
/// ends the turn of a guest of a lower level at once, if that had a minimum of time; a level that nobody was
/// taken from for [#PATIENCE_SLICES] slices comes first, so that nobody starves.
///
/// A guest that was told and does not come back, because it waits in the host for something, has its permit lent
/// to others until it does. So a permit cannot be lost; but work that blocks should say so. A guest that is busy with
/// what does not look, such as the compiler, lets a newcomer run beside it, but no other one that wants much: they
/// would only be slower together. One that gets a large array says so beforehand.
///
/// On virtual threads it is a thread of ours, the ticker, that wakes the next guest, after the last one has parked:
/// a carrier whose own queue (or whose source of work) is never empty would not look at the others' work. That is why
/// `Thread.yield` does not help the other virtual threads, and why guests without permits of their own share
/// [#OF_CARRIERS]. A guest must not be entered below a class initializer or a native frame on a virtual thread,
/// because it could not leave its carrier.
public final class CpuPermits {
    /// Long enough that changing guests costs nothing to speak of (microseconds), short enough that an answer
    /// which needs a few turns is still quick.
    public static final Duration SLICE = Duration.ofMillis(2);

    /// For guests on virtual threads that have no permits of their own, so that others get at the carriers.
    static final CpuPermits OF_CARRIERS = new CpuPermits(carriers(), SLICE);

    /// Used up to a quarter of a slice; a slice; four; more.
    private static final int LEVELS = 4;

    /// The shortest turn is this part of a slice: what an ordinary request needs or less.
    private static final int SHORTEST_TURN_DIVISOR = 4;

    /// How much more the next level may have used.
    private static final int LEVEL_FACTOR = 4;

    private static final int PATIENCE_SLICES = 8;

    /// So long may a guest be in the host, after its turn, before its permit is lent or a newcomer runs beside it.
    private static final int OVERDUE_SLICES = 4;

    /// The lock is held for less than this.
    private static final long LOCK_PAUSE_NANOS = 20_000;

    /// The ticker ends when for so many ticks nobody ran: a second of quiet.
    private static final int QUIET_TICKS = 500;

    private final int limit;
    private final long sliceNanos;
    private final long shortestTurnNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final long[] servedAt = new long[LEVELS]; // guarded by lock
    private final ArrayDeque<Turn>[] queues; // guarded by lock
    private @Nullable Turn firstRunning; // guarded by lock
    private int running; // guarded by lock
    private int occupied; // guarded by lock; so many of those that run cannot be told
    private int waiting; // guarded by lock
    private @Nullable Thread ticker; // guarded by lock

    /// @param limit how many guests run at once
    /// @param slice how long one runs while others of its level wait
    public CpuPermits(int limit, Duration slice) {
        if (limit < 1 || slice.toNanos() < SHORTEST_TURN_DIVISOR) {
            throw new IllegalArgumentException("limit " + limit + ", slice " + slice);
        }
        this.limit = limit;
        this.sliceNanos = slice.toNanos();
        this.shortestTurnNanos = sliceNanos / SHORTEST_TURN_DIVISOR;
        this.queues = newQueues();
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static ArrayDeque<Turn>[] newQueues() {
        var queues = new ArrayDeque[LEVELS];
        Arrays.setAll(queues, _ -> new ArrayDeque<Turn>());
        return queues;
    }

    /// As many as there are processors.
    public static CpuPermits ofProcessors() {
        return new CpuPermits(Runtime.getRuntime().availableProcessors(), SLICE);
    }

    private static int carriers() {
        int processors = Runtime.getRuntime().availableProcessors();
        return Math.max(1, Integer.getInteger("jdk.virtualThreadScheduler.parallelism", processors));
    }

    /// How many guests may run at once.
    public int limit() {
        return limit;
    }

    /// How many run now.
    public int running() {
        lock.lock();
        try {
            return running;
        } finally {
            lock.unlock();
        }
    }

    /// How many wait for their turn now.
    public int waiting() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    /// How many of those that wait have hardly run yet.
    public int newcomers() {
        lock.lock();
        try {
            return queues[0].size();
        } finally {
            lock.unlock();
        }
    }

    void take(Turn turn) {
        Thread toWake = null;
        lock.lock();
        try {
            long now = System.nanoTime();
            turn.thread = Thread.currentThread();
            turn.used = turn.used == 0 ? 0 : Math.max(0, turn.used - (now - turn.since));
            int level = level(turn.used);
            if (level < bestWaiting() && running < (level == 0 ? limitOfNewcomers() : limit)) {
                run(turn, now);
                return;
            }
            enqueue(turn, now);
            if (running < limit) {
                toWake = ticker;
            } else {
                hurryFor(turn, now);
            }
        } finally {
            lock.unlock();
        }
        LockSupport.unpark(toWake);
        await(turn);
    }

    boolean give(Turn turn) {
        Turn next;
        lock.lock();
        try {
            if (turn.state != Turn.State.RUNNING) {
                return false;
            }
            long now = System.nanoTime();
            rest(turn, now, Turn.State.AWAY);
            next = next(now);
            if (next != null) {
                run(next, now);
            }
        } finally {
            lock.unlock();
        }
        LockSupport.unpark(next == null ? null : next.thread);
        return true;
    }

    /// It runs on until it polls, and a newcomer beside it.
    boolean lend(Turn turn) {
        Turn next = null;
        lock.lock();
        try {
            if (turn.state != Turn.State.RUNNING || turn.lent || turn.occupied) {
                return false;
            }
            occupy(turn);
            tell(turn);
            if (!isVirtual(turn)) {
                long now = System.nanoTime();
                next = next(now);
                if (next != null) {
                    run(next, now);
                }
            }
        } finally {
            lock.unlock();
        }
        LockSupport.unpark(next == null ? null : next.thread);
        return true;
    }

    boolean handOver(Turn turn) {
        Thread toWake;
        lock.lock();
        try {
            if (turn.state != Turn.State.RUNNING) {
                return false;
            }
            long now = System.nanoTime();
            rest(turn, now, Turn.State.WAITING);
            enqueue(turn, now);
            if (isVirtual(turn)) {
                toWake = ticker;
            } else {
                Turn next = next(now);
                toWake = next == null ? null : next.thread;
                if (next != null) {
                    run(next, now);
                }
            }
        } finally {
            lock.unlock();
        }
        LockSupport.unpark(toWake);
        await(turn);
        return true;
    }

    void wake(Turn turn) {
        if (turn.state == Turn.State.WAITING) {
            LockSupport.unpark(turn.thread);
        }
    }

    /// An interrupt does not end the wait, and is set again after it.
    private void await(Turn turn) {
        boolean interrupted = false;
        while (turn.state == Turn.State.WAITING) {
            if (turn.guest.stopped() != null) {
                withdraw(turn);
            } else {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void withdraw(Turn turn) {
        lock.lock();
        try {
            if (turn.state == Turn.State.WAITING) {
                boolean found = queues[turn.level].remove(turn);
                assert found;
                waiting--;
                turn.since = System.nanoTime();
                turn.state = Turn.State.AWAY;
            }
        } finally {
            lock.unlock();
        }
    }

    // All below: guarded by lock.

    private void enqueue(Turn turn, long now) {
        turn.level = level(turn.used);
        ArrayDeque<Turn> queue = queues[turn.level];
        if (queue.isEmpty()) {
            servedAt[turn.level] = now;
        }
        queue.add(turn);
        waiting++;
        turn.state = Turn.State.WAITING;
    }

    /// The best level that somebody waits in; [#LEVELS] when nobody does.
    private int bestWaiting() {
        int level = 0;
        while (level < LEVELS && queues[level].isEmpty()) {
            level++;
        }
        return level;
    }

    /// Whose turn it is, if there is a permit; one of a guest that cannot be told is there for newcomers.
    private @Nullable Turn next(long now) {
        if (running < limit) {
            return pick(now);
        }
        return running < limitOfNewcomers() && !queues[0].isEmpty() ? poll(0, now) : null;
    }

    /// Never more than twice as many, since newcomers may get busy, too.
    private int limitOfNewcomers() {
        return limit + Math.min(occupied, limit);
    }

    /// Whose turn it is: the first of a level that has lost patience, or else of the best one.
    private @Nullable Turn pick(long now) {
        for (int level = LEVELS - 1; level > 0; level--) {
            if (!queues[level].isEmpty() && now - servedAt[level] > PATIENCE_SLICES * sliceNanos) {
                return poll(level, now);
            }
        }
        int best = bestWaiting();
        return best < LEVELS ? poll(best, now) : null;
    }

    private Turn poll(int level, long now) {
        servedAt[level] = now;
        waiting--;
        return queues[level].remove();
    }

    private void run(Turn turn, long now) {
        turn.since = now;
        turn.told = false;
        turn.lent = false;
        turn.occupied = false;
        turn.previous = null;
        turn.next = firstRunning;
        if (firstRunning != null) {
            firstRunning.previous = turn;
        }
        firstRunning = turn;
        running++;
        turn.state = Turn.State.RUNNING;
        if (ticker == null) {
            ticker = Thread.ofPlatform().daemon().name("wattle-turns").start(this::tick);
        }
    }

    private void rest(Turn turn, long now, Turn.State state) {
        turn.used += now - turn.since;
        turn.since = now;
        if (turn.previous == null) {
            firstRunning = turn.next;
        } else {
            turn.previous.next = turn.next;
        }
        if (turn.next != null) {
            turn.next.previous = turn.previous;
        }
        if (!turn.lent) {
            running--;
        }
        if (turn.occupied) {
            turn.occupied = false;
            occupied--;
        }
        turn.state = state;
        turn.guest.clearTurnOver();
    }

    private int level(long used) {
        int level = 0;
        for (long bound = shortestTurnNanos; used >= bound && level < LEVELS - 1; bound *= LEVEL_FACTOR) {
            level++;
        }
        return level;
    }

    /// Ends the turn of the one that has used most, if it is of a lower level and has run long enough.
    private void hurryFor(Turn waiter, long now) {
        Turn worst = null;
        for (Turn each = firstRunning; each != null; each = each.next) {
            if (!each.told
                    && now - each.since >= shortestTurnNanos
                    && (worst == null || each.used - each.since > worst.used - worst.since)) {
                worst = each;
            }
        }
        if (worst != null && level(worst.used + now - worst.since) > waiter.level) {
            tell(worst);
        }
    }

    private static void tell(Turn turn) {
        turn.told = true;
        turn.guest.endTurn();
    }

    private void tellWhoseTurnIsOver(long now) {
        int best = bestWaiting();
        for (Turn each = firstRunning; each != null; each = each.next) {
            long ran = now - each.since;
            int level = level(each.used + ran);
            long allowed = waiting > 0 && (level == 0 || best < level) ? shortestTurnNanos : sliceNanos;
            if (!each.told && ran >= allowed && (waiting > 0 || isVirtual(each))) {
                tell(each);
            } else if (each.told && !each.lent && ran >= allowed + OVERDUE_SLICES * sliceNanos) {
                overdue(each);
            }
        }
    }

    private void overdue(Turn turn) {
        if (isAway(turn)) {
            if (turn.occupied) {
                turn.occupied = false;
                occupied--;
            }
            turn.lent = true;
            running--;
        } else if (!turn.occupied && !isVirtual(turn)) {
            occupy(turn); // a virtual thread keeps its carrier: there is none for another one
        }
    }

    private void occupy(Turn turn) {
        turn.occupied = true;
        occupied++;
    }

    /// It waits for something. One that could run but is not let is no reason to let all others, too.
    private static boolean isAway(Turn turn) {
        return turn.thread != null && turn.thread.getState() != Thread.State.RUNNABLE;
    }

    private static boolean isVirtual(Turn turn) {
        return turn.thread != null && turn.thread.isVirtual();
    }

    /// Wakes as many as there are permits for.
    private void dispatch(long now) {
        for (Turn next = next(now); next != null; next = next(now)) {
            run(next, now);
            LockSupport.unpark(next.thread);
        }
    }

    /// Not in line: the first in line may be a virtual thread that waits for a carrier, and both carriers may have
    /// spinners whose turns nobody but the ticker ends.
    private void lockAheadOfOthers() {
        while (!lock.tryLock()) {
            LockSupport.parkNanos(this, LOCK_PAUSE_NANOS);
        }
    }

    /// The ticker's work; it looks more often while somebody waits.
    private void tick() {
        int quiet = 0;
        long pause = sliceNanos;
        while (true) {
            LockSupport.parkNanos(this, pause);
            lockAheadOfOthers();
            try {
                long now = System.nanoTime();
                tellWhoseTurnIsOver(now);
                dispatch(now);
                quiet = firstRunning == null ? quiet + 1 : 0;
                if (quiet > QUIET_TICKS) {
                    ticker = null;
                    return;
                }
                pause = waiting > 0 ? shortestTurnNanos : sliceNanos;
            } finally {
                lock.unlock();
            }
        }
    }
}
