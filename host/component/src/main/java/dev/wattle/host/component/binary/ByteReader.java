package dev.wattle.host.component.binary;

import dev.wattle.host.component.Feature;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// A cursor over a part of the file. Every read is checked against the part's end and fails with the byte's
/// offset in the whole file. One thread.
final class ByteReader {
    /// Elements of all vectors of a file together: each costs the decoder about 100 bytes, so 50 MiB of
    /// definitions cannot cost gigabytes. Compilers emit thousands.
    static final int MAX_ELEMENTS = 400_000;

    private final byte[] bytes;
    private final int end;
    private final String what;
    private final Budget budget;
    private final FeatureGate features;
    private int position;

    private ByteReader(byte[] bytes, int start, int end, String what, Budget budget, FeatureGate features) {
        this.bytes = bytes;
        this.position = start;
        this.end = end;
        this.what = what;
        this.budget = budget;
        this.features = features;
    }

    /// What is left of the elements that a file may have.
    private static final class Budget {
        private int left = MAX_ELEMENTS;
    }

    static ByteReader of(byte[] bytes, FeatureGate features) {
        return new ByteReader(bytes, 0, bytes.length, "the head of a section", new Budget(), features);
    }

    /// What is read needs a feature.
    ///
    /// @param offset of its first byte
    /// @param what for the message, such as "the type stream"
    void use(Feature feature, int offset, String what) {
        features.use(feature, offset, what);
    }

    /// The features that the file may use.
    FeatureGate features() {
        return features;
    }

    int position() {
        return position;
    }

    int remaining() {
        return end - position;
    }

    boolean atEnd() {
        return position == end;
    }

    /// The next `length` bytes as a reader of their own; this one goes on behind them.
    ///
    /// @param name for messages, such as "the type section"
    ByteReader slice(int length, String name) {
        if (length < 0 || length > remaining()) {
            throw truncated(name);
        }
        ByteReader part = new ByteReader(bytes, position, position + length, name, budget, features);
        position += length;
        return part;
    }

    void skipToEnd() {
        position = end;
    }

    /// Checks that a part was read to its last byte.
    void requireEnd() {
        if (!atEnd()) {
            throw Failures.malformed(position, what + " has " + remaining() + " bytes more than its content");
        }
    }

    int readByte() {
        if (atEnd()) {
            throw truncated(what);
        }
        return bytes[position++] & 0xFF;
    }

    int peekByte() {
        if (atEnd()) {
            throw truncated(what);
        }
        return bytes[position] & 0xFF;
    }

    /// An unsigned LEB128 of 32 bits. Values of 2³¹ and more come back negative: no count or index is that
    /// large.
    int readU32() {
        return (int) readUnsigned(Integer.SIZE);
    }

    /// A signed LEB128 of 33 bits: type indices are its positive half, type opcodes its negative.
    long readS33() {
        return readSigned(33);
    }

    /// An unsigned LEB128.
    ///
    /// @param bits at most 64
    long readUnsigned(int bits) {
        int start = position;
        long result = 0;
        for (int shift = 0; shift < bits; shift += 7) {
            int next = readByte();
            result |= (long) (next & 0x7F) << shift;
            if ((next & 0x80) == 0) {
                if (bits - shift < 7 && next >>> (bits - shift) != 0) {
                    throw Failures.malformed(start, "integer too large");
                }
                return result;
            }
        }
        throw Failures.malformed(start, "integer representation too long");
    }

    /// A signed LEB128.
    ///
    /// @param bits at most 64
    long readSigned(int bits) {
        int start = position;
        long result = 0;
        for (int shift = 0; shift < bits; shift += 7) {
            int next = readByte();
            result |= (long) (next & 0x7F) << shift;
            int used = Math.min(shift + 7, Long.SIZE);
            if ((next & 0x80) == 0) {
                long value = result << (Long.SIZE - used) >> (Long.SIZE - used);
                int spare = Long.SIZE - bits;
                boolean fits =
                        value << spare >> spare == value && (shift + 7 <= Long.SIZE || signOnly(next, bits - shift));
                if (!fits) {
                    throw Failures.malformed(start, "integer too large");
                }
                return value;
            }
        }
        throw Failures.malformed(start, "integer representation too long");
    }

    /// Do the bits of a last byte from the sign bit on only repeat it?
    private static boolean signOnly(int last, int bits) {
        int high = (last & 0x7F) >>> (bits - 1);
        return high == 0 || high == 0x7F >>> (bits - 1);
    }

    /// A little-endian number.
    long readFixed(int byteCount) {
        long result = 0;
        for (int index = 0; index < byteCount; index++) {
            result |= (long) readByte() << (index * Byte.SIZE);
        }
        return result;
    }

    /// A Unicode scalar value in UTF-8.
    void readCharacter() {
        int start = position;
        int lead = peekByte();
        int length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (length > remaining()
                || text(start, length).codePointCount(0, text(start, length).length()) != 1) {
            throw Failures.malformed(start, "a character is not UTF-8");
        }
        position += length;
    }

    /// The same part of the file, not read yet.
    ByteReader fresh() {
        return new ByteReader(bytes, position, end, what, budget, features);
    }

    /// An index. Whether something has it is validation's question.
    int readIndex() {
        int start = position;
        int index = readU32();
        if (index < 0) {
            throw Failures.malformed(start, "index " + Integer.toUnsignedString(index) + " is too large");
        }
        return index;
    }

    /// The length of a vector, checked against the bytes that are left before anybody allocates for it.
    int readCount(String elements) {
        int start = position;
        int count = readU32();
        if (count < 0 || count > remaining()) {
            throw Failures.malformed(
                    start,
                    Integer.toUnsignedString(count) + " " + elements + " do not fit into the " + remaining()
                            + " bytes that are left of " + what);
        }
        budget.left -= count;
        if (budget.left < 0) {
            throw Failures.limit(start, "more than " + MAX_ELEMENTS + " definitions, labels and arguments in one file");
        }
        return count;
    }

    /// A name: a length and that many bytes of UTF-8.
    String readName() {
        int start = position;
        int length = readU32();
        if (length < 0 || length > remaining()) {
            throw Failures.malformed(
                    start, "a name of " + Integer.toUnsignedString(length) + " bytes ends in the middle of " + what);
        }
        String name = text(start, length);
        position += length;
        return name;
    }

    /// The next bytes as UTF-8.
    private String text(int start, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, position, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Failures.malformed(start, "a name is not UTF-8");
        }
    }

    private dev.wattle.host.component.ComponentException truncated(String part) {
        return end == bytes.length
                ? Failures.malformed(end, "the file ends in the middle of " + part)
                : Failures.malformed(end, what + " ends in the middle of its content");
    }
}
