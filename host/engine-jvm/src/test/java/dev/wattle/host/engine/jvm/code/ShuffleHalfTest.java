package dev.wattle.host.engine.jvm.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.testkit.Gen;
import org.junit.jupiter.api.Test;

class ShuffleHalfTest {
    private static final int TIMES = 20_000;

    private static long result(ShuffleHalf plan, long[] halves) {
        long union = 0;
        for (ShuffleHalf.Move move : plan.moves()) {
            long half = halves[move.source()];
            long shifted = move.shift() < 0 ? half >>> -move.shift() : half << move.shift();
            union |= move.masked() ? shifted & move.mask() : shifted;
        }
        return union * plan.factor();
    }

    private static long lanes(Gen gen) {
        int start = gen.intBetween(0, 24);
        int step = gen.intBetween(0, 2);
        int period = 1 << gen.intBetween(0, 3);
        boolean random = gen.intBetween(0, 1) == 0;
        long lanes = 0;
        long previous = 0;
        for (int place = 0; place < 8; place++) {
            long lane = random ? gen.intBetween(0, 31) : (start + (long) step * place) % 32;
            previous = place < period ? previous | lane << (place * 8) : previous;
            lanes |= ((previous >>> (place % period * 8)) & 0xFF) << (place * 8);
        }
        return lanes;
    }

    @Test
    void moves_the_bytes_that_the_lanes_name() {
        Gen.check(TIMES, gen -> {
            long lanes = lanes(gen);
            long[] halves = {gen.anyLong(), gen.anyLong(), gen.anyLong(), gen.anyLong()};
            byte[] bytes = new byte[32];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (halves[i / 8] >>> (i % 8 * 8));
            }
            long expected = 0;
            for (int place = 0; place < 8; place++) {
                expected |= (bytes[(int) (lanes >>> (place * 8)) & 0xFF] & 0xFFL) << (place * 8);
            }
            assertThat(result(ShuffleHalf.of(lanes), halves))
                    .as("lanes %016x", lanes)
                    .isEqualTo(expected);
        });
    }

    @Test
    void a_half_that_stays_is_copied() {
        ShuffleHalf plan = ShuffleHalf.of(0x1716151413121110L);
        assertThat(plan.moves()).containsExactly(new ShuffleHalf.Move(2, 0, -1));
        assertThat(plan.moves().getFirst().masked()).isFalse();
        assertThat(plan.factor()).isEqualTo(1);
    }

    @Test
    void neighbours_that_move_together_need_no_mask() {
        ShuffleHalf plan = ShuffleHalf.of(0x0A09080706050403L);
        assertThat(plan.moves())
                .containsExactly(new ShuffleHalf.Move(0, -24, -1L >>> 24), new ShuffleHalf.Move(1, 40, -1L << 40))
                .noneMatch(ShuffleHalf.Move::masked);
    }

    @Test
    void a_lane_that_repeats_is_multiplied() {
        ShuffleHalf plan = ShuffleHalf.of(0x0302030203020302L);
        assertThat(plan.moves()).containsExactly(new ShuffleHalf.Move(0, -16, 0xFFFF));
        assertThat(plan.factor()).isEqualTo(0x0001000100010001L);
    }
}
