package dev.wattle.host.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Tells whether bytes are UTF-8, in place.
public final class Utf8 {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /// The bits that a byte of ASCII does not have, in eight of them.
    private static final long NOT_ASCII = 0x8080_8080_8080_8080L;

    /// Words that are looked at together.
    private static final int STEP = 4 * Long.BYTES;

    private Utf8() {}

    /// @throws IndexOutOfBoundsException when the range is not in the array
    public static boolean isValid(byte[] bytes, int from, int length) {
        int end = from + length;
        int at = from;
        while (end - at >= STEP) {
            long bits = (long) LONG.get(bytes, at)
                    | (long) LONG.get(bytes, at + Long.BYTES)
                    | (long) LONG.get(bytes, at + 2 * Long.BYTES)
                    | (long) LONG.get(bytes, at + 3 * Long.BYTES);
            if ((bits & NOT_ASCII) != 0) {
                return isValidByByte(bytes, at, end);
            }
            at += STEP;
        }
        while (end - at >= Long.BYTES) {
            if (((long) LONG.get(bytes, at) & NOT_ASCII) != 0) {
                return isValidByByte(bytes, at, end);
            }
            at += Long.BYTES;
        }
        return isValidByByte(bytes, at, end);
    }

    private static boolean isValidByByte(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end) {
            int first = bytes[at];
            if (first >= 0) {
                at++;
                continue;
            }
            int count = continuations(first);
            if (count == 0 || end - at <= count || !isSecond(first, bytes[at + 1])) {
                return false;
            }
            for (int i = 2; i <= count; i++) {
                if (!isContinuation(bytes[at + i])) {
                    return false;
                }
            }
            at += 1 + count;
        }
        return true;
    }

    /// How many bytes follow one that is not ASCII; 0 when it begins nothing.
    private static int continuations(int first) {
        int unsigned = first & 0xFF;
        if (unsigned >= 0xC2 && unsigned <= 0xDF) {
            return 1;
        }
        if (unsigned >= 0xE0 && unsigned <= 0xEF) {
            return 2;
        }
        return unsigned >= 0xF0 && unsigned <= 0xF4 ? 3 : 0;
    }

    /// The second byte must not make the sequence longer than needed, a surrogate, or too large.
    private static boolean isSecond(int first, byte second) {
        if (!isContinuation(second)) {
            return false;
        }
        int bits = second & 0x3F;
        return switch (first & 0xFF) {
            case 0xE0 -> bits >= 0x20;
            case 0xED -> bits < 0x20;
            case 0xF0 -> bits >= 0x10;
            case 0xF4 -> bits < 0x10;
            default -> true;
        };
    }

    private static boolean isContinuation(byte value) {
        return (value & 0xC0) == 0x80;
    }
}
