package dev.wattle.control.server;

import java.util.random.RandomGenerator;

/// Makes ids of versions as wadm does: ULIDs, which sort by the time when they were made.
final class VersionIds {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int TIME_CHARACTERS = 10;
    private static final int RANDOM_CHARACTERS = 16;

    private VersionIds() {}

    static String next(long epochMillis, RandomGenerator random) {
        var text = new StringBuilder();
        for (int i = TIME_CHARACTERS - 1; i >= 0; i--) {
            text.append(ALPHABET.charAt((int) (epochMillis >>> (5 * i)) & 31));
        }
        for (int i = 0; i < RANDOM_CHARACTERS; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
