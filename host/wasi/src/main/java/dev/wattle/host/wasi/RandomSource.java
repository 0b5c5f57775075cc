package dev.wattle.host.wasi;

import java.security.SecureRandom;
import java.util.SplittableRandom;

/// Makes bytes up. Safe for any thread.
@FunctionalInterface
public interface RandomSource {
    /// Fills the array.
    void fill(byte[] target);

    /// The system's secure generator.
    static RandomSource secure() {
        return new SecureRandom()::nextBytes;
    }

    /// A sequence that the seed determines: for tests, and for guests that must run the same each time.
    static RandomSource seeded(long seed) {
        var random = new SplittableRandom(seed);
        return target -> {
            synchronized (random) {
                random.nextBytes(target);
            }
        };
    }
}
