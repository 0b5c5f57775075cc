package dev.wattle.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RoundsTest {
    private final List<String> order = new ArrayList<>();

    private Rounds.Contestant contestant(String name, double figure) {
        return new Rounds.Contestant(name, () -> {
            order.add(name);
            return Map.of("nanos", figure * order.size());
        });
    }

    @Test
    void every_other_round_goes_backwards() throws Exception {
        Rounds.run(List.of(contestant("a", 1), contestant("b", 1), contestant("c", 1)), 0, 3, _ -> {});
        assertThat(order).containsExactly("a", "b", "c", "c", "b", "a", "a", "b", "c");
    }

    @Test
    void rounds_that_warm_up_are_not_counted() throws Exception {
        var rounds = Rounds.run(List.of(contestant("a", 1)), 2, 3, _ -> {});
        assertThat(rounds.figures("a", "nanos")).containsExactly(3, 4, 5);
    }

    @Test
    void a_wrong_answer_ends_the_run() {
        var wrong = new Rounds.Contestant("wrong", () -> {
            throw new WrongAnswerException("2 + 2 was 5");
        });
        assertThatThrownBy(() -> Rounds.run(List.of(wrong), 0, 1, _ -> {})).hasMessage("2 + 2 was 5");
    }

    @Test
    void an_anchor_that_did_not_run_makes_no_row() throws Exception {
        var rounds = Rounds.run(List.of(contestant("a", 1)), 0, 1, _ -> {});
        assertThatThrownBy(() -> rounds.row("a", "ns", "a", "anchor", "nanos")).hasMessageContaining("anchor");
        assertThatThrownBy(() -> rounds.figures("a", "p99")).hasMessageContaining("p99");
    }

    @Test
    void a_row_shows_both_and_their_ratio() {
        var row = Row.of("a call", "µs", new double[] {20, 30, 40}, new double[] {10, 10, 10});
        assertThat(row.toMarkdown()).isEqualTo("| a call | 30.0 µs | 10.0 µs | **3.00** (2.00–4.00) |");
    }

    @Test
    void figures_have_three_digits() {
        assertThat(List.of(
                        Row.digits(0.1234), Row.digits(1.234), Row.digits(12.34), Row.digits(123.4), Row.digits(12345)))
                .containsExactly("0.123", "1.23", "12.3", "123", "12,345");
    }
}
