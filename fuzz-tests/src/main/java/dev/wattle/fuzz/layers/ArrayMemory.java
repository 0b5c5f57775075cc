package dev.wattle.fuzz.layers;

import dev.wattle.host.engine.GuestMemory;
import dev.wattle.host.engine.Trap;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/// A linear memory without an engine.
final class ArrayMemory implements GuestMemory {
    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);

    final byte[] bytes;

    /// @param bytes kept, not copied
    ArrayMemory(byte[] bytes) {
        this.bytes = bytes;
    }

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
    }

    private int at(long address, int length) {
        try {
            return (int) Objects.checkFromIndexSize(address, (long) length, (long) bytes.length);
        } catch (IndexOutOfBoundsException e) {
            throw new Trap(Trap.Kind.MEMORY_OUT_OF_BOUNDS, Trap.Kind.MEMORY_OUT_OF_BOUNDS.reason(), e);
        }
    }

    @Override
    public long sizeBytes() {
        return bytes.length;
    }

    @Override
    public byte readByte(long address) {
        return bytes[at(address, Byte.BYTES)];
    }

    @Override
    public short readShort(long address) {
        return (short) SHORT.get(bytes, at(address, Short.BYTES));
    }

    @Override
    public int readInt(long address) {
        return (int) INT.get(bytes, at(address, Integer.BYTES));
    }

    @Override
    public long readLong(long address) {
        return (long) LONG.get(bytes, at(address, Long.BYTES));
    }

    @Override
    public void writeByte(long address, byte value) {
        bytes[at(address, Byte.BYTES)] = value;
    }

    @Override
    public void writeShort(long address, short value) {
        SHORT.set(bytes, at(address, Short.BYTES), value);
    }

    @Override
    public void writeInt(long address, int value) {
        INT.set(bytes, at(address, Integer.BYTES), value);
    }

    @Override
    public void writeLong(long address, long value) {
        LONG.set(bytes, at(address, Long.BYTES), value);
    }

    @Override
    public byte[] read(long address, int length) {
        int from = at(address, length);
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    @Override
    public void write(long address, byte[] source, int offset, int length) {
        System.arraycopy(source, offset, bytes, at(address, length), length);
    }
}
