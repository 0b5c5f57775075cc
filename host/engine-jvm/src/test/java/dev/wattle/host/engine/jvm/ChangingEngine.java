package dev.wattle.host.engine.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.host.engine.CoreModule;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.MemoryBudget;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// An engine that changes its mind all the time: between code that marks cards and code that does not, and about what
/// it keeps of idle memories.
final class ChangingEngine {
    private static final long LONG = 1_000_000_000_000L;

    /// A mean forgets what was before after so many values.
    private static final int MANY = 60;

    /// What is idle goes at the second sweep at which nobody needed it.
    private static final int SWEEPS = 4;

    /// One in so many runs begins with a sweep.
    private static final int SWEEPING = 10;

    private final MemoryBudget budget = new MemoryBudget(256L << 20);
    private final JvmEngine engine = new JvmEngine(JvmOptions.of(budget));
    private final AtomicInteger marking = new AtomicInteger();
    private final AtomicInteger plain = new AtomicInteger();

    Engine engine() {
        return engine;
    }

    void disturb(CoreModule module, SplittableRandom random) {
        ResetPolicy policy = ((JvmModule) module).policy();
        for (int i = 0; i < MANY && random.nextInt(MANY) != 0; i++) {
            policy.resetTook(random.nextBoolean() ? LONG : 1);
            policy.lived(random.nextBoolean() ? LONG : 1);
        }
        (policy.marking() ? marking : plain).incrementAndGet();
        if (random.nextInt(SWEEPING) == 0) {
            engine.sweep();
        }
    }

    /// Both kinds of code ran, and all instances are closed.
    void assertChangedAndNothingLeft() {
        assertThat(marking.get()).isPositive();
        assertThat(plain.get()).isPositive();
        for (int i = 0; i < SWEEPS; i++) {
            engine.sweep();
        }
        assertThat(engine.sweep()).as("something is idle").isFalse();
        assertThat(budget.usedBytes()).isZero();
    }
}
