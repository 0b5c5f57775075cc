package dev.wattle.wit;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// An immutable sequence of bytes, compared by content. Safe for any thread.
public final class ByteString {
    /// No bytes.
    public static final ByteString EMPTY = new ByteString(new byte[0]);

    private final byte[] bytes;

    private ByteString(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Copies the array.
    public static ByteString copyOf(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new ByteString(bytes.clone());
    }

    /// Takes the array over: the caller must not touch it again. For code that just made it.
    public static ByteString adopt(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new ByteString(bytes);
    }

    /// How many bytes.
    public int size() {
        return bytes.length;
    }

    /// The byte at `index`, 0..size-1.
    public byte at(int index) {
        return bytes[index];
    }

    /// A copy of the bytes.
    public byte[] toArray() {
        return bytes.clone();
    }

    /// The bytes without a copy, read-only.
    public ByteBuffer asBuffer() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /// Code that looks at an array and never changes or keeps it.
    @FunctionalInterface
    public interface Reader {
        void read(byte[] bytes, int offset, int length);
    }

    /// Shows all bytes to code that only reads them, without a copy.
    public void show(Reader reader) {
        reader.read(bytes, 0, bytes.length);
    }

    /// Copies all bytes into `target` from `offset`.
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, bytes.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ByteString that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "ByteString[" + bytes.length + " bytes]";
    }
}
