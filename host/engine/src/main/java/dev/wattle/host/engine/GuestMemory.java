package dev.wattle.host.engine;

/// The bytes of a linear memory: little-endian, every access checked. Addresses are unsigned 32-bit values,
/// widened to long by the caller; an access outside is a [Trap] of [Trap.Kind#MEMORY_OUT_OF_BOUNDS]. One thread
/// at a time.
public interface GuestMemory {
    /// Its size now, in bytes.
    long sizeBytes();

    byte readByte(long address);

    short readShort(long address);

    int readInt(long address);

    long readLong(long address);

    void writeByte(long address, byte value);

    void writeShort(long address, short value);

    void writeInt(long address, int value);

    void writeLong(long address, long value);

    /// Copies `length` bytes from guest memory into a new array. The range is checked before anything is
    /// allocated.
    byte[] read(long address, int length);

    /// Copies a part of `source` into guest memory.
    void write(long address, byte[] source, int offset, int length);

    /// Copies a range of another memory into this one. Both ranges are checked before anything is written.
    default void copy(long to, GuestMemory source, long from, int length) {
        write(to, source.read(from, length), 0, length);
    }

    /// Does the range hold UTF-8?
    default boolean isUtf8(long address, int length) {
        return Utf8.isValid(read(address, length), 0, length);
    }
}
