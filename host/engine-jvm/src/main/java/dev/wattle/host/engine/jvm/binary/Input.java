package dev.wattle.host.engine.jvm.binary;

import dev.wattle.host.engine.ModuleException;
import dev.wattle.host.engine.ModuleException.Code;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// A cursor over a part of a binary: every read is checked against the end of that part, and what is not encoded as
/// the spec demands is malformed. Not thread-safe.
///
/// @spec core binary format, values
final class Input {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private int position;
    private int end;

    Input(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.position = start;
        this.end = end;
    }

    int position() {
        return position;
    }

    int end() {
        return end;
    }

    int remaining() {
        return end - position;
    }

    boolean hasRemaining() {
        return position < end;
    }

    /// Goes on elsewhere in the same bytes.
    void window(int newPosition, int newEnd) {
        position = newPosition;
        end = newEnd;
    }

    void seek(int newPosition) {
        position = newPosition;
    }

    /// The next byte, which stays.
    int peek() {
        if (position >= end) {
            throw ended();
        }
        return bytes[position] & 0xFF;
    }

    int u8() {
        if (position >= end) {
            throw ended();
        }
        return bytes[position++] & 0xFF;
    }

    /// Steps over bytes that must be there.
    void skip(int count) {
        if (count < 0 || count > end - position) {
            throw ended();
        }
        position += count;
    }

    /// An unsigned number as an int, negative from 2^31.
    int u32() {
        int start = position;
        if (start < end) {
            byte first = bytes[start];
            if (first >= 0) {
                position = start + 1;
                return first;
            }
        }
        return (int) unsigned(32);
    }

    long u64() {
        return unsigned(64);
    }

    int s32() {
        int start = position;
        if (start < end) {
            byte first = bytes[start];
            if (first >= 0) {
                position = start + 1;
                return first << 25 >> 25;
            }
        }
        return (int) signed(32);
    }

    long s33() {
        return signed(33);
    }

    long s64() {
        return signed(64);
    }

    int int32() {
        int at = position;
        skip(Integer.BYTES);
        return (int) INTS.get(bytes, at);
    }

    long int64() {
        int at = position;
        skip(Long.BYTES);
        return (long) LONGS.get(bytes, at);
    }

    /// A cursor over the next bytes, which stay.
    Input part(int length) {
        if (length < 0 || length > end - position) {
            throw ended();
        }
        return new Input(bytes, position, position + length);
    }

    /// The position of a byte of what remains.
    int at(long distance) {
        if (distance < 0 || distance >= end - position) {
            throw ended();
        }
        return position + (int) distance;
    }

    /// Bytes from anywhere up to a zero as text, with replacements for what is no UTF-8.
    String terminatedText(int start, int maxBytes) {
        int length = 0;
        while (length < maxBytes && start + length < bytes.length && bytes[start + length] != 0) {
            length++;
        }
        return new String(bytes, start, length, StandardCharsets.UTF_8);
    }

    /// The length of a sequence, which takes at least a byte for each of its elements.
    int count(String what, int limit) {
        int at = position;
        int count = u32();
        if (count < 0 || count > remaining()) {
            throw malformed("length out of bounds", at);
        }
        if (count > limit) {
            throw exceeds(what, limit, at);
        }
        return count;
    }

    /// An index of something that there are `size` of.
    int index(String what, int size) {
        int at = position;
        int index = u32();
        if (index < 0 || index >= size) {
            throw invalid("unknown " + what + " " + Integer.toUnsignedString(index), at);
        }
        return index;
    }

    /// A name of at most this many bytes.
    String name(int maxBytes) {
        int at = position;
        int length = u32();
        if (length < 0 || length > remaining()) {
            throw malformed("length out of bounds", at);
        }
        if (length > maxBytes) {
            throw exceeds("bytes of a name", maxBytes, at);
        }
        String name = strictText(length, at);
        position += length;
        return name;
    }

    private String strictText(int length, int at) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, position, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("malformed UTF-8 encoding", at);
        }
    }

    private long unsigned(int bits) {
        long result = 0;
        int at = position;
        for (int shift = 0; ; shift += 7) {
            int next = u8();
            int left = bits - shift;
            if (left < 7 && (next & 0x7F) >> left != 0) {
                throw malformed(next >= 0x80 ? TOO_LONG : TOO_LARGE, at);
            }
            result |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return result;
            }
            if (left <= 7) {
                throw malformed(TOO_LONG, at);
            }
        }
    }

    private long signed(int bits) {
        long result = 0;
        int at = position;
        for (int shift = 0; ; shift += 7) {
            int next = u8();
            int left = bits - shift;
            if (left < 7) {
                checkSign(next, left, at);
            }
            result |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                int used = shift + 7;
                return used >= Long.SIZE ? result : result << (Long.SIZE - used) >> (Long.SIZE - used);
            }
            if (left <= 7) {
                throw malformed(TOO_LONG, at);
            }
        }
    }

    /// In the last byte, what is beyond the number must repeat its sign.
    private void checkSign(int last, int left, int at) {
        int beyond = (byte) (last << 1) >> left;
        if (last >= 0x80) {
            throw malformed(TOO_LONG, at);
        }
        if (beyond != 0 && beyond != -1) {
            throw malformed(TOO_LARGE, at);
        }
    }

    private static final String TOO_LONG = "integer representation too long";
    private static final String TOO_LARGE = "integer too large";

    private ModuleException ended() {
        return malformed("unexpected end", position);
    }

    static ModuleException malformed(String rule, int offset) {
        return failure(Code.MALFORMED, rule, offset);
    }

    static ModuleException invalid(String rule, int offset) {
        return failure(Code.INVALID, rule, offset);
    }

    /// A bound of [ModuleLimits].
    static ModuleException exceeds(String what, long limit, int offset) {
        return invalid("the number of %s exceeds the limit of %d".formatted(what, limit), offset);
    }

    /// A feature that the engine refuses by name.
    static ModuleException unsupported(String feature, int offset) {
        return failure(Code.UNSUPPORTED, feature + " not supported", offset);
    }

    private static ModuleException failure(Code code, String rule, int offset) {
        return new ModuleException(code, "%s (at offset 0x%x)".formatted(rule, offset), offset);
    }
}
