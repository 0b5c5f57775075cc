package dev.wattle.host.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.host.engine.MemoryBudget;
import dev.wattle.host.engine.Trap;
import dev.wattle.testkit.Eventually;
import dev.wattle.wit.WitValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What guests have to do with each other when the memory of their host runs short.
final class MemoryShortageTest {
    private static final MemoryBudget BUDGET = MemoryBudget.ofThisProcess();
    private static final String CONVERTER = "cyber:finance/converter";
    private static final Duration LONG = Duration.ofSeconds(30);

    /// What a host with a heap of 512 MiB has for its guests; what is new leaves a sixteenth of the whole budget.
    private static final long BYTES_OF_A_HOST = (240L << 20) + BUDGET.limitBytes() / 16;

    /// As many gateways as the demo allows a host.
    private static final int GATEWAYS = 100;

    /// Too little for a gateway to grow beyond what it is born with.
    private static final long BYTES_OF_NO_GROWTH = 2L << 20;

    /// Small requests may take the last of a budget.
    private static final long STEP_BYTES = 1L << 16;

    /// Leaves so much of the budget to the guests of a test.
    private record Shortage(long taken) implements AutoCloseable {
        static Shortage leaving(long bytes) {
            long taken = 0;
            while (BUDGET.limitBytes() - BUDGET.usedBytes() >= bytes + STEP_BYTES && BUDGET.tryReserve(STEP_BYTES)) {
                taken += STEP_BYTES;
            }
            return new Shortage(taken);
        }

        @Override
        public void close() {
            BUDGET.release(taken);
        }
    }

    @Test
    void as_many_calls_as_may_wait_for_a_dead_link_leave_memory_to_others() throws Exception {
        var waiting = new AtomicInteger();
        var linkIsBack = new CountDownLatch(1);
        try (var _ = Shortage.leaving(BYTES_OF_A_HOST);
                var fixture = RuntimeFixture.withoutIdleMemories()
                        .deploy("gateway", "gateway", GATEWAYS, Map.of())
                        .deploy("converter", "converter", 10, Map.of("USD_EUR", "0.92"))
                        .link("gateway", CONVERTER, "far-converter")) {
            fixture.remote.set(call -> {
                waiting.incrementAndGet();
                await(linkIsBack);
                throw new LinkFailure(LinkFailure.Kind.OUTCOME_UNKNOWN, call.describeLink(), "unanswered", null);
            });
            List<Thread> callers = new ArrayList<>();
            List<CallOutcome> outcomes = Collections.synchronizedList(new ArrayList<>());
            for (int i = 0; i < GATEWAYS; i++) {
                callers.add(Thread.ofPlatform()
                        .name("caller-" + i)
                        .start(() -> outcomes.add(fixture.http("GET", "/convert?amount=1&from=USD&to=EUR", "", LONG)
                                .outcome())));
            }
            Eventually.within(LONG, () -> assertThat(waiting).hasValue(GATEWAYS));
            assertThat(fixture.call(
                            "converter",
                            CONVERTER,
                            "convert",
                            LONG,
                            new WitValue.F64(1),
                            WitValue.of("USD"),
                            WitValue.of("EUR")))
                    .isInstanceOf(CallOutcome.Answered.class);
            linkIsBack.countDown();
            for (Thread caller : callers) {
                caller.join();
            }
            assertThat(outcomes)
                    .hasSize(GATEWAYS)
                    .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(CallOutcome.LinkFailed.class));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_guest_that_ends_because_the_host_has_no_more_memory_says_so() {
        try (var _ = Shortage.leaving(BYTES_OF_NO_GROWTH);
                var fixture = RuntimeFixture.withoutIdleMemories().demo()) {
            var got = fixture.http("GET", "/convert?amount=1&from=USD&to=EUR", "", LONG);
            assertThat(got.outcome()).isInstanceOfSatisfying(CallOutcome.Trapped.class, trapped -> {
                assertThat(trapped.kind()).isIn(Trap.Kind.UNREACHABLE, Trap.Kind.LIMIT);
                assertThat(trapped.reason()).contains("the host's memory for guests is used up");
            });
        }
    }
}
