package dev.wattle.host.engine.jvm;

/// Decides, for one module, whether its next instance marks cards. Marks make compute slower, by up to a fifth;
/// without them all of a memory is reset after each instance, some 14 µs a MiB. So an instance that lives long
/// enough for that not to be felt does not mark.
///
/// Safe for any thread, without locks: a decision that comes an instance later is as good.
final class ResetPolicy {
    /// Resetting all is felt when it takes more than this part of an instance's life.
    private static final int FELT = 20;

    /// And is not felt any more when it takes less than this part: apart, so that a module does not go back and
    /// forth.
    private static final int NOT_FELT = 60;

    /// So many instances tell how a module is used. Fewer would decide by how slow the first ones are, whose code
    /// is interpreted.
    private static final int FIRST_DECISION = 32;

    /// After the first decision, one in so many is timed: a clock costs as much as a tenth of a small instance.
    private static final int SAMPLE = 64;

    /// Newer observations count as much as this many older ones.
    private static final int MEMORY = 8;

    private final JvmOptions.Cards option;

    /// So many there were, about: threads that count at once may count as one.
    private int instances;

    private volatile long meanLifeNanos;
    private volatile long meanResetNanos;
    private volatile boolean marking;

    ResetPolicy(JvmOptions.Cards option) {
        this.option = option;
        this.marking = option == JvmOptions.Cards.ALWAYS;
    }

    /// Whether the next instance shall mark.
    boolean marking() {
        return marking;
    }

    /// Counts an instance.
    ///
    /// @return whether its life and the reset of its memory are to be timed
    boolean samples() {
        if (option != JvmOptions.Cards.MEASURED) {
            return false;
        }
        int count = instances + 1;
        instances = count;
        return (count & (SAMPLE - 1)) == 0 || (count > 0 && count <= FIRST_DECISION);
    }

    /// A memory was reset as a whole.
    void resetTook(long nanos) {
        meanResetNanos = mean(meanResetNanos, nanos);
    }

    /// An instance lived so long, from its first call to its end.
    void lived(long nanos) {
        meanLifeNanos = mean(meanLifeNanos, nanos);
        int count = instances;
        if (count >= 0 && count < FIRST_DECISION) {
            return;
        }
        long felt = meanResetNanos * (marking ? NOT_FELT : FELT);
        marking = felt > meanLifeNanos;
    }

    private static long mean(long before, long now) {
        return before == 0 ? now : before + (now - before) / MEMORY;
    }
}
