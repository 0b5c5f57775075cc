package dev.wattle.host.component.abi;

import dev.wattle.host.engine.Trap;
import dev.wattle.wit.Values;
import org.jspecify.annotations.Nullable;

/// What generated code calls to lift and lower values of Java's own types. The rules are those of
/// [ValueLifting], [ValueLowering] and [ValueChecks].
public final class JavaValues {
    private JavaValues() {}

    public static boolean liftBool(int flat) {
        return flat != 0;
    }

    /// NaN is made canonical, as it is when lowered.
    public static float canonical(float number) {
        return Float.isNaN(number) ? Float.NaN : number;
    }

    /// NaN is made canonical, as it is when lowered.
    public static double canonical(double number) {
        return Double.isNaN(number) ? Double.NaN : number;
    }

    public static int liftChar(int flat) {
        if (!isChar(flat)) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "invalid `char` bit pattern 0x%x".formatted(flat));
        }
        return flat;
    }

    public static String liftString(LiftLowerContext cx, int pointer, int taggedCodeUnits) {
        return Strings.loadText(cx, Integer.toUnsignedLong(pointer), Integer.toUnsignedLong(taggedCodeUnits));
    }

    /// A `list<u8>`.
    public static byte[] liftBytes(LiftLowerContext cx, int pointer, int length) {
        return ValueLifting.bytes(cx, pointer, length);
    }

    public static boolean isIn(long number, long smallest, long largest) {
        return number >= smallest && number <= largest;
    }

    public static boolean isChar(int codePoint) {
        return Character.isValidCodePoint(codePoint)
                && (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE);
    }

    public static boolean isString(@Nullable String text) {
        return text != null && Values.isWellFormed(text);
    }

    public static boolean isBytes(byte @Nullable [] bytes) {
        return bytes != null;
    }

    public static long lowerString(LiftLowerContext cx, String text) {
        return ValueLowering.lowerText(cx, text);
    }

    public static long lowerBytes(LiftLowerContext cx, byte[] bytes) {
        return ValueLowering.range(Storing.storeBytes(cx, bytes), bytes.length);
    }

    public static long load64(LiftLowerContext cx, long pointer) {
        return cx.memory().readLong(pointer);
    }

    public static void store64(LiftLowerContext cx, long value, long pointer) {
        cx.memory().writeLong(pointer, value);
    }
}
