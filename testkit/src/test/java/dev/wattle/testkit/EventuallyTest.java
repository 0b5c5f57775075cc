package dev.wattle.testkit;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class EventuallyTest {
    @Test
    void it_returns_as_soon_as_the_assertion_holds() {
        var tries = new AtomicInteger();
        Eventually.within(30, SECONDS, () -> assertThat(tries.incrementAndGet()).isEqualTo(3));
        assertThat(tries).hasValue(3);
    }

    @Test
    void a_checked_exception_is_a_state_that_is_not_there_yet() {
        var tries = new AtomicInteger();
        Eventually.within(30, SECONDS, () -> {
            if (tries.incrementAndGet() < 2) {
                throw new IOException("refused");
            }
        });
        assertThat(tries).hasValue(2);
    }

    @Test
    void the_last_failure_is_told_when_time_is_up() {
        assertThatThrownBy(() ->
                        Eventually.within(20, MILLISECONDS, () -> assertThat(1).isEqualTo(2)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("not within PT0.02S")
                .hasMessageContaining("expected: 2");
    }

    @Test
    void it_tries_once_even_without_time() {
        var tries = new AtomicInteger();
        Eventually.within(0, SECONDS, tries::incrementAndGet);
        assertThat(tries).hasValue(1);
    }

    @Test
    void an_interrupt_ends_the_wait_and_stays_set() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(
                        () -> Eventually.within(30, SECONDS, () -> assertThat(1).isEqualTo(2)))
                .isInstanceOf(AssertionError.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
