package dev.wattle.lattice.protocol;

import dev.wattle.lattice.protocol.ProtocolException.Code;
import dev.wattle.wit.ByteString;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Takes values off the wire. What comes is hostile: every length is checked against the bytes that are there
/// before anything is allocated for it. One use, one thread.
final class WrpcReader {
    private final ByteBuffer bytes;

    WrpcReader(ByteString bytes) {
        this.bytes = bytes.asBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    void requireEnd() {
        if (bytes.hasRemaining()) {
            throw new ProtocolException(Code.TRAILING, where(), bytes.remaining() + " bytes after the last value");
        }
    }

    WitValue read(WitType type, int depth) {
        if (depth > WrpcCodec.MAX_DEPTH) {
            throw WrpcCodec.tooDeep(where());
        }
        return switch (type) {
            case WitType.Primitive primitive -> readPrimitive(primitive);
            case WitType.ListType(var element) -> readList(element, depth);
            case WitType.RecordType(var fields) -> {
                List<WitValue> values = new ArrayList<>(fields.size());
                for (WitType.Field field : fields) {
                    values.add(read(field.type(), depth + 1));
                }
                yield new WitValue.RecordValue(values);
            }
            case WitType.TupleType(var types) -> {
                List<WitValue> values = new ArrayList<>(types.size());
                for (WitType element : types) {
                    values.add(read(element, depth + 1));
                }
                yield new WitValue.TupleValue(values);
            }
            case WitType.VariantType(var cases) -> {
                WitType.Case chosen = cases.get(readIndex(cases.size()));
                yield new WitValue.VariantValue(chosen.name(), readPayload(chosen.payload(), depth));
            }
            case WitType.EnumType(var cases) -> new WitValue.EnumValue(cases.get(readIndex(cases.size())));
            case WitType.OptionType(var some) ->
                new WitValue.OptionValue(readTag() ? Optional.of(read(some, depth + 1)) : Optional.empty());
            case WitType.ResultType(var ok, var error) -> {
                boolean isOk = !readTag();
                yield new WitValue.ResultValue(isOk, readPayload(isOk ? ok : error, depth));
            }
            case WitType.FlagsType(var labels) -> readFlags(labels);
            case WitType.OwnType(var resource) -> throw refused(WrpcCodec.resourceRefusal(resource.name()));
            case WitType.BorrowType(var resource) -> throw refused(WrpcCodec.resourceRefusal(resource.name()));
            case WitType.StreamType _ -> throw refused(WrpcCodec.streamRefusal("stream"));
            case WitType.FutureType _ -> throw refused(WrpcCodec.streamRefusal("future"));
            case WitType.ErrorContextType _ -> throw refused(WrpcCodec.wireRefusal("an error-context"));
            case WitType.FixedListType _ -> throw refused(WrpcCodec.wireRefusal("a list of fixed length"));
            case WitType.MapType _ -> throw refused(WrpcCodec.wireRefusal("a map"));
        };
    }

    private Optional<WitValue> readPayload(Optional<WitType> type, int depth) {
        return type.map(payload -> read(payload, depth + 1));
    }

    private WitValue readPrimitive(WitType.Primitive type) {
        return switch (type) {
            case BOOL -> new WitValue.Bool(readTag());
            case U8 -> new WitValue.Int(next() & 0xFF);
            case S8 -> new WitValue.Int(next());
            case U16 -> new WitValue.Int(readUnsigned(16));
            case U32 -> new WitValue.Int(readUnsigned(32));
            case U64 -> new WitValue.Int(readUnsigned(64));
            case S16 -> new WitValue.Int(readSigned(16));
            case S32 -> new WitValue.Int(readSigned(32));
            case S64 -> new WitValue.Int(readSigned(64));
            case F32 -> {
                requireMore(Float.BYTES);
                yield new WitValue.F32(bytes.getFloat());
            }
            case F64 -> {
                requireMore(Double.BYTES);
                yield new WitValue.F64(bytes.getDouble());
            }
            case CHAR -> readChar();
            case STRING -> {
                int start = bytes.position();
                yield new WitValue.Text(decode(take(readLength()), start));
            }
        };
    }

    private WitValue readList(WitType element, int depth) {
        int count = readLength();
        if (element == WitType.Primitive.U8) {
            byte[] raw = new byte[count];
            bytes.get(raw);
            return new WitValue.Bytes(ByteString.adopt(raw));
        }
        List<WitValue> elements = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            elements.add(read(element, depth + 1));
        }
        return new WitValue.ListValue(elements);
    }

