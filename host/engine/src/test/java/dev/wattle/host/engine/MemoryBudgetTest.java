package dev.wattle.host.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class MemoryBudgetTest {
    private static final long MEBIBYTE = 1 << 20;

    @Test
    void large_requests_leave_a_quarter_to_small_ones() {
        var budget = new MemoryBudget(64 * MEBIBYTE);
        assertThat(budget.tryReserve(49 * MEBIBYTE)).isFalse();
        assertThat(budget.tryReserve(48 * MEBIBYTE)).isTrue();
        assertThat(budget.tryReserve(2 * MEBIBYTE + 1)).isFalse();
        for (int i = 0; i < 8; i++) {
            assertThat(budget.tryReserve(2 * MEBIBYTE)).isTrue();
        }
        assertThat(budget.tryReserve(1)).isFalse();
        budget.release(64 * MEBIBYTE);
        assertThat(budget.usedBytes()).isZero();
    }

    @Test
    void the_trap_says_how_much_is_used() {
        var budget = new MemoryBudget(64 * MEBIBYTE);
        assertThat(budget.tryReserve(48 * MEBIBYTE)).isTrue();
        assertThat(budget.exhausted().kind()).isEqualTo(Trap.Kind.LIMIT);
        assertThat(budget.exhausted()).hasMessage("the host's memory for guests is used up: 48 of 64 MiB");
    }

    @Test
    void it_is_never_overdrawn_by_many_threads() throws InterruptedException {
        var budget = new MemoryBudget(1000);
        var overdrawn = new AtomicBoolean();
        var threads = new ArrayList<Thread>();
        for (int thread = 0; thread < 4; thread++) {
            var random = new SplittableRandom(thread);
            threads.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 20_000; i++) {
                    long bytes = random.nextInt(400);
                    if (budget.tryReserve(bytes)) {
                        overdrawn.compareAndSet(false, budget.usedBytes() > 1000);
                        budget.release(bytes);
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(overdrawn).isFalse();
        assertThat(budget.usedBytes()).isZero();
    }

    @Test
    void a_nearly_used_up_stack_is_a_trap_before_anything_is_changed() {
        assertThat(deepest()).isEqualTo(Trap.Kind.STACK_EXHAUSTED);
        StackRoom.require();
    }

    /// Goes down until there is no room: the trap must come before the error does.
    @SuppressWarnings("InfiniteRecursion") // until the trap
    private static Trap.Kind deepest() {
        try {
            StackRoom.require();
        } catch (Trap trap) {
            return trap.kind();
        }
        return deepest();
    }
}
