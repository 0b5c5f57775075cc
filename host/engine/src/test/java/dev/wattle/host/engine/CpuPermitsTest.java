package dev.wattle.host.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Nothing here is measured; what is waited for comes, or the test does not end.
@Timeout(30)
final class CpuPermitsTest {
    /// Nobody's turn ends within it, so that nobody runs beside one who holds a permit and does not look.
    private static final Duration ENDLESS = Duration.ofHours(1);

    private static final int SPINNERS = 1_000;

    /// What a guest's code does in a loop, until it is stopped.
    private static Trap spin(GuestControl guest, Runnable started) {
        boolean first = true;
        try {
            guest.enter();
            while (true) {
                if (guest.signal != 0) {
                    guest.poll();
                }
                if (first) {
                    first = false;
                    started.run();
                }
                Thread.onSpinWait();
            }
        } catch (Trap trap) {
            return trap;
        } finally {
            guest.exit();
        }
    }

    private static Thread thread(boolean virtual, String name, Runnable work) {
        return (virtual ? Thread.ofVirtual() : Thread.ofPlatform()).name(name).start(work);
    }

    private static void assertUnused(CpuPermits permits) {
        assertThat(permits.running()).isZero();
        assertThat(permits.waiting()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void all_of_many_spinners_get_their_turns_and_then_stop(boolean virtual) throws InterruptedException {
        var permits = new CpuPermits(1, Duration.ofNanos(100_000));
        var started = new CountDownLatch(20);
        var guests = new ArrayList<GuestControl>();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 20; i++) {
            var guest = new GuestControl(permits);
            guests.add(guest);
            threads.add(thread(virtual, "spinner-" + i, () -> spin(guest, started::countDown)));
        }
        started.await();
        // A second one when the first did not look for long.
        assertThat(permits.running()).isBetween(1, 2);
        guests.forEach(guest -> guest.stop("enough"));
        for (Thread thread : threads) {
            thread.join();
        }
        assertUnused(permits);
    }

    @Test
    void never_do_more_guests_run_than_there_are_permits() throws InterruptedException {
        // Turns end when the test says so; none is so long that its permit would be lent.
        var permits = new CpuPermits(3, Duration.ofSeconds(5));
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 16; i++) {
            threads.add(thread(i % 2 == 0, "worker-" + i, () -> {
                for (int round = 0; round < 2_000; round++) {
                    var guest = new GuestControl(permits);
                    guest.enter();
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    inside.decrementAndGet();
                    if (round % 3 == 0) {
                        guest.endTurn();
                    }
                    guest.poll();
                    guest.host();
                    guest.blocking(() -> 1);
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    inside.decrementAndGet();
                    guest.resume();
                    guest.exit();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(most.get()).isBetween(1, 3);
        assertUnused(permits);
    }

    @Test
    void a_guest_that_blocks_lets_others_run() throws InterruptedException {
        var permits = new CpuPermits(1, CpuPermits.SLICE);
        var guest = new GuestControl(permits);
        guest.enter();
        guest.host();
        guest.blocking(() -> {
            var other = new GuestControl(permits);
            other.enter();
            assertThat(permits.running()).isOne();
            other.exit();
            return 1;
        });
        assertThat(permits.running()).isOne();
        guest.resume();
        guest.exit();
        guest.exit();
        assertUnused(permits);
    }

    @Test
    void a_stop_ends_the_wait_for_the_first_turn() throws InterruptedException {
        var permits = new CpuPermits(1, ENDLESS);
        var holder = new GuestControl(permits);
        holder.enter();
        var waiter = new GuestControl(permits);
        var end = new AtomicReference<Trap>();
        Thread thread = thread(true, "waiter", () -> end.set(spin(waiter, () -> {})));
        while (permits.waiting() == 0) {
            Thread.onSpinWait();
        }
        waiter.stop("deadline");
        thread.join();
        assertThat(end.get()).hasMessage("deadline");
        assertThat(permits.waiting()).isZero();
        holder.exit();
        assertUnused(permits);
    }

    @Test
    void an_interrupt_from_elsewhere_does_not_end_the_wait_and_stays_set() throws InterruptedException {
        var permits = new CpuPermits(1, ENDLESS);
        var holder = new GuestControl(permits);
        holder.enter();
        var interrupted = new AtomicBoolean();
        var waiter = new GuestControl(permits);
        Thread thread = thread(true, "waiter", () -> {
            waiter.enter();
            interrupted.set(Thread.currentThread().isInterrupted());
            waiter.exit();
        });
        while (permits.waiting() == 0) {
            Thread.onSpinWait();
        }
        thread.interrupt();
        holder.exit();
        thread.join();
        assertThat(interrupted.get()).isTrue();
        assertUnused(permits);
    }

    @Test
    void a_guest_that_was_stopped_while_it_blocked_goes_on_without_a_permit_to_its_trap() {
        var permits = new CpuPermits(1, CpuPermits.SLICE);
        var guest = new GuestControl(permits);
        var other = new GuestControl(permits);
        guest.enter();
        guest.host();
        assertThat((int) guest.blocking(() -> {
                    other.enter();
                    guest.stop("deadline");
                    boolean _ = Thread.interrupted();
                    return 7;
                }))
                .isEqualTo(7);
        assertThatThrownBy(guest::resume).isInstanceOf(Trap.class).hasMessage("deadline");
        guest.exit();
        other.exit();
        assertUnused(permits);
    }

    /// Who comes new goes before those that have used much, although these wait longer.
    @Test
    void a_newcomer_goes_before_spinners() throws InterruptedException {
        var permits = new CpuPermits(1, Duration.ofNanos(100_000));
        var seasoned = new CountDownLatch(SPINNERS);
        List<GuestControl> spinners = spinners(SPINNERS, permits, seasoned);
        seasoned.await();
        for (int i = 0; i < 50; i++) {
            var innocent = new GuestControl(permits);
            innocent.enter();
            innocent.exit();
        }
        assertThat(permits.waiting()).isPositive();
        spinners.forEach(guest -> guest.stop("enough"));
        while (permits.running() + permits.waiting() > 0) {
            Thread.onSpinWait();
        }
        assertUnused(permits);
    }

    /// Counts each down after its second turn.
    private static List<GuestControl> spinners(int count, CpuPermits permits, CountDownLatch seasoned) {
        var guests = new ArrayList<GuestControl>();
        for (int i = 0; i < count; i++) {
            var guest = new GuestControl(permits);
            guests.add(guest);
            thread(true, "spinner-" + i, () -> {
                Trap trap = spin(guest, seasoned::countDown);
                assertThat(trap).hasMessage("enough");
            });
        }
        return guests;
    }

    /// A host function that blocks and does not say so keeps its guest's permit only for a while.
    @Test
    void a_permit_of_a_guest_that_does_not_come_back_is_lent() {
        var permits = new CpuPermits(1, Duration.ofNanos(100_000));
        var absent = new GuestControl(permits);
        absent.enter();
        absent.host();
        for (int i = 0; i < 3; i++) {
            var other = new GuestControl(permits);
            assertThat(onVirtualThread(() -> {
                        other.enter();
                        other.exit();
                    }))
                    .isTrue();
        }
        absent.resume();
        absent.poll();
        assertThat(permits.running()).isOne();
        absent.exit();
        assertUnused(permits);
    }

    /// While a guest gets a large array, newcomers do not wait for it, but whoever has used much does.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_guest_that_lends_its_turn_runs_beside_newcomers_only(boolean virtual) throws InterruptedException {
        var permits = new CpuPermits(1, Duration.ofMillis(1));
        var spinner = new GuestControl(permits);
        var spun = new CountDownLatch(1);
        Thread spinning = thread(
                false,
                "spinner",
                () -> assertThat(spin(spinner, spun::countDown)).hasMessage("enough"));
        spun.await();
        var greedy = new GuestControl(permits);
        var failure = new AtomicReference<Throwable>();
        Thread growing = thread(virtual, "greedy", () -> {
            try {
                greedy.enter();
                greedy.lendTurn();
                greedy.lendTurn();
                // Three newcomers after each other; a spinner that has used much waits on.
                for (int i = 0; i < 3; i++) {
                    var newcomer = new GuestControl(permits);
                    assertThat(onPlatformThread(() -> {
                                newcomer.enter();
                                assertThat(permits.running()).isEqualTo(2);
                                newcomer.exit();
                            }))
                            .isTrue();
                }
                assertThat(permits.running()).isOne();
                assertThat(permits.waiting()).isOne();
                assertThat(greedy.signal).isNotZero();
                greedy.poll();
                greedy.exit();
            } catch (Throwable thrown) {
                failure.set(thrown);
            }
        });
        growing.join();
        assertThat(failure.get()).isNull();
        spinner.stop("enough");
        spinning.join();
        assertUnused(permits);
    }

    /// Whoever waits for it is busy, as far as the permits can tell.
    private static boolean onPlatformThread(Runnable work) {
        var failure = new AtomicReference<Throwable>();
        Thread thread = thread(false, "other", () -> {
            try {
                work.run();
            } catch (Throwable thrown) {
                failure.set(thrown);
            }
        });
        while (thread.isAlive()) {
            Thread.onSpinWait();
        }
        return failure.get() == null;
    }

    /// Such as one whose code is compiled for the first time.
    @Test
    void a_newcomer_does_not_wait_for_a_guest_that_does_not_look() throws InterruptedException {
        var permits = new CpuPermits(1, Duration.ofNanos(100_000));
        var busy = new GuestControl(permits);
        var done = new AtomicBoolean();
        var entered = new CountDownLatch(1);
        Thread working = thread(false, "busy", () -> {
            busy.enter();
            entered.countDown();
            while (!done.get()) {
                Thread.onSpinWait();
            }
            busy.poll();
            busy.exit();
        });
        entered.await();
        for (int i = 0; i < 3; i++) {
            var newcomer = new GuestControl(permits);
            newcomer.enter();
            assertThat(done.get()).isFalse();
            newcomer.exit();
        }
        assertThat(permits.running()).isOne();
        done.set(true);
        working.join();
        assertUnused(permits);
    }

    @Test
    void a_guest_that_lent_its_turn_may_end_without_another_poll() {
        var permits = new CpuPermits(1, CpuPermits.SLICE);
        var guest = new GuestControl(permits);
        guest.lendTurn();
        guest.enter();
        guest.lendTurn();
        guest.exit();
        assertUnused(permits);
        guest.enter();
        assertThat(permits.running()).isOne();
        guest.exit();
        assertUnused(permits);
    }

    private static boolean onVirtualThread(Runnable work) {
        try {
            thread(true, "other", work).join();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// A stream of newcomers that never ends does not keep a spinner from its turns.
    @Test
    void nobody_starves() throws InterruptedException {
        var permits = new CpuPermits(1, Duration.ofNanos(100_000));
        var turns = new CountDownLatch(50);
        var done = new AtomicBoolean();
        var spinner = new GuestControl(permits);
        Thread spinning = thread(true, "spinner", () -> {
            try {
                spinner.enter();
                while (true) {
                    if (spinner.signal != 0) {
                        spinner.poll();
                        turns.countDown();
                    }
                }
            } catch (Trap trap) {
                assertThat(trap).hasMessage("enough");
            } finally {
                spinner.exit();
            }
        });
        var newcomers = new ArrayList<Thread>();
        for (int i = 0; i < 4; i++) {
            newcomers.add(thread(false, "newcomers-" + i, () -> {
                while (!done.get()) {
                    var guest = new GuestControl(permits);
                    guest.enter();
                    guest.exit();
                }
            }));
        }
        turns.await();
        done.set(true);
        spinner.stop("enough");
        spinning.join();
        for (Thread thread : newcomers) {
            thread.join();
        }
        assertUnused(permits);
    }

    /// More spinners than carriers, without permits: whoever else runs on virtual threads still does.
    @Test
    void spinners_without_permits_leave_their_carriers_to_others() throws InterruptedException {
        var guests = new ArrayList<GuestControl>();
        int count = 4 * Runtime.getRuntime().availableProcessors();
        var started = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            var guest = new GuestControl();
            guests.add(guest);
            thread(true, "spinner-" + i, () -> spin(guest, started::countDown));
        }
        started.await();
        thread(true, "other", () -> {}).join();
        guests.forEach(guest -> guest.stop("enough"));
        while (CpuPermits.OF_CARRIERS.running() > 0) {
            Thread.onSpinWait();
        }
    }
}
