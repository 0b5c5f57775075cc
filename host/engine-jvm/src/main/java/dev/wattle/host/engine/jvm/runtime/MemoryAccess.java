package dev.wattle.host.engine.jvm.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// How generated code reads and writes the bytes of a memory. An index outside the array is an
/// `IndexOutOfBoundsException`.
///
/// Methods, not accesses in the generated code itself: HotSpot's optimising compiler inlines them, and its
/// quick one, which the accessors of a few dozen loads and stores would make give up, calls them.
///
/// An address is an unsigned number, to which an offset that is not negative is added: the index is negative,
/// or too large, exactly when the sum is out of bounds.
public final class MemoryAccess {
    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);

    private static final int CARD_SHIFT = Memory.CARD_SHIFT;

    private MemoryAccess() {}

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN)
                .withInvokeExactBehavior();
    }

    public static byte loadByte(byte[] bytes, int address, int offset) {
        return bytes[(address + offset) | (address >> 31)];
    }

    public static void storeByte(byte[] bytes, int address, int value, int offset) {
        bytes[(address + offset) | (address >> 31)] = (byte) value;
    }

    /// Marks the card first.
    public static void storeByte(byte[] bytes, int address, int value, int offset, byte[] cards) {
        int index = (address + offset) | (address >> 31);
        cards[index >>> CARD_SHIFT] = 1;
        bytes[index] = (byte) value;
    }

    public static short loadShort(byte[] bytes, int index) {
        return (short) SHORT.get(bytes, index);
    }

    public static short loadShort(byte[] bytes, int address, int offset) {
        return (short) SHORT.get(bytes, (address + offset) | (address >> 31));
    }

    public static void storeShort(byte[] bytes, int index, int value) {
        SHORT.set(bytes, index, (short) value);
    }

    public static void storeShort(byte[] bytes, int address, int value, int offset) {
        SHORT.set(bytes, (address + offset) | (address >> 31), (short) value);
    }

    /// Marks the card first.
    public static void storeShort(byte[] bytes, int address, int value, int offset, byte[] cards) {
        int index = (address + offset) | (address >> 31);
        cards[index >>> CARD_SHIFT] = 1;
        SHORT.set(bytes, index, (short) value);
    }

    public static int loadInt(byte[] bytes, int index) {
        return (int) INT.get(bytes, index);
    }

    public static int loadInt(byte[] bytes, int address, int offset) {
        return (int) INT.get(bytes, (address + offset) | (address >> 31));
    }

    public static void storeInt(byte[] bytes, int index, int value) {
        INT.set(bytes, index, value);
    }

    public static void storeInt(byte[] bytes, int address, int value, int offset) {
        INT.set(bytes, (address + offset) | (address >> 31), value);
    }

    /// Marks the card first.
    public static void storeInt(byte[] bytes, int address, int value, int offset, byte[] cards) {
        int index = (address + offset) | (address >> 31);
        cards[index >>> CARD_SHIFT] = 1;
        INT.set(bytes, index, value);
    }

    public static long loadLong(byte[] bytes, int index) {
        return (long) LONG.get(bytes, index);
    }

    public static long loadLong(byte[] bytes, int address, int offset) {
        return (long) LONG.get(bytes, (address + offset) | (address >> 31));
    }

    public static void storeLong(byte[] bytes, int index, long value) {
        LONG.set(bytes, index, value);
    }

    public static void storeLong(byte[] bytes, int address, long value, int offset) {
        LONG.set(bytes, (address + offset) | (address >> 31), value);
    }

    /// Marks the card first.
    public static void storeLong(byte[] bytes, int address, long value, int offset, byte[] cards) {
        int index = (address + offset) | (address >> 31);
        cards[index >>> CARD_SHIFT] = 1;
        LONG.set(bytes, index, value);
    }
}
