package dev.wattle.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class GenTest {
    @Test
    void the_same_seed_gives_the_same_values() {
        assertThat(valuesFrom(17)).isEqualTo(valuesFrom(17)).isNotEqualTo(valuesFrom(18));
    }

    private static List<String> valuesFrom(long seed) {
        return Gen.of(seed).list(50, gen -> gen.string(10) + gen.anyLong() + gen.bool());
    }

    @Test
    void both_ends_of_a_range_are_reached_and_nothing_beyond() {
        var gen = Gen.of(1);
        var seen = new TreeSet<Integer>();
        for (int i = 0; i < 1000; i++) {
            seen.add(gen.intBetween(-1, 2));
        }
        assertThat(seen).containsExactly(-1, 0, 1, 2);
        assertThat(gen.intBetween(Integer.MAX_VALUE, Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void text_is_well_formed() {
        Gen.check(2000, gen -> {
            var text = gen.string(20);
            assertThat(text.codePoints())
                    .allMatch(point -> Character.isValidCodePoint(point)
                            && (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE));
            assertThat(text.codePointCount(0, text.length())).isLessThanOrEqualTo(20);
        });
    }

    @Test
    void a_failure_names_the_run_and_the_seed() {
        assertThatThrownBy(() -> Gen.check(
                        4711, 100, gen -> assertThat(gen.intBetween(0, 9)).isLessThan(9)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("-Dwattle.seed=4711")
                .hasMessageContaining("of 100");
    }

    @Test
    void each_run_gets_other_values() {
        var seen = new ArrayList<Long>();
        Gen.check(10, gen -> seen.add(gen.anyLong()));
        assertThat(seen).doesNotHaveDuplicates().hasSize(10);
    }

    @Test
    void cases_of_a_seed_share_no_values_and_no_splits() {
        var seen = new ArrayList<Long>();
        for (long number = 0; number < 20; number++) {
            Gen values = Gen.of(4711, number);
            Gen splits = Gen.of(4711, number);
            for (int i = 0; i < 50; i++) {
                seen.add(values.anyLong());
                seen.add(splits.split().anyLong());
            }
        }
        assertThat(seen).doesNotHaveDuplicates();
        assertThat(Gen.of(4711, 3).anyLong()).isEqualTo(Gen.of(4711, 3).anyLong());
    }

    @Test
    void a_list_has_at_most_the_elements_that_were_asked_for() {
        Gen.check(200, gen -> assertThat(gen.list(3, Gen::bool)).hasSizeLessThanOrEqualTo(3));
    }
}
