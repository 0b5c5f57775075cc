package dev.wattle.host.engine.endive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.host.engine.MemoryBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MemoryPoolTest {
    private static final int MEBIBYTE = 1 << 20;

    private final MemoryBudget budget = new MemoryBudget(64L * MEBIBYTE);
    private final MemoryPool pool = new MemoryPool(budget);

    @Test
    void idle_arrays_are_used_again() {
        byte[] first = Objects.requireNonNull(pool.take(MEBIBYTE / 2));
        pool.give(first, 0, 0);
        assertThat(pool.take(MEBIBYTE / 2)).isSameAs(first);
    }

    @Test
    void idle_arrays_take_a_quarter_of_the_budget_at_most() {
        List<byte[]> taken = takeAll(MEBIBYTE / 2);
        assertThat(taken.size()).isGreaterThan(30);
        taken.forEach(array -> pool.give(array, 0, 0));
        assertThat(pool.idleBytes()).isPositive().isLessThanOrEqualTo(16L * MEBIBYTE);
        assertThat(budget.usedBytes()).isEqualTo(pool.idleBytes());
    }

    @Test
    void idle_arrays_make_room_for_others_that_are_wanted() {
        takeAll(MEBIBYTE / 2).forEach(array -> pool.give(array, 0, 0));
        assertThat(pool.take(40 * MEBIBYTE)).isNotNull();
        assertThat(pool.idleBytes()).isLessThan(16L * MEBIBYTE);
    }

    @Test
    void a_request_that_cannot_be_met_leaves_the_idle_arrays_alone() {
        takeAll(MEBIBYTE / 2).forEach(array -> pool.give(array, 0, 0));
        long idle = pool.idleBytes();
        assertThat(pool.take(60 * MEBIBYTE)).isNull();
        assertThat(pool.idleBytes()).isEqualTo(idle);
    }

    @Test
    void a_pool_that_keeps_nothing_gives_new_arrays_of_the_length_that_is_wanted() {
        MemoryPool none = MemoryPool.keepingNothing(budget);
        byte[] first = Objects.requireNonNull(none.take(17 << 16));
        none.give(first, 0, first.length);
        assertThat(budget.usedBytes()).isZero();
        assertThat(none.take(17 << 16)).hasSize(17 << 16).isNotSameAs(first);
    }

    @Test
    void growth_takes_no_more_than_is_needed_when_room_is_short() {
        byte[] most = pool.take(8 * MEBIBYTE);
        assertThat(most).isNotNull();
        assertThat(pool.takeForGrowth(28 * MEBIBYTE, 60 * MEBIBYTE)).hasSize(28 * MEBIBYTE);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void the_budget_holds_and_nothing_is_lost_whatever_is_taken_and_given(long seed) throws InterruptedException {
        var threads = new ArrayList<Thread>();
        var broken = new ArrayList<String>();
        for (int thread = 0; thread < 3; thread++) {
            var random = new SplittableRandom(seed * 31 + thread);
            threads.add(Thread.ofPlatform().start(() -> {
                String problem = shuffle(random);
                synchronized (broken) {
                    if (!problem.isEmpty()) {
                        broken.add(problem);
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(broken).as("seed %d", seed).isEmpty();
        assertThat(budget.usedBytes()).as("seed %d", seed).isEqualTo(pool.idleBytes());
    }

    private String shuffle(SplittableRandom random) {
        var held = new ArrayList<byte[]>();
        for (int i = 0; i < 300; i++) {
            if (random.nextInt(3) > 0) {
                byte[] taken = pool.take(random.nextInt(random.nextInt(8) == 0 ? 20 * MEBIBYTE : 2 * MEBIBYTE));
                if (taken != null) {
                    held.add(taken);
                }
            } else if (!held.isEmpty()) {
                pool.give(held.remove(random.nextInt(held.size())), 0, 0);
            }
            if (budget.usedBytes() > budget.limitBytes()) {
                return "used " + budget.usedBytes();
            }
        }
        held.forEach(array -> pool.give(array, 0, 0));
        return "";
    }

    private List<byte[]> takeAll(int bytes) {
        var taken = new ArrayList<byte[]>();
        for (byte[] array = pool.take(bytes); array != null; array = pool.take(bytes)) {
            taken.add(array);
        }
        return taken;
    }
}
