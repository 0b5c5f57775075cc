package dev.wattle.host.runtime;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.host.component.ComponentException;
import dev.wattle.host.engine.Trap;
import dev.wattle.testkit.Eventually;
import dev.wattle.wit.ByteString;
import dev.wattle.wit.WitValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class HostRuntimeTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String ACTS = "test:misbehaving/acts";
    private static final String CONVERTER = "cyber:finance/converter";

    @Test
    void a_request_goes_through_gateway_processor_and_converter_in_one_sandbox() {
        try (var fixture = new RuntimeFixture().demo()) {
            var converted = fixture.http("GET", "/convert?amount=100&from=USD&to=EUR", "", LONG);
            assertThat(converted.status()).isEqualTo(200);
            assertThat(converted.body()).startsWith("{\"amount\":92.00,\"currency\":\"EUR\",\"timestamp\":");

            var paid = fixture.http(
                    "POST", "/payments", "{\"user\":\"ada\",\"amount\":25,\"from\":\"EUR\",\"to\":\"USD\"}", LONG);
            assertThat(paid.status()).isEqualTo(200);
            assertThat(paid.body()).startsWith("{\"user\":\"ada\",\"paid\":27.25,\"currency\":\"USD\",\"id\":");

            assertThat(fixture.metrics.scrape())
                    .contains("wattle_link_calls_total{outcome=\"ok\",path=\"local\",target=\"converter\"} 2.0")
                    .contains("wattle_link_calls_total{outcome=\"ok\",path=\"local\",target=\"processor\"} 1.0");
        }
    }

    @Test
    void an_error_result_of_a_linked_component_reaches_the_client() {
        try (var fixture = new RuntimeFixture().demo()) {
            assertThat(fixture.http("GET", "/convert?amount=1&from=USD&to=XXX", "", LONG)
                            .status())
                    .isEqualTo(422);
            assertThat(fixture.http("GET", "/convert?amount=x", "", LONG).status())
                    .isEqualTo(400);
        }
    }

    @Test
    void a_missing_link_traps_and_says_which() {
        try (var fixture = new RuntimeFixture().deploy("gateway", "gateway", 1, Map.of())) {
            var got = fixture.http("GET", "/convert?amount=1&from=USD&to=EUR", "", LONG);
            assertThat(got.outcome()).isInstanceOfSatisfying(CallOutcome.LinkFailed.class, failed -> {
                assertThat(failed.kind()).isEqualTo(LinkFailure.Kind.NO_LINK);
                assertThat(failed.link()).contains("gateway", CONVERTER);
            });
        }
    }

    @Test
    void a_call_that_nobody_takes_is_tried_again_until_somebody_does() {
        var attempts = new AtomicInteger();
        try (var fixture = new RuntimeFixture()
                .deploy("gateway", "gateway", 1, Map.of())
                .link("gateway", CONVERTER, "converter")) {
            fixture.remote.set(call -> {
                if (attempts.incrementAndGet() < 4) {
                    throw new LinkFailure(LinkFailure.Kind.NOBODY_LISTENS, call.describeLink(), "nobody", null);
                }
                return Optional.of(
                        WitValue.ok(WitValue.record(new WitValue.F64(1.5), WitValue.of("EUR"), WitValue.of(1L))));
            });
            var got = fixture.http("GET", "/convert?amount=1&from=USD&to=EUR", "", LONG);
            assertThat(got.body()).startsWith("{\"amount\":1.50,");
            assertThat(attempts).hasValue(4);
        }
    }

    @Test
    void a_call_that_nobody_takes_fails_before_the_deadline_of_the_root_call() {
        try (var fixture = new RuntimeFixture()
                .deploy("gateway", "gateway", 1, Map.of())
                .link("gateway", CONVERTER, "converter")) {
            var got = fixture.http("GET", "/convert?amount=1&from=USD&to=EUR", "", Duration.ofMillis(400));
            assertThat(got.outcome())
                    .isInstanceOfSatisfying(
                            CallOutcome.LinkFailed.class,
                            failed -> assertThat(failed.kind()).isEqualTo(LinkFailure.Kind.NOBODY_LISTENS));
        }
    }

    @Test
    void a_call_whose_outcome_is_unknown_is_not_tried_again() {
        var attempts = new AtomicInteger();
        try (var fixture = new RuntimeFixture()
                .deploy("gateway", "gateway", 1, Map.of())
                .link("gateway", CONVERTER, "converter")) {
            fixture.remote.set(call -> {
                attempts.incrementAndGet();
                throw new LinkFailure(LinkFailure.Kind.OUTCOME_UNKNOWN, call.describeLink(), "unanswered", null);
            });
            var got = fixture.http("GET", "/convert?amount=1&from=USD&to=EUR", "", LONG);
            assertThat(got.outcome()).isInstanceOf(CallOutcome.LinkFailed.class);
            assertThat(attempts).hasValue(1);
        }
    }

    @Test
    void a_blocking_link_call_is_ended_by_the_deadline() {
        try (var fixture = new RuntimeFixture()
                .deploy("gateway", "gateway", 1, Map.of())
                .link("gateway", CONVERTER, "converter")) {
            fixture.remote.set(_ -> {
                new CountDownLatch(1).await();
                return Optional.empty();
            });
            var got = fixture.http("GET", "/convert?amount=1&from=USD&to=EUR", "", Duration.ofMillis(200));
            assertThat(got.outcome()).isInstanceOf(CallOutcome.TimedOut.class);
            assertThat(Thread.interrupted()).isFalse();
        }
    }

    @Test
    void a_guest_that_loops_is_stopped_and_its_neighbours_go_on() throws Exception {
        try (var fixture = new RuntimeFixture().demo().deploy("bad", "misbehaving", 4, Map.of())) {
            List<Future<CallOutcome>> loops = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                var loop = new FutureTask<>(() -> fixture.call("bad", ACTS, "loop-forever", Duration.ofMillis(700)));
                fixture.runtime.guestThreads().execute(loop);
                loops.add(loop);
            }
            assertThat(fixture.http("GET", "/convert?amount=100&from=USD&to=EUR", "", LONG)
                            .status())
                    .isEqualTo(200);
            for (Future<CallOutcome> loop : loops) {
                assertThat(loop.get(20, SECONDS)).isInstanceOf(CallOutcome.TimedOut.class);
            }
            assertThat(fixture.call("bad", ACTS, "alive", LONG))
                    .isEqualTo(new CallOutcome.Answered(Optional.of(WitValue.of(true))));
        }
    }

    @Test
    void traps_endless_recursion_and_memory_hunger_end_the_sandbox_alone() {
        try (var fixture = new RuntimeFixture().deploy("bad", "misbehaving", 1, Map.of())) {
            assertThat(fixture.call("bad", ACTS, "trap", LONG))
                    .isInstanceOfSatisfying(
                            CallOutcome.Trapped.class,
                            trapped -> assertThat(trapped.kind()).isEqualTo(Trap.Kind.UNREACHABLE));
            assertThat(fixture.call("bad", ACTS, "recurse", LONG))
                    .isInstanceOfSatisfying(
                            CallOutcome.Trapped.class,
                            trapped -> assertThat(trapped.kind()).isEqualTo(Trap.Kind.STACK_EXHAUSTED));
            assertThat(fixture.call("bad", ACTS, "recurse-in-memory", LONG)).isInstanceOf(CallOutcome.Trapped.class);
            assertThat(fixture.call("bad", ACTS, "eat-memory", LONG))
                    .isInstanceOfSatisfying(
                            CallOutcome.Answered.class,
                            answered -> assertThat(answered.result())
                                    .hasValueSatisfying(pages -> assertThat(((WitValue.Int) pages).value())
                                            .isBetween(900L, 1024L)));
            assertThat(fixture.call("bad", ACTS, "alive", LONG))
                    .isEqualTo(new CallOutcome.Answered(Optional.of(WitValue.of(true))));
        }
    }

    @Test
    void no_more_instances_run_at_once_than_allowed() throws Exception {
        try (var fixture = new RuntimeFixture().deploy("bad", "misbehaving", 1, Map.of())) {
            var loop = new FutureTask<>(() -> fixture.call("bad", ACTS, "loop-forever", Duration.ofSeconds(2)));
            fixture.runtime.guestThreads().execute(loop);
            Eventually.within(
                    5, SECONDS, () -> assertThat(fixture.metrics.scrape()).contains("wattle_sandboxes 1.0"));
            assertThat(fixture.call("bad", ACTS, "alive", Duration.ofMillis(50)))
                    .isInstanceOfSatisfying(
                            CallOutcome.TimedOut.class,
                            timedOut -> assertThat(timedOut.started()).isFalse());
            assertThat(fixture.call("bad", ACTS, "alive", LONG)).isInstanceOf(CallOutcome.Answered.class);
            assertThat(loop.get(20, SECONDS)).isInstanceOf(CallOutcome.TimedOut.class);
        }
    }

    @Test
    void a_host_turns_away_what_it_may_not_admit() throws Exception {
        var settings = new RuntimeSettings(1, Duration.ofSeconds(1), 64);
        try (var fixture = new RuntimeFixture(settings).deploy("bad", "misbehaving", 5, Map.of())) {
            var loop = new FutureTask<>(() -> fixture.call("bad", ACTS, "loop-forever", Duration.ofSeconds(2)));
            fixture.runtime.guestThreads().execute(loop);
            Eventually.within(
                    5, SECONDS, () -> assertThat(fixture.metrics.scrape()).contains("wattle_sandboxes 1.0"));
            assertThat(fixture.call("bad", ACTS, "alive", LONG)).isInstanceOf(CallOutcome.Overloaded.class);
            assertThat(loop.get(20, SECONDS)).isInstanceOf(CallOutcome.TimedOut.class);
        }
    }

    @Test
    void a_call_to_what_is_not_there_is_refused() {
        try (var fixture = new RuntimeFixture().deploy("calculator", "calculator", 1, Map.of())) {
            assertThat(fixture.call("nobody", ACTS, "alive", LONG)).isInstanceOf(CallOutcome.Refused.class);
            assertThat(fixture.call("calculator", "cyber:math/operations", "divide", LONG))
                    .isInstanceOfSatisfying(
                            CallOutcome.Refused.class,
                            refused -> assertThat(refused.reason()).contains("cyber:math/operations#divide"));
            assertThat(fixture.call("calculator", "cyber:math/operations", "add", LONG, WitValue.of("two")))
                    .isInstanceOf(CallOutcome.Refused.class);
        }
    }

    @Test
    void a_target_with_another_type_is_a_failure_of_the_link() {
        try (var fixture = new RuntimeFixture()
                .deploy("gateway", "gateway", 1, Map.of())
                .deploy("calculator", "calculator", 1, Map.of())
                .link("gateway", CONVERTER, "calculator")) {
            assertThat(fixture.http("GET", "/convert?amount=1&from=USD&to=EUR", "", LONG)
                            .outcome())
                    .isInstanceOfSatisfying(
                            CallOutcome.LinkFailed.class,
                            failed -> assertThat(failed.kind()).isEqualTo(LinkFailure.Kind.TYPE_MISMATCH));
        }
    }

    @Test
    void a_chain_of_calls_that_is_too_long_ends() {
        var settings = new RuntimeSettings(10, Duration.ofSeconds(1), 0);
        try (var fixture = new RuntimeFixture(settings).demo()) {
            assertThat(fixture.http("GET", "/convert?amount=1&from=USD&to=EUR", "", LONG)
                            .outcome())
                    .isInstanceOfSatisfying(
                            CallOutcome.LinkFailed.class,
                            failed -> assertThat(failed.reason()).contains("the limit is 0"));
        }
    }

    @Test
    void a_removed_component_takes_no_new_calls() throws Exception {
        try (var fixture = new RuntimeFixture().deploy("bad", "misbehaving", 1, Map.of())) {
            assertThat(fixture.runtime.remove("bad").await(Duration.ofSeconds(1)))
                    .isTrue();
            assertThat(fixture.call("bad", ACTS, "alive", LONG)).isInstanceOf(CallOutcome.Refused.class);
        }
    }

    @Test
    void a_core_module_is_not_deployed() {
        try (var fixture = new RuntimeFixture()) {
            ByteString core = ByteString.copyOf(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
            var spec = new DeploymentSpec(
                    "x", core, 1, dev.wattle.host.engine.CoreLimits.DEFAULTS, LONG, _ -> Optional.empty());
            assertThatThrownBy(() -> fixture.runtime.deploy(spec)).isInstanceOf(ComponentException.class);
        }
    }
}
