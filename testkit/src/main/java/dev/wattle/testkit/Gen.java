package dev.wattle.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;

/// Random values from a seed, for property tests. The same seed gives the same values on every machine.
///
/// ```java
/// Gen.check(1000, gen -> {
///     var numbers = gen.list(20, g -> g.intBetween(-5, 5));
///     assertThat(sorted(numbers)).isSorted();
/// });
/// ```
///
/// A failure says which seed repeats it: `-Dwattle.seed=N`, or `WATTLE_SEED=N` for the whole ring. Not safe for
/// concurrent use:
/// give each thread its own [#split()].
public final class Gen {
    private static final String SEED_PROPERTY = "wattle.seed";

    private final SplittableRandom random;

    private Gen(SplittableRandom random) {
        this.random = random;
    }

    /// Values from `seed`.
    public static Gen of(long seed) {
        return new Gen(new SplittableRandom(seed));
    }

    /// Values for case `number` of `seed`, which have nothing in common with those of other cases. A seed plus a
    /// multiple of a constant will not do: by the constant that [SplittableRandom] itself counts by, a case would
    /// be the one before it, less its first value.
    public static Gen of(long seed, long number) {
        return of(new SplittableRandom(seed).nextLong()
                ^ new SplittableRandom(number).split().nextLong());
    }

    /// The seed of this run: what `-Dwattle.seed` says, else a new one at each call. Print it when a test
    /// fails.
    public static long seed() {
        var given = Long.getLong(SEED_PROPERTY);
        return given != null ? given : new SplittableRandom().nextInt(Integer.MAX_VALUE);
    }

    /// Runs `property` `times` times, each with values of its own; a failure names the seed that repeats it.
    public static void check(int times, Consumer<Gen> property) {
        check(seed(), times, property);
    }

    /// The same from a given seed: for a found bug that stays as a test.
    public static void check(long seed, int times, Consumer<Gen> property) {
        var all = Gen.of(seed);
        for (int run = 1; run <= times; run++) {
            try {
                property.accept(all.split());
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError(
                        "run %d of %d, repeat with -D%s=%d: %s"
                                .formatted(run, times, SEED_PROPERTY, seed, failure.getMessage()),
                        failure);
            }
        }
    }

    /// A generator whose values do not depend on how many were taken from this one afterwards.
    public Gen split() {
        return new Gen(random.split());
    }

    /// From `min` to `max`, both included.
    public int intBetween(int min, int max) {
        return (int) random.nextLong(min, max + 1L);
    }

    /// From `min` to `max`, both included; `max` may not be [Long#MAX_VALUE].
    public long longBetween(long min, long max) {
        return random.nextLong(min, Math.addExact(max, 1));
    }

    /// Any `long`.
    public long anyLong() {
        return random.nextLong();
    }

    /// True as often as false.
    public boolean bool() {
        return random.nextBoolean();
    }

    /// Any bit pattern of a `double`: NaN, infinities and subnormals too.
    public double anyDouble() {
        return Double.longBitsToDouble(random.nextLong());
    }

    /// Any Unicode scalar value: a code point that is no surrogate.
    public int codePoint() {
        var plain =
                random.nextInt(Character.MAX_CODE_POINT + 1 - (Character.MAX_SURROGATE + 1 - Character.MIN_SURROGATE));
        return plain < Character.MIN_SURROGATE
                ? plain
                : plain + (Character.MAX_SURROGATE + 1 - Character.MIN_SURROGATE);
    }

    /// Well-formed text of up to `maxCodePoints` code points; half of them are ASCII letters, since those are
    /// what programs treat well.
    public String string(int maxCodePoints) {
        var text = new StringBuilder();
        for (int left = intBetween(0, maxCodePoints); left > 0; left--) {
            text.appendCodePoint(bool() ? intBetween('a', 'z') : codePoint());
        }
        return text.toString();
    }

    /// Up to `maxSize` bytes.
    public byte[] bytes(int maxSize) {
        var bytes = new byte[intBetween(0, maxSize)];
        random.nextBytes(bytes);
        return bytes;
    }

    /// One of `choices`.
    public <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /// Up to `maxSize` elements, each from `element`.
    public <T> List<T> list(int maxSize, Function<Gen, T> element) {
        var size = intBetween(0, maxSize);
        var elements = new ArrayList<T>(size);
        for (int i = 0; i < size; i++) {
            elements.add(element.apply(this));
        }
        return List.copyOf(elements);
    }
}
