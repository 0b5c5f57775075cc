package dev.wattle.host.runtime;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wattle.testkit.Eventually;
import dev.wattle.wit.WitValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Guests that spin take turns with all others, on threads of either kind, and end at their deadlines.
final class ProcessorSharingTest {
    private static final String ACTS = "test:misbehaving/acts";
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SPIN = Duration.ofSeconds(60);
    private static final int SPINNERS = 4 * Runtime.getRuntime().availableProcessors();
    private static final CallOutcome ALIVE = new CallOutcome.Answered(Optional.of(WitValue.of(true)));

    /// A machine that is busy with other things makes a thread late; it does not do so each time.
    private static final int ATTEMPTS = 20;

    private static RuntimeFixture fixture() {
        return new RuntimeFixture().deploy("bad", "misbehaving", SPINNERS + 1, Map.of());
    }

    private static CallOutcome alive(RuntimeFixture fixture) {
        return fixture.call("bad", ACTS, "alive", LONG);
    }

    private static double gauge(RuntimeFixture fixture, String name) {
        return Pattern.compile("^" + name + " (\\S+)$", Pattern.MULTILINE)
                .matcher(fixture.metrics.scrape())
                .results()
                .map((MatchResult line) -> Double.parseDouble(line.group(1)))
                .findFirst()
                .orElseThrow();
    }

    private static void assertTheyTakeTurns(RuntimeFixture fixture, Consumer<Runnable> start) throws Exception {
        List<FutureTask<CallOutcome>> spinning = new ArrayList<>();
        for (int i = 0; i < SPINNERS; i++) {
            var spinner = new FutureTask<>(() -> fixture.call("bad", ACTS, "loop-forever", SPIN));
            spinning.add(spinner);
            start.accept(spinner);
        }
        int processors = Runtime.getRuntime().availableProcessors();
        Eventually.within(20, SECONDS, () -> {
            assertThat(gauge(fixture, "wattle_sandboxes")).isEqualTo(SPINNERS);
            if (RuntimeFixture.polls()) {
                assertThat(gauge(fixture, "wattle_guests_running")).isBetween(1.0, (double) processors);
                assertThat(gauge(fixture, "wattle_guests_waiting")).isGreaterThanOrEqualTo(SPINNERS - processors);
            }
        });
        var innocent = new FutureTask<>(() -> alive(fixture));
        start.accept(innocent);
        assertThat(innocent.get(20, SECONDS)).isEqualTo(ALIVE);
        assertThat(spinning).noneMatch(FutureTask::isDone);
    }

    @Test
    void guests_on_virtual_threads_take_turns() throws Exception {
        assumeTrue(RuntimeFixture.polls());
        try (var fixture = fixture()) {
            assertTheyTakeTurns(
                    fixture, work -> Thread.ofVirtual().name("guest").start(work));
        }
    }

    @Test
    void guests_on_platform_threads_take_turns() throws Exception {
        try (var fixture = fixture()) {
            assertTheyTakeTurns(fixture, fixture.runtime.guestThreads()::execute);
        }
    }

    @Test
    void guests_that_cannot_take_turns_are_kept_off_virtual_threads() throws InterruptedException {
        assumeFalse(RuntimeFixture.polls());
        try (var fixture = fixture()) {
            var failed = new FutureTask<>(() -> {
                assertThatThrownBy(() -> alive(fixture)).isInstanceOf(IllegalStateException.class);
                return true;
            });
            Thread.ofVirtual().name("guest").start(failed).join();
            assertThat(failed.state()).isEqualTo(FutureTask.State.SUCCESS);
        }
    }

    @Test
    void a_host_that_stops_ends_its_guests() throws Exception {
        var fixture = fixture();
        var spinning = new FutureTask<>(() -> fixture.call("bad", ACTS, "loop-forever", SPIN));
        fixture.runtime.guestThreads().execute(spinning);
        Eventually.within(
                20, SECONDS, () -> assertThat(fixture.metrics.scrape()).contains("wattle_sandboxes 1.0"));
        fixture.close();
        assertThat(spinning.get(20, SECONDS)).isInstanceOf(CallOutcome.TimedOut.class);
    }

    @Test
    void a_guest_ends_within_ten_milliseconds_of_its_deadline() {
        try (var fixture = fixture()) {
            assertThat(alive(fixture)).isEqualTo(ALIVE);
            Duration soonest = LONG;
            for (int i = 0; i < ATTEMPTS && soonest.toMillis() >= 10; i++) {
                Duration given = Duration.ofMillis(30);
                long begin = System.nanoTime();
                assertThat(fixture.call("bad", ACTS, "loop-forever", given)).isInstanceOf(CallOutcome.TimedOut.class);
                Duration late = Duration.ofNanos(System.nanoTime() - begin).minus(given);
                assertThat(late).isGreaterThanOrEqualTo(Duration.ZERO);
                soonest = late.compareTo(soonest) < 0 ? late : soonest;
            }
            assertThat(soonest).isLessThan(Duration.ofMillis(10));
        }
    }
}
