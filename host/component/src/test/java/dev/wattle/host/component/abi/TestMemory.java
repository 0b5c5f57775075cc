package dev.wattle.host.component.abi;

import dev.wattle.host.engine.GuestMemory;
import dev.wattle.host.engine.Trap;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// A linear memory over an array.
final class TestMemory implements GuestMemory {
    private final ByteBuffer bytes;

    TestMemory(int sizeBytes) {
        this(new byte[sizeBytes]);
    }

    TestMemory(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private int checked(long address, int length) {
        if (address < 0 || length < 0 || address > bytes.capacity() - (long) length) {
            throw new Trap(Trap.Kind.MEMORY_OUT_OF_BOUNDS);
        }
        return (int) address;
    }

    @Override
    public long sizeBytes() {
        return bytes.capacity();
    }

    @Override
    public byte readByte(long address) {
        return bytes.get(checked(address, 1));
    }

    @Override
    public short readShort(long address) {
        return bytes.getShort(checked(address, 2));
    }

    @Override
    public int readInt(long address) {
        return bytes.getInt(checked(address, 4));
    }

    @Override
    public long readLong(long address) {
        return bytes.getLong(checked(address, 8));
    }

    @Override
    public void writeByte(long address, byte value) {
        bytes.put(checked(address, 1), value);
    }

    @Override
    public void writeShort(long address, short value) {
        bytes.putShort(checked(address, 2), value);
    }

    @Override
    public void writeInt(long address, int value) {
        bytes.putInt(checked(address, 4), value);
    }

    @Override
    public void writeLong(long address, long value) {
        bytes.putLong(checked(address, 8), value);
    }

    @Override
    public byte[] read(long address, int length) {
        byte[] target = new byte[length];
        bytes.get(checked(address, length), target);
        return target;
    }

    @Override
    public void write(long address, byte[] source, int offset, int length) {
        bytes.put(checked(address, length), source, offset, length);
    }
}
