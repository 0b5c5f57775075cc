package dev.wattle.host.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 4711})
    void random_bytes_are_judged_as_the_jdk_does(long seed) {
        var random = new SplittableRandom(seed);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = bytes(random);
            assertThat(Utf8.isValid(bytes, 0, bytes.length))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(decodes(bytes, 0, bytes.length));
        }
    }

    /// ASCII with a few bytes that begin or go on with sequences.
    private static byte[] bytes(SplittableRandom random) {
        byte[] bytes = new byte[random.nextInt(80)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) random.nextInt(0x20, 0x7F);
        }
        byte[] text = Character.toString(random.nextInt(0x80, 0x11_0000)).getBytes(StandardCharsets.UTF_8);
        for (int i = random.nextInt(90); i < bytes.length; i++) {
            bytes[i] = random.nextInt(4) == 0 ? (byte) random.nextInt() : text[i % text.length];
        }
        return bytes;
    }

    private static boolean decodes(byte[] bytes, int from, int length) {
        try {
            var _ = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, length));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    @Test
    void every_character_is_valid_and_nothing_that_is_cut_off() {
        for (int codePoint = 1; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
            if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
                byte[] bytes = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
                assertThat(Utf8.isValid(bytes, 0, bytes.length)).isTrue();
                assertThat(Utf8.isValid(bytes, 0, bytes.length - 1)).isEqualTo(bytes.length == 1);
            }
        }
    }

    @Test
    void only_the_range_is_looked_at() {
        byte[] bytes = {(byte) 0xFF, 'a', (byte) 0xC3, (byte) 0xA4, (byte) 0xFF};
        assertThat(Utf8.isValid(bytes, 1, 3)).isTrue();
        assertThat(Utf8.isValid(bytes, 1, 4)).isFalse();
    }
}
