package dev.wattle.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class StatisticsTest {
    @Test
    void a_median_is_the_middle_value_in_whatever_order_they_come() {
        assertThat(Statistics.median(new double[] {9, 1, 5})).isEqualTo(5);
        assertThat(Statistics.median(new double[] {4})).isEqualTo(4);
    }

    @Test
    void a_median_of_an_even_number_is_the_mean_of_the_two_in_the_middle() {
        assertThat(Statistics.median(new double[] {10, 2, 4, 1})).isEqualTo(3);
    }

    @Test
    void a_range_has_the_median_and_both_ends() {
        assertThat(Statistics.range(new double[] {3, -1, 8})).isEqualTo(new Statistics.Range(3, -1, 8));
    }

    @Test
    void one_disturbed_round_does_not_move_the_median() {
        assertThat(Statistics.median(new double[] {2, 2, 2, 1_000})).isEqualTo(2);
    }

    @Test
    void a_percentile_is_a_value_that_was_measured() {
        long[] hundred = new long[100];
        Arrays.setAll(hundred, i -> 100 - i);
        assertThat(Statistics.percentile(hundred, 0.99)).isEqualTo(99);
        assertThat(Statistics.percentile(hundred, 0.5)).isEqualTo(50);
        assertThat(Statistics.percentile(hundred, 1)).isEqualTo(100);
        assertThat(Statistics.percentile(new long[] {7}, 0.01)).isEqualTo(7);
        assertThat(Statistics.percentile(new long[] {1, 2, 3}, 0.99)).isEqualTo(3);
    }

    @Test
    void neither_sorts_what_it_was_given() {
        long[] longs = {3, 1, 2};
        double[] doubles = {3, 1, 2};
        Statistics.percentile(longs, 0.5);
        Statistics.median(doubles);
        assertThat(longs).containsExactly(3, 1, 2);
        assertThat(doubles).containsExactly(3, 1, 2);
    }

    @Test
    void ratios_are_taken_round_by_round() {
        double[] ratios = Statistics.ratios(new double[] {2, 30}, new double[] {1, 10});
        assertThat(ratios).containsExactly(2, 3);
        // Not the ratio of the medians, which would be 16 / 5.5.
        assertThat(Statistics.median(ratios)).isEqualTo(2.5, within(1e-12));
    }

    @Test
    void nothing_measured_is_no_figure() {
        assertThatThrownBy(() -> Statistics.median(new double[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Statistics.percentile(new long[0], 0.5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Statistics.percentile(new long[1], 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Statistics.ratios(new double[1], new double[2]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
