package dev.wattle.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.function.BiConsumer;

/// Writes the binary format.
final class Bytes {
    private static final int LEB_BITS = 7;
    private static final int LEB_MORE = 0x80;
    private static final int LEB_MASK = 0x7F;
    private static final int LEB_SIGN = 0x40;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Bytes raw(int... bytes) {
        for (int value : bytes) {
            out.write(value);
        }
        return this;
    }

    Bytes raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /// An unsigned number, as short as it can be.
    Bytes unsigned(long value) {
        long rest = value;
        while ((rest & ~LEB_MASK) != 0) {
            out.write((int) (rest & LEB_MASK) | LEB_MORE);
            rest >>>= LEB_BITS;
        }
        out.write((int) rest);
        return this;
    }

    /// A signed number, as short as it can be.
    Bytes signed(long value) {
        long rest = value;
        while (rest < -LEB_SIGN || rest >= LEB_SIGN) {
            out.write((int) (rest & LEB_MASK) | LEB_MORE);
            rest >>= LEB_BITS;
        }
        out.write((int) rest & LEB_MASK);
        return this;
    }

    /// A number of `count` bytes, the low one first.
    Bytes little(long value, int count) {
        for (int i = 0; i < count; i++) {
            out.write((int) (value >>> (Byte.SIZE * i)));
        }
        return this;
    }

    Bytes name(String text) {
        return sized(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The length, and the bytes.
    Bytes sized(byte[] bytes) {
        return unsigned(bytes.length).raw(bytes);
    }

    /// The count, and each element.
    <T> Bytes vector(Collection<T> elements, BiConsumer<Bytes, T> write) {
        unsigned(elements.size());
        elements.forEach(element -> write.accept(this, element));
        return this;
    }

    /// Value types.
    Bytes types(Collection<Type> types) {
        return vector(types, (bytes, type) -> bytes.raw(type.code()));
    }

    byte[] toArray() {
        return out.toByteArray();
    }
}