    /// A count or length that the rest of the bytes can meet: every element takes at least one.
    private int readLength() {
        int start = bytes.position();
        long length = readUnsigned(32);
        if (length > bytes.remaining()) {
            throw new ProtocolException(
                    Code.TRUNCATED,
                    where(start),
                    "a length of " + length + " with " + bytes.remaining() + " bytes left");
        }
        return (int) length;
    }

    private ByteBuffer take(int length) {
        ByteBuffer slice = bytes.slice(bytes.position(), length);
        bytes.position(bytes.position() + length);
        return slice;
    }

    private WitValue readChar() {
        int start = bytes.position();
        requireMore(1);
        int first = bytes.get(bytes.position()) & 0xFF;
        int length = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        requireMore(length);
        return new WitValue.Char(decode(take(length), start).codePointAt(0));
    }

    private WitValue readFlags(List<String> labels) {
        int length = (labels.size() + 7) / 8;
        int start = bytes.position();
        requireMore(length);
        var set = new TreeSet<String>();
        for (int i = 0; i < length; i++) {
            int bits = bytes.get() & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                if ((bits & (1 << bit)) == 0) {
                    continue;
                }
                if (i * 8 + bit >= labels.size()) {
                    throw new ProtocolException(
                            Code.BAD_VALUE, where(start), "a flag beyond the last of " + labels.size());
                }
                set.add(labels.get(i * 8 + bit));
            }
        }
        return new WitValue.FlagsValue(set);
    }

    private int readIndex(int cases) {
        int start = bytes.position();
        long index = readUnsigned(32);
        if (index >= cases) {
            throw new ProtocolException(Code.BAD_VALUE, where(start), "case " + index + " of " + cases);
        }
        return (int) index;
    }

    private boolean readTag() {
        byte tag = next();
        if (tag != 0 && tag != 1) {
            throw new ProtocolException(
                    Code.BAD_VALUE, where(bytes.position() - 1), "expected 0 or 1, found " + (tag & 0xFF));
        }
        return tag == 1;
    }

    /// LEB128 of at most `width` bits; padding within the longest form is allowed, bits beyond are not.
    private long readUnsigned(int width) {
        int start = bytes.position();
        long value = 0;
        for (int shift = 0; shift < width; shift += 7) {
            byte part = next();
            int room = Math.min(7, width - shift);
            if ((part & 0x7F) >>> room != 0) {
                break;
            }
            value |= (part & 0x7FL) << shift;
            if (part >= 0) {
                return value;
            }
        }
        throw new ProtocolException(Code.BAD_VALUE, where(start), "a number of more than " + width + " bits");
    }

    /// The same for signed numbers: the bits beyond must repeat the sign.
    private long readSigned(int width) {
        int start = bytes.position();
        long value = 0;
        for (int shift = 0; shift < width; shift += 7) {
            byte part = next();
            value |= (part & 0x7FL) << shift;
            if (part >= 0) {
                int used = shift + 7;
                int room = Math.min(7, width - shift);
                int extension = (byte) (part << 1) >> room;
                if (extension != 0 && extension != -1) {
                    break;
                }
                return used >= Long.SIZE ? value : value << (Long.SIZE - used) >> (Long.SIZE - used);
            }
        }
        throw new ProtocolException(Code.BAD_VALUE, where(start), "a number of more than " + width + " bits");
    }

    private byte next() {
        requireMore(1);
        return bytes.get();
    }

    private void requireMore(int length) {
        if (bytes.remaining() < length) {
            throw new ProtocolException(
                    Code.TRUNCATED, where(), "needs " + length + " bytes, has " + bytes.remaining());
        }
    }

    private String where() {
        return where(bytes.position());
    }

    private static String where(int position) {
        return "byte " + position;
    }

    private static String decode(ByteBuffer text, int start) {
        return Utf8.decode(text, () -> where(start));
    }

    private static ProtocolException refused(String reason) {
        return new ProtocolException(Code.NOT_SUPPORTED, "value", reason);
    }
}
