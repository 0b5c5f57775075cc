package dev.wattle.host.engine.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wattle.host.engine.CoreInstance;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.EngineContract;
import dev.wattle.host.engine.MemoryBudget;
import dev.wattle.host.engine.Trap;
import dev.wattle.host.engine.Wasm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// All instances of an engine together keep to its budget, whatever each of them is allowed.
final class JvmBudgetTest extends EngineContract {
    private static final int PAGES_OF_A_MEBIBYTE = 16;

    /// As Rust and C compilers have it: a MiB of stack, and data.
    private static final int PAGES_OF_A_SMALL_GUEST = 17;

    private static final int TABLE_ELEMENTS = 1 << 19;

    private final MemoryBudget budget = new MemoryBudget(64L << 20);
    private final Engine engine = new JvmEngine(JvmOptions.of(budget));

    @Override
    protected Engine engine() {
        return engine;
    }

    private static Wasm growing(int mebibytes) {
        return new Wasm()
                .memory(mebibytes * PAGES_OF_A_MEBIBYTE, Wasm.NO_MAXIMUM)
                .exportMemory("memory")
                .exported("grow", I32, I32, Wasm.localGet(0), Wasm.memoryGrow())
                .exported("size", NONE, I32, Wasm.memorySize());
    }

    private static Wasm growingTable(int elements) {
        return new Wasm()
                .table(elements, Wasm.NO_MAXIMUM)
                .exported("grow", I32, I32, Wasm.refNullFunction(), Wasm.localGet(0), Wasm.tableGrow());
    }

    @Test
    void an_instance_that_does_not_fit_is_refused_and_takes_nothing() {
        CoreInstance first = instance(growing(30));
        Trap trap = catchThrowableOfType(Trap.class, () -> instance(growing(30)));
        assertThat(trap.kind()).isEqualTo(Trap.Kind.LIMIT);
        assertThat(trap).hasMessageMatching("the host's memory for guests is used up: 3\\d of 64 MiB");
        first.close();
        assertThat(budget.usedBytes()).isZero();
        instance(growing(30)).close();
    }

    @Test
    void memory_grows_to_what_is_left_and_then_answers_minus_one() {
        try (CoreInstance other = instance(growing(10));
                CoreInstance greedy = instance(growing(2))) {
            // The old and the new memory are there at once while one is copied to the other.
            assertThat(call(greedy, "grow", 40 * PAGES_OF_A_MEBIBYTE)).isEqualTo(-1);
            assertThat(call(greedy, "grow", 10 * PAGES_OF_A_MEBIBYTE)).isEqualTo(2 * PAGES_OF_A_MEBIBYTE);
            assertThat(call(greedy, "size")).isEqualTo(12 * PAGES_OF_A_MEBIBYTE);
            assertThat(call(other, "size")).isEqualTo(10 * PAGES_OF_A_MEBIBYTE);
        }
        assertThat(budget.usedBytes()).isLessThanOrEqualTo(16L << 20); // the pool
    }

    @Test
    void tables_count_too() {
        List<CoreInstance> made = new ArrayList<>();
        Trap refused = null;
        while (refused == null) {
            refused = catchThrowableOfType(Trap.class, () -> made.add(instance(growingTable(TABLE_ELEMENTS))));
        }
        assertThat(refused.kind()).isEqualTo(Trap.Kind.LIMIT);
        assertThat(made).hasSize(12); // 4 MiB each of 48
        assertThat(call(made.getFirst(), "grow", 1000)).isEqualTo(-1);
        made.removeLast().close();
        made.removeLast().close();
        assertThat(call(made.getFirst(), "grow", 1000)).isEqualTo(TABLE_ELEMENTS);
        made.forEach(CoreInstance::close);
        assertThat(budget.usedBytes()).isZero();
    }

    @Test
    void a_small_instance_starts_while_greedy_ones_hold_all_they_can() {
        List<CoreInstance> greedy = List.of(instance(growing(1)), instance(growing(1)), instance(growing(1)));
        for (CoreInstance one : greedy) {
            while ((int) call(one, "grow", PAGES_OF_A_MEBIBYTE) >= 0) {}
        }
        List<CoreInstance> small = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            small.add(instance(new Wasm().memory(PAGES_OF_A_SMALL_GUEST, Wasm.NO_MAXIMUM)));
        }
        small.forEach(CoreInstance::close);
        greedy.forEach(CoreInstance::close);
        assertThat(budget.usedBytes()).isLessThanOrEqualTo(16L << 20);
    }

    /// Compilers' allocators ask for a page at the first allocation, and end the guest when they do not get it.
    @Test
    void every_small_guest_that_was_begun_grows_however_many_there_are() {
        Wasm small = new Wasm()
                .memory(PAGES_OF_A_SMALL_GUEST, Wasm.NO_MAXIMUM)
                .exported("grow", I32, I32, Wasm.localGet(0), Wasm.memoryGrow());
        List<CoreInstance> made = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            Trap refused = null;
            while (refused == null) {
                refused = catchThrowableOfType(Trap.class, () -> {
                    made.add(instance(small));
                    assertThat(call(made.getLast(), "grow", 1)).isEqualTo(PAGES_OF_A_SMALL_GUEST);
                });
            }
            assertThat(refused.kind()).isEqualTo(Trap.Kind.LIMIT);
            // What each has outgrown is not kept while others need the room.
            assertThat(made).hasSizeGreaterThan(24);
            made.forEach(CoreInstance::close);
            made.clear();
        }
        assertThat(budget.usedBytes()).isLessThanOrEqualTo(16L << 20);
    }

    @Test
    void a_guest_at_the_end_of_its_stack_cannot_make_the_host_lose_memory() {
        var module = new Wasm().memory(1, Wasm.NO_MAXIMUM);
        int type = module.type(I32, I32);
        // Grows by a page at every depth, until the stack ends.
        int self = module.function(
                type, Wasm.i32(1), Wasm.memoryGrow(), 0x1A, Wasm.localGet(0), Wasm.call(0), Wasm.i32(1), 0x6A);
        module.exportFunction("descend", self);
        for (int round = 0; round < 4; round++) {
            try (CoreInstance instance = instance(module)) {
                assertTraps(Trap.Kind.STACK_EXHAUSTED, instance, "descend", 0);
            }
            assertThat(budget.usedBytes()).isLessThanOrEqualTo(16L << 20);
        }
    }
}
