package dev.wattle.host.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class GuestControlTest {
    /// Enough for every interleaving of a stop with a short guest to occur many times.
    private static final int ROUNDS = 100_000;

    private static final CpuPermits PERMITS = new CpuPermits(1, CpuPermits.SLICE);

    private final GuestControl guest = new GuestControl();

    @AfterEach
    void no_interrupt_is_left_behind() {
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void guest_code_that_polls_is_stopped_by_its_next_poll_and_never_interrupted() {
        guest.enter();
        assertThat(guest.signal).isZero();
        guest.poll();
        guest.stop("deadline");
        for (int i = 0; i < 3; i++) {
            assertThat(guest.signal).isNotZero();
            assertThatThrownBy(guest::poll).isInstanceOf(Trap.class).hasMessage("deadline");
        }
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        guest.exit();
    }

    @Test
    void a_turn_that_is_over_is_no_stop() {
        guest.enter();
        guest.endTurn();
        assertThat(guest.signal).isNotZero();
        guest.host();
        guest.resume();
        guest.poll();
        assertThat(guest.signal).isZero();
        guest.exit();
    }

    @Test
    void a_stop_before_the_need_of_interrupts_is_known_interrupts_guest_code() {
        guest.enter();
        guest.stop("deadline");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        guest.needsInterrupt();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        guest.exit();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void a_stop_interrupts_guest_code_that_does_not_poll_and_exit_clears_it() {
        guest.needsInterrupt();
        guest.enter();
        guest.stop("deadline");
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        guest.exit();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(guest.stopped()).isEqualTo("deadline");
    }

    @Test
    void a_stop_in_host_code_does_not_interrupt_but_the_way_back_traps() {
        guest.enter();
        guest.host();
        guest.stop("deadline");
        guest.stop("later");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThatThrownBy(guest::resume).isInstanceOf(Trap.class).hasMessage("deadline");
        guest.exit();
    }

    @Test
    void a_stopped_sandbox_cannot_be_entered() {
        guest.stop("deadline");
        assertThatThrownBy(guest::enter).isInstanceOf(Trap.class).hasMessage("deadline");
        assertThat(guest.entered()).isFalse();
        guest.exit();
    }

    @Test
    void an_interrupt_is_cleared_on_the_way_into_the_host() {
        guest.needsInterrupt();
        guest.enter();
        guest.stop("deadline");
        guest.host();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        guest.exit();
    }

    @Test
    void nested_calls_go_back_and_forth() {
        guest.enter();
        guest.host();
        guest.resume();
        guest.host();
        guest.host();
        guest.resume();
        guest.exit();
        guest.exit();
        guest.enter();
        guest.exit();
    }

    @Test
    void wrong_transitions_are_refused() {
        assertThatThrownBy(guest::resume).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(guest::host).isInstanceOf(IllegalStateException.class);
        guest.enter();
        assertThatThrownBy(guest::enter).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(guest::resume).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> guest.blocking(() -> 1)).isInstanceOf(IllegalStateException.class);
        guest.exit();
    }

    @Test
    void another_thread_cannot_leave_the_sandbox() throws InterruptedException {
        guest.enter();
        var failure = new AtomicReference<Throwable>();
        Thread other = Thread.ofPlatform().name("other").start(() -> failure.set(catchThrowable(guest::exit)));
        other.join();
        assertThat(failure.get()).isInstanceOf(IllegalStateException.class);
        guest.exit();
    }

    @Test
    @Timeout(10)
    void a_stop_ends_work_that_blocks() {
        guest.enter();
        guest.host();
        Thread stopper = Thread.ofPlatform().name("stopper").start(() -> guest.stop("deadline"));
        assertThatThrownBy(() -> guest.blocking(() -> {
                    new CountDownLatch(1).await();
                    return 1;
                }))
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.kind()).isEqualTo(Trap.Kind.INTERRUPTED))
                .hasMessage("deadline");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        guest.exit();
        assertThat(stopper).isNotNull();
    }

    @Test
    void work_that_fails_for_the_stop_in_other_words_traps_too() {
        guest.enter();
        guest.host();
        assertThatThrownBy(() -> guest.blocking(() -> {
                    guest.stop("deadline");
                    throw new IOException("closed by interrupt");
                }))
                .isInstanceOf(Trap.class)
                .hasMessage("deadline")
                .hasCauseInstanceOf(IOException.class);
        guest.exit();
    }

    @Test
    void the_failure_of_work_that_was_not_stopped_is_its_own() {
        guest.enter();
        guest.host();
        assertThatThrownBy(() -> guest.blocking(() -> {
                    throw new IOException("disk");
                }))
                .isInstanceOf(IOException.class);
        guest.resume();
        guest.exit();
    }

    @Test
    void someone_elses_interrupt_is_left_set() {
        guest.enter();
        Thread.currentThread().interrupt();
        Trap trap = guest.interruption(null);
        guest.exit();
        assertThat(trap.kind()).isEqualTo(Trap.Kind.INTERRUPTED);
        assertThat(Thread.interrupted()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    @Timeout(20)
    void a_stop_at_any_moment_leaves_no_interrupt_for_the_next_guest(Kind kind) throws InterruptedException {
        var current = new AtomicReference<>(kind.make());
        var done = new AtomicBoolean();
        Thread stopper = Thread.ofPlatform().name("stopper").start(() -> {
            while (!done.get()) {
                current.get().stop("race");
            }
        });
        int finished = 0;
        int trapped = 0;
        try {
            for (int round = 0; round < ROUNDS; round++) {
                var next = kind.make();
                current.set(next);
                if (shortGuest(next)) {
                    finished++;
                } else {
                    trapped++;
                }
                assertThat(Thread.interrupted()).as("after round %d", round).isFalse();
            }
        } finally {
            done.set(true);
            stopper.join();
        }
        assertThat(Thread.interrupted()).isFalse();
        assertThat(finished + trapped).isEqualTo(ROUNDS);
        assertThat(trapped).as("rounds that met a stop").isPositive();
        assertThat(PERMITS.running() + PERMITS.waiting()).as("permits in use").isZero();
    }

    /// What guest code there is.
    enum Kind {
        POLLING,
        INTERRUPTED,
        POLLING_WITH_PERMITS,
        INTERRUPTED_WITH_PERMITS;

        GuestControl make() {
            return switch (this) {
                case POLLING -> new GuestControl();
                case INTERRUPTED -> interrupted(new GuestControl());
                case POLLING_WITH_PERMITS -> new GuestControl(PERMITS);
                case INTERRUPTED_WITH_PERMITS -> interrupted(new GuestControl(PERMITS));
            };
        }

        private static GuestControl interrupted(GuestControl guest) {
            guest.needsInterrupt();
            return guest;
        }
    }

    /// Enters, calls the host, blocks there, calls a nested guest, and leaves: true when nothing stopped it.
    private static boolean shortGuest(GuestControl guest) {
        try {
            guest.enter();
            if (guest.signal != 0) {
                guest.poll();
            }
            guest.host();
            guest.blocking(() -> 1);
            guest.resume();
            guest.host();
            boolean stopped = guest.stopped() != null;
            guest.resume();
            assertThat(stopped).as("stopped before it returned").isFalse();
            stopped = guest.stopped() != null;
            if (guest.signal != 0) {
                guest.poll();
            }
            assertThat(stopped).as("stopped before it polled").isFalse();
            if (Thread.currentThread().isInterrupted()) {
                throw guest.interruption(null);
            }
            return true;
        } catch (Trap trap) {
            return false;
        } finally {
            guest.exit();
        }
    }
}
