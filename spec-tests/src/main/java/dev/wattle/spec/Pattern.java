package dev.wattle.spec;

import dev.wattle.host.engine.V128;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a script expects of one result.
sealed interface Pattern {
    int CANONICAL_NAN = 0x7FC0_0000;
    long CANONICAL_NAN_64 = 0x7FF8_0000_0000_0000L;

    record I32(int value) implements Pattern {}

    record I64(long value) implements Pattern {}

    /// Exactly these bits.
    record F32(int bits) implements Pattern {}

    /// Exactly these bits.
    record F64(long bits) implements Pattern {}

    /// A NaN of any sign: with the canonical payload, or (arithmetic) with its highest bit set.
    record Nan32(boolean canonical) implements Pattern {}

    /// Likewise, of 64 bits.
    record Nan64(boolean canonical) implements Pattern {}

    /// Lanes from the lowest; narrow integers are [I32] with their lowest bits.
    record Vector(int laneBits, List<Pattern> lanes) implements Pattern {
        public Vector {
            lanes = List.copyOf(lanes);
            if (laneBits * lanes.size() != Long.SIZE * 2) {
                throw new IllegalArgumentException("%d lanes of %d bits".formatted(lanes.size(), laneBits));
            }
        }

        private boolean matchesLanes(V128 value) {
            for (int i = 0; i < lanes.size(); i++) {
                int from = i * laneBits;
                long half = from < Long.SIZE ? value.low() : value.high();
                if (!matchesLane(lanes.get(i), laneBits, half >>> from)) {
                    return false;
                }
            }
            return true;
        }
    }

    /// Any null reference.
    record Null() implements Pattern {}

    /// Any reference but null.
    record NotNull() implements Pattern {}

    /// An object that the script gave, or of which it knows the number.
    record Host(long number) implements Pattern {}

    /// A value of a component, of a type that core modules do not have.
    record Value(Literal literal) implements Pattern {}

    /// One of these.
    record Either(List<Pattern> choices) implements Pattern {
        public Either {
            choices = List.copyOf(choices);
        }
    }

    /// Does a result, as the engine's contract describes it, fit?
    default boolean matches(@Nullable Object actual) {
        return switch (this) {
            case I32(int value) -> actual instanceof Integer number && number == value;
            case I64(long value) -> actual instanceof Long number && number == value;
            case F32(int bits) -> actual instanceof Float number && Float.floatToRawIntBits(number) == bits;
            case F64(long bits) -> actual instanceof Double number && Double.doubleToRawLongBits(number) == bits;
            case Nan32(boolean canonical) ->
                actual instanceof Float number && isNan(Float.floatToRawIntBits(number), canonical);
            case Nan64(boolean canonical) ->
                actual instanceof Double number && isNan(Double.doubleToRawLongBits(number), canonical);
            case Vector vector -> actual instanceof V128 value && vector.matchesLanes(value);
            case Null _ -> actual == null;
            case NotNull _ -> actual != null;
            case Host(long number) -> Objects.equals(actual, new HostReference(number));
            case Value(Literal literal) -> actual instanceof Answer answer && answer.is(literal);
            case Either(var choices) -> choices.stream().anyMatch(choice -> choice.matches(actual));
        };
    }

    private static boolean isNan(int bits, boolean canonical) {
        int magnitude = bits & Integer.MAX_VALUE;
        return canonical ? magnitude == CANONICAL_NAN : (magnitude & CANONICAL_NAN) == CANONICAL_NAN;
    }

    private static boolean isNan(long bits, boolean canonical) {
        long magnitude = bits & Long.MAX_VALUE;
        return canonical ? magnitude == CANONICAL_NAN_64 : (magnitude & CANONICAL_NAN_64) == CANONICAL_NAN_64;
    }

    /// Results in the words of a script, for messages.
    static String describe(@Nullable Object actual) {
        return switch (actual) {
            case null -> "null";
            case Integer value -> "i32 " + value;
            case Long value -> "i64 " + value;
            case Float value -> "f32 %s (0x%08x)".formatted(value, Float.floatToRawIntBits(value));
            case Double value -> "f64 %s (0x%016x)".formatted(value, Double.doubleToRawLongBits(value));
            case V128 value -> "v128 0x%016x_%016x".formatted(value.high(), value.low());
            case HostReference(long number) -> "host reference " + number;
            case Answer answer -> answer.toString();
            default -> "a " + actual.getClass().getSimpleName();
        };
    }

    private static boolean matchesLane(Pattern pattern, int laneBits, long lane) {
        return switch (pattern) {
            case I32(int value) -> ((value ^ lane) & ((1L << laneBits) - 1)) == 0;
            case I64(long value) -> value == lane;
            case F32(int bits) -> bits == (int) lane;
            case F64(long bits) -> bits == lane;
            case Nan32(boolean canonical) -> isNan((int) lane, canonical);
            case Nan64(boolean canonical) -> isNan(lane, canonical);
            case Vector _, Null _, NotNull _, Host _, Value _, Either _ ->
                throw new IllegalArgumentException("not a lane: " + pattern);
        };
    }
}
