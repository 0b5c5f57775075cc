package dev.wattle.host.engine.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.host.engine.CoreModule;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// Makes a module change all the time between code that marks cards and code that does not.
final class ChangingCode {
    private static final long LONG = 1_000_000_000_000L;

    /// A mean forgets what was before after so many values.
    private static final int MANY = 60;

    private final AtomicInteger marking = new AtomicInteger();
    private final AtomicInteger plain = new AtomicInteger();

    void disturb(CoreModule module, SplittableRandom random) {
        ResetPolicy policy = ((JvmModule) module).policy();
        for (int i = 0; i < MANY && random.nextInt(MANY) != 0; i++) {
            policy.resetTook(random.nextBoolean() ? LONG : 1);
            policy.lived(random.nextBoolean() ? LONG : 1);
        }
        (policy.marking() ? marking : plain).incrementAndGet();
    }

    void assertChanged() {
        assertThat(marking.get()).isPositive();
        assertThat(plain.get()).isPositive();
    }
}
