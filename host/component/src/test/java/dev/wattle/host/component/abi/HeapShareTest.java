package dev.wattle.host.component.abi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wattle.host.component.AbiLimits;
import dev.wattle.host.component.Sandbox;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.MemoryBudget;
import dev.wattle.host.engine.Trap;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.WitType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What guests make the host hold counts against the budget that all of them share.
final class HeapShareTest {
    private static final int MEBIBYTE = 1 << 20;
    private static final FunctionType TAKES_BYTES =
            TestGuest.type(List.of(new WitType.ListType(WitType.Primitive.U8)), Optional.empty());

    private static final FunctionType GIVES_BYTES =
            TestGuest.type(List.of(), Optional.of(new WitType.ListType(WitType.Primitive.U8)));

    private final MemoryBudget budget = new MemoryBudget(16 * MEBIBYTE);

    private Sandbox sandbox() {
        return new Sandbox(new GuestControl(), CoreLimits.DEFAULTS, budget);
    }

    private static TestGuest guest(Sandbox sandbox) {
        return new TestGuest(new InstanceState(sandbox), StringEncoding.UTF8, new TestMemory(16 * MEBIBYTE));
    }

    /// Runs what the guest does.
    private static void run(TestGuest guest, CoreAdapter.FlatFunction work) {
        guest.export(TestGuest.type(List.of(), Optional.empty()), work).call(List.of());
    }

    @Test
    void values_count_while_the_guest_calls_out_and_no_longer() {
        try (Sandbox sandbox = sandbox()) {
            TestGuest guest = guest(sandbox);
            var imported = guest.imports(TAKES_BYTES, (_, _) -> {
                assertThat(budget.usedBytes()).isBetween(4L * MEBIBYTE, 6L * MEBIBYTE);
                return Optional.empty();
            });
            run(guest, _ -> {
                for (int i = 0; i < 10; i++) {
                    long _ = imported.call(new long[] {0, 5 * MEBIBYTE});
                    assertThat(budget.usedBytes()).isZero();
                }
                return 0;
            });
        }
    }

    @Test
    void a_result_is_its_callers_and_counts_no_longer() {
        try (Sandbox sandbox = sandbox()) {
            TestGuest guest = guest(sandbox);
            CanonLift gives = guest.export(GIVES_BYTES, _ -> {
                guest.memory.writeInt(0, 64);
                guest.memory.writeInt(4, 5 * MEBIBYTE);
                return 0;
            });
            for (int i = 0; i < 20; i++) {
                assertThat(gives.call(List.of())).isPresent();
                assertThat(budget.usedBytes()).isZero();
            }
        }
    }

    @Test
    void values_that_do_not_fit_into_the_budget_are_a_trap() {
        assertThat(budget.tryReserveLarge(10 * MEBIBYTE)).isTrue();
        try (Sandbox sandbox = sandbox()) {
            TestGuest guest = guest(sandbox);
            var imported = guest.imports(TAKES_BYTES, (_, _) -> Optional.empty());
            Trap trap = catchThrowableOfType(
                    Trap.class, () -> run(guest, _ -> imported.call(new long[] {0, 8 * MEBIBYTE})));
            assertThat(trap.kind()).isEqualTo(Trap.Kind.LIMIT);
        }
        assertThat(budget.usedBytes()).isEqualTo(10 * MEBIBYTE);
    }

    @Test
    void handles_count_until_the_sandbox_ends() {
        try (Sandbox sandbox = sandbox()) {
            var table = new HandleTable(Store.of(sandbox));
            var type = new dev.wattle.wit.ResourceType("thing");
            Trap trap = catchThrowableOfType(Trap.class, () -> {
                for (int i = 0; i < AbiLimits.DEFAULT_HANDLES; i++) {
                    int _ = table.add(ResourceHandle.own(type, i));
                }
            });
            assertThat(trap).hasMessageContaining("memory for guests is used up");
            assertThat(budget.usedBytes()).isEqualTo(12 * MEBIBYTE);
        }
        assertThat(budget.usedBytes()).isZero();
    }
}
