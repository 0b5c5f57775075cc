package dev.wattle.host.component.binary;

import dev.wattle.wit.WitType;
import dev.wattle.wit.WitType.Primitive;
import java.util.List;
import java.util.Optional;

/// The bytes of a value definition. What they say is known with the value's type.
///
/// @spec Binary.md `val`
public final class Literal {
    private static final int CANONICAL_NAN32 = 0x7fc00000;
    private static final long CANONICAL_NAN64 = 0x7ff8000000000000L;

    private final ByteReader content;

    Literal(ByteReader content) {
        this.content = content;
    }

    /// Refuses bytes that are no value of this type, or more than one.
    void check(WitType type, Work work) {
        ByteReader reader = content.fresh();
        check(type, reader, work);
        reader.requireEnd();
    }

    private static void check(WitType type, ByteReader reader, Work work) {
        work.spend(1);
        switch (type) {
            case Primitive primitive -> check(primitive, reader);
            case WitType.ListType(var element) -> {
                int count = reader.readCount("elements");
                for (int index = 0; index < count; index++) {
                    check(element, reader, work);
                }
            }
            case WitType.RecordType(var fields) -> fields.forEach(field -> check(field.type(), reader, work));
            case WitType.TupleType(var types) -> types.forEach(one -> check(one, reader, work));
            case WitType.VariantType(var cases) ->
                cases.get(index(reader, cases.size())).payload().ifPresent(payload -> check(payload, reader, work));
            case WitType.EnumType(var cases) -> index(reader, cases.size());
            case WitType.FlagsType(var labels) -> flags(reader, labels);
            case WitType.OptionType(var some) -> {
                if (flag(reader)) {
                    check(some, reader, work);
                }
            }
            case WitType.ResultType(var ok, var error) -> {
                Optional<WitType> payload = flag(reader) ? error : ok;
                payload.ifPresent(one -> check(one, reader, work));
            }
            case WitType.FixedListType _,
                    WitType.MapType _,
                    WitType.OwnType _,
                    WitType.BorrowType _,
                    WitType.StreamType _,
                    WitType.FutureType _,
                    WitType.ErrorContextType _ ->
                throw Failures.invalid(reader.position(), "there is no way to write a value of this type");
        }
    }

    private static void check(Primitive type, ByteReader reader) {
        int start = reader.position();
        switch (type) {
            case BOOL -> flag(reader);
            case S8, U8 -> reader.readByte();
            case S16 -> reader.readSigned(Short.SIZE);
            case U16 -> reader.readUnsigned(Short.SIZE);
            case S32 -> reader.readSigned(Integer.SIZE);
            case U32 -> reader.readUnsigned(Integer.SIZE);
            case S64 -> reader.readSigned(Long.SIZE);
            case U64 -> reader.readUnsigned(Long.SIZE);
            case F32 -> {
                int bits = (int) reader.readFixed(Float.BYTES);
                requireCanonical(start, Float.isNaN(Float.intBitsToFloat(bits)), bits == CANONICAL_NAN32);
            }
            case F64 -> {
                long bits = reader.readFixed(Double.BYTES);
                requireCanonical(start, Double.isNaN(Double.longBitsToDouble(bits)), bits == CANONICAL_NAN64);
            }
            case CHAR -> reader.readCharacter();
            case STRING -> reader.readName();
        }
    }

    private static void requireCanonical(int start, boolean nan, boolean canonical) {
        if (nan && !canonical) {
            throw Failures.malformed(start, "a NaN has other bits than the canonical one");
        }
    }

    private static boolean flag(ByteReader reader) {
        int start = reader.position();
        int flag = reader.readByte();
        if (flag > 1) {
            throw Failures.malformed(start, "0x%02x is neither 0x00 nor 0x01".formatted(flag));
        }
        return flag == 1;
    }

    private static int index(ByteReader reader, int count) {
        int start = reader.position();
        int index = reader.readU32();
        if (Integer.compareUnsigned(index, count) >= 0) {
            throw Failures.malformed(start, "there is no case " + Integer.toUnsignedString(index));
        }
        return index;
    }

    private static void flags(ByteReader reader, List<String> labels) {
        for (int label = 0; label < labels.size(); label += Byte.SIZE) {
            reader.readByte();
        }
    }
}
