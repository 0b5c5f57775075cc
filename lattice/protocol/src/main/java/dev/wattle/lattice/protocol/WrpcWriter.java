package dev.wattle.lattice.protocol;

import dev.wattle.lattice.protocol.ProtocolException.Code;
import dev.wattle.wit.ByteString;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitValue;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Puts values on the wire. One use, one thread.
final class WrpcWriter {
    /// Most calls of these interfaces fit.
    private static final int INITIAL_BYTES = 128;

    private byte[] bytes = new byte[INITIAL_BYTES];
    private int size;

    ByteString toByteString() {
        return ByteString.adopt(Arrays.copyOf(bytes, size));
    }

    void write(WitType type, WitValue value, int depth) {
        if (depth > WrpcCodec.MAX_DEPTH) {
            throw WrpcCodec.tooDeep("value");
        }
        switch (type) {
            case WitType.Primitive primitive -> writePrimitive(primitive, value);
            case WitType.ListType(var element) -> writeList(element, value, depth);
            case WitType.RecordType recordType -> writeRecord(recordType, value, depth);
            case WitType.TupleType(var types)
            when value instanceof WitValue.TupleValue(var elements) -> writeAll(types, elements, depth);
            case WitType.VariantType variant -> writeVariant(variant, value, depth);
            case WitType.EnumType(var cases)
            when value instanceof WitValue.EnumValue(var name) ->
                writeUnsigned(requireIndex(cases.indexOf(name), name));
            case WitType.OptionType(var some)
            when value instanceof WitValue.OptionValue(var held) ->
                writeOptional(held.isPresent(), Optional.of(some).filter(_ -> held.isPresent()), held, depth);
            case WitType.ResultType(var ok, var error)
            when value instanceof WitValue.ResultValue result ->
                writeOptional(!result.ok(), result.ok() ? ok : error, result.payload(), depth);
            case WitType.FlagsType(var labels)
            when value instanceof WitValue.FlagsValue flags -> writeFlags(labels, flags);
            case WitType.OwnType(var resource) -> throw refused(WrpcCodec.resourceRefusal(resource.name()));
            case WitType.BorrowType(var resource) -> throw refused(WrpcCodec.resourceRefusal(resource.name()));
            case WitType.StreamType _ -> throw refused(WrpcCodec.streamRefusal("stream"));
            case WitType.FutureType _ -> throw refused(WrpcCodec.streamRefusal("future"));
            case WitType.ErrorContextType _ -> throw refused(WrpcCodec.wireRefusal("an error-context"));
            case WitType.FixedListType _ -> throw refused(WrpcCodec.wireRefusal("a list of fixed length"));
            case WitType.MapType _ -> throw refused(WrpcCodec.wireRefusal("a map"));
            case WitType.TupleType _,
                    WitType.EnumType _,
                    WitType.OptionType _,
                    WitType.ResultType _,
                    WitType.FlagsType _ -> throw mismatch(type, value);
        }
    }

    private void writePrimitive(WitType.Primitive type, WitValue value) {
        switch (type) {
            case BOOL -> writeByte(require(WitValue.Bool.class, type, value).value() ? 1 : 0);
            case U8 -> writeByte((int) integer(type, value, 0, 0xFF));
            case S8 -> writeByte((int) integer(type, value, Byte.MIN_VALUE, Byte.MAX_VALUE));
            case U16 -> writeUnsigned(integer(type, value, 0, 0xFFFF));
            case U32 -> writeUnsigned(integer(type, value, 0, 0xFFFF_FFFFL));
            case U64 -> writeUnsigned(require(WitValue.Int.class, type, value).value());
            case S16 -> writeSigned(integer(type, value, Short.MIN_VALUE, Short.MAX_VALUE));
            case S32 -> writeSigned(integer(type, value, Integer.MIN_VALUE, Integer.MAX_VALUE));
            case S64 -> writeSigned(require(WitValue.Int.class, type, value).value());
            case F32 ->
                writeLittleEndian(
                        Float.floatToIntBits(
                                require(WitValue.F32.class, type, value).value()),
                        Integer.BYTES);
            case F64 ->
                writeLittleEndian(
                        Double.doubleToLongBits(
                                require(WitValue.F64.class, type, value).value()),
                        Long.BYTES);
            case CHAR ->
                writeRaw(Utf8.encode(Character.toString(
                        require(WitValue.Char.class, type, value).codePoint())));
            case STRING -> {
                ByteBuffer text =
                        Utf8.encode(require(WitValue.Text.class, type, value).value());
                writeUnsigned(text.remaining());
                writeRaw(text);
            }
        }
    }

