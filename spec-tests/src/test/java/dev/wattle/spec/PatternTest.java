package dev.wattle.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.host.engine.V128;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PatternTest {
    @Test
    void numbers_match_by_type_and_bits() {
        assertThat(new Pattern.I32(1).matches(1)).isTrue();
        assertThat(new Pattern.I32(1).matches(2)).isFalse();
        assertThat(new Pattern.I32(1).matches(1L)).isFalse();
        assertThat(new Pattern.I64(1).matches(1L)).isTrue();
        assertThat(new Pattern.I64(1).matches(1)).isFalse();
        assertThat(new Pattern.F32(0).matches(0f)).isTrue();
        assertThat(new Pattern.F32(0).matches(-0f)).isFalse();
        assertThat(new Pattern.F64(0).matches(0d)).isTrue();
        assertThat(new Pattern.F64(0).matches(-0d)).isFalse();
        assertThat(new Pattern.I32(0).matches(null)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "0x7fc00000, true, true",
        "0xffc00000, true, true",
        "0x7fc00001, false, true",
        "0x7fe00000, false, true",
        "0x7fa00000, false, false",
        "0x7f800000, false, false",
        "0x00000000, false, false"
    })
    void a_nan_is_canonical_or_arithmetic(long bits, boolean canonical, boolean arithmetic) {
        float value = Float.intBitsToFloat((int) bits);
        assertThat(new Pattern.Nan32(true).matches(value)).isEqualTo(canonical);
        assertThat(new Pattern.Nan32(false).matches(value)).isEqualTo(arithmetic);
    }

    @ParameterizedTest
    @CsvSource({
        "0x7ff8000000000000, true, true",
        "-0x8000000000000, true, true",
        "0x7ff8000000000001, false, true",
        "0x7ff4000000000000, false, false",
        "0x7ff0000000000000, false, false"
    })
    void a_nan_of_64_bits_likewise(long bits, boolean canonical, boolean arithmetic) {
        double value = Double.longBitsToDouble(bits);
        assertThat(new Pattern.Nan64(true).matches(value)).isEqualTo(canonical);
        assertThat(new Pattern.Nan64(false).matches(value)).isEqualTo(arithmetic);
    }

    @ParameterizedTest
    @CsvSource({"8, 16", "16, 8", "32, 4"})
    void each_lane_of_a_vector_counts(int bits, int lanes) {
        var zero = new Pattern.Vector(bits, Collections.nCopies(lanes, new Pattern.I32(0)));
        assertThat(zero.matches(new V128(0, 0))).isTrue();
        for (int i = 0; i < Long.SIZE; i++) {
            assertThat(zero.matches(new V128(1L << i, 0))).isFalse();
            assertThat(zero.matches(new V128(0, 1L << i))).isFalse();
        }
        var minusOne = new Pattern.Vector(bits, Collections.nCopies(lanes, new Pattern.I32(-1)));
        assertThat(minusOne.matches(new V128(-1, -1))).isTrue();
    }

    @Test
    void lanes_stand_from_the_lowest() {
        var doubles = new Pattern.Vector(64, List.of(new Pattern.I64(1), new Pattern.Nan64(true)));
        assertThat(doubles.matches(new V128(1, Pattern.CANONICAL_NAN_64))).isTrue();
        assertThat(doubles.matches(new V128(Pattern.CANONICAL_NAN_64, 1))).isFalse();
        var floats = new Pattern.Vector(
                32, List.of(new Pattern.F32(1), new Pattern.F32(2), new Pattern.F32(3), new Pattern.Nan32(false)));
        assertThat(floats.matches(new V128(2L << 32 | 1, (long) Pattern.CANONICAL_NAN << 32 | 3)))
                .isTrue();
        assertThat(floats.matches(new V128(1L << 32 | 2, (long) Pattern.CANONICAL_NAN << 32 | 3)))
                .isFalse();
    }

    @Test
    void references_match_by_what_they_are() {
        assertThat(new Pattern.Null().matches(null)).isTrue();
        assertThat(new Pattern.Null().matches("something")).isFalse();
        assertThat(new Pattern.NotNull().matches(null)).isFalse();
        assertThat(new Pattern.NotNull().matches("something")).isTrue();
        assertThat(new Pattern.Host(7).matches(new HostReference(7))).isTrue();
        assertThat(new Pattern.Host(7).matches(new HostReference(8))).isFalse();
    }

    @Test
    void either_wants_one_of_its_choices() {
        var pattern = new Pattern.Either(List.of(new Pattern.I32(1), new Pattern.I32(3)));
        assertThat(pattern.matches(1)).isTrue();
        assertThat(pattern.matches(3)).isTrue();
        assertThat(pattern.matches(2)).isFalse();
    }
}