    private void writeList(WitType element, WitValue value, int depth) {
        if (element == WitType.Primitive.U8) {
            ByteString raw = require(WitValue.Bytes.class, element, value).bytes();
            writeUnsigned(raw.size());
            grow(raw.size());
            raw.copyTo(bytes, size);
            size += raw.size();
            return;
        }
        List<WitValue> elements =
                require(WitValue.ListValue.class, element, value).elements();
        writeUnsigned(elements.size());
        for (WitValue one : elements) {
            write(element, one, depth + 1);
        }
    }

    private void writeRecord(WitType.RecordType type, WitValue value, int depth) {
        List<WitValue> values = require(WitValue.RecordValue.class, type, value).fields();
        if (values.size() != type.fields().size()) {
            throw mismatch(type, value);
        }
        for (int i = 0; i < values.size(); i++) {
            write(type.fields().get(i).type(), values.get(i), depth + 1);
        }
    }

    private void writeAll(List<WitType> types, List<WitValue> values, int depth) {
        if (types.size() != values.size()) {
            throw new IllegalArgumentException(values.size() + " values for a tuple of " + types.size());
        }
        for (int i = 0; i < types.size(); i++) {
            write(types.get(i), values.get(i), depth + 1);
        }
    }

    private void writeVariant(WitType.VariantType type, WitValue value, int depth) {
        var variant = require(WitValue.VariantValue.class, type, value);
        List<WitType.Case> cases = type.cases();
        int index = 0;
        while (index < cases.size() && !cases.get(index).name().equals(variant.name())) {
            index++;
        }
        requireIndex(index == cases.size() ? -1 : index, variant.name());
        writeUnsigned(index);
        writePayload(cases.get(index).payload(), variant.payload(), depth);
    }

    private void writeOptional(boolean tag, Optional<WitType> type, Optional<WitValue> payload, int depth) {
        writeByte(tag ? 1 : 0);
        writePayload(type, payload, depth);
    }

    private void writePayload(Optional<WitType> type, Optional<WitValue> payload, int depth) {
        if (type.isPresent() != payload.isPresent()) {
            throw new IllegalArgumentException(type.isPresent() ? "a payload is missing" : "a payload too many");
        }
        if (type.isPresent()) {
            write(type.get(), payload.orElseThrow(), depth + 1);
        }
    }

    private void writeFlags(List<String> labels, WitValue.FlagsValue flags) {
        byte[] bits = new byte[(labels.size() + 7) / 8];
        int found = 0;
        for (int i = 0; i < labels.size(); i++) {
            if (flags.labels().contains(labels.get(i))) {
                bits[i / 8] |= (byte) (1 << (i % 8));
                found++;
            }
        }
        if (found != flags.labels().size()) {
            throw new IllegalArgumentException("flags have a label that their type has not: " + flags.labels());
        }
        writeRaw(ByteBuffer.wrap(bits));
    }

    private static int requireIndex(int index, String name) {
        if (index < 0) {
            throw new IllegalArgumentException("no case '" + name + "' in the type");
        }
        return index;
    }

    private static long integer(WitType type, WitValue value, long min, long max) {
        long number = require(WitValue.Int.class, type, value).value();
        if (number < min || number > max) {
            throw new IllegalArgumentException(number + " is no " + type);
        }
        return number;
    }

    private static <T extends WitValue> T require(Class<T> kind, WitType type, WitValue value) {
        if (!kind.isInstance(value)) {
            throw mismatch(type, value);
        }
        return kind.cast(value);
    }

    private static IllegalArgumentException mismatch(WitType type, WitValue value) {
        return new IllegalArgumentException(
                "a value of kind " + value.getClass().getSimpleName() + " where the type is a "
                        + type.getClass().getSimpleName());
    }

    private static ProtocolException refused(String reason) {
        return new ProtocolException(Code.NOT_SUPPORTED, "value", reason);
    }

    private void writeUnsigned(long value) {
        grow(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    private void writeSigned(long value) {
        grow(10);
        long rest = value;
        while (rest < -64 || rest > 63) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>= 7;
        }
        bytes[size++] = (byte) (rest & 0x7F);
    }

    private void writeLittleEndian(long value, int length) {
        grow(length);
        for (int i = 0; i < length; i++) {
            bytes[size++] = (byte) (value >>> (8 * i));
        }
    }

    private void writeByte(int value) {
        grow(1);
        bytes[size++] = (byte) value;
    }

    private void writeRaw(ByteBuffer raw) {
        int length = raw.remaining();
        grow(length);
        raw.get(bytes, size, length);
        size += length;
    }

    private void grow(int more) {
        int needed = Math.addExact(size, more);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(bytes.length * 2L, Integer.MAX_VALUE - 8)));
        }
    }
}
