package dev.wattle.host.component.typed;

import dev.wattle.wit.WitType.Primitive;
import dev.wattle.wit.WitValue;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.util.function.LongFunction;

/// Conversions of numbers, characters and strings.
final class Scalars {
    static Conversion of(Primitive type, Type java, Problems problems) {
        Class<?> boxed = JavaTypes.boxed(JavaTypes.raw(java));
        return switch (type) {
            case BOOL ->
                boxed == Boolean.class
                        ? Conversion.of(
                                value -> new WitValue.Bool((Boolean) value), value -> ((WitValue.Bool) value).value())
                        : problems.mismatch(type, java, "boolean");
            case S8, U8 -> integer(type, Byte.SIZE, java, boxed, problems);
            case S16, U16 -> integer(type, Short.SIZE, java, boxed, problems);
            case S32, U32 -> integer(type, Integer.SIZE, java, boxed, problems);
            case S64, U64 -> integer(type, Long.SIZE, java, boxed, problems);
            case F32 ->
                boxed == Float.class
                        ? Conversion.of(
                                value -> new WitValue.F32((Float) value), value -> ((WitValue.F32) value).value())
                        : problems.mismatch(type, java, "float");
            case F64 ->
                boxed == Double.class
                        ? Conversion.of(
                                value -> new WitValue.F64((Double) value), value -> ((WitValue.F64) value).value())
                        : problems.mismatch(type, java, "double");
            case CHAR ->
                boxed == Integer.class
                        ? Conversion.of(
                                value -> new WitValue.Char((Integer) value),
                                value -> ((WitValue.Char) value).codePoint())
                        : problems.mismatch(type, java, "int, a code point");
            case STRING ->
                boxed == String.class
                        ? Conversion.of(
                                value -> new WitValue.Text((String) value), value -> ((WitValue.Text) value).value())
                        : problems.mismatch(type, java, "String");
        };
    }

    private static Conversion integer(Primitive type, int bits, Type java, Class<?> boxed, Problems problems) {
        if (boxed == BigInteger.class) {
            return type == Primitive.U64 ? unsignedBig() : big(type);
        }
        if (boxed == Byte.class && bits == Byte.SIZE) {
            return sameBits(type, bits, number -> (byte) number);
        }
        if (boxed == Short.class && bits <= Short.SIZE) {
            return bits == Short.SIZE
                    ? sameBits(type, bits, number -> (short) number)
                    : wider(number -> (short) number);
        }
        if (boxed == Integer.class && bits <= Integer.SIZE) {
            return bits == Integer.SIZE ? sameBits(type, bits, number -> (int) number) : wider(number -> (int) number);
        }
        if (boxed == Long.class) {
            return wider(number -> number);
        }
        return problems.mismatch(type, java, "an integer of %d bits or more".formatted(bits));
    }

    /// The Java type has just the bits: those of an unsigned number are its bits, whatever the sign.
    private static Conversion sameBits(Primitive type, int bits, LongFunction<Object> box) {
        long mask = isSigned(type) ? -1 : (1L << bits) - 1;
        return Conversion.of(
                value -> new WitValue.Int(((Number) value).longValue() & mask),
                value -> box.apply(((WitValue.Int) value).value()));
    }

    /// The Java type holds the number. One that is too large for WIT is refused with the other arguments.
    private static Conversion wider(LongFunction<Object> box) {
        return Conversion.of(
                value -> new WitValue.Int(((Number) value).longValue()),
                value -> box.apply(((WitValue.Int) value).value()));
    }

    private static Conversion big(Primitive type) {
        return Conversion.of(
                value -> new WitValue.Int(exact(type, (BigInteger) value, Long.SIZE - 1)),
                value -> BigInteger.valueOf(((WitValue.Int) value).value()));
    }

    private static Conversion unsignedBig() {
        return Conversion.of(
                value -> {
                    BigInteger number = (BigInteger) value;
                    if (number.signum() < 0) {
                        throw new IllegalArgumentException(number + " is no u64");
                    }
                    return new WitValue.Int(exact(Primitive.U64, number, Long.SIZE));
                },
                value -> new BigInteger(Long.toUnsignedString(((WitValue.Int) value).value())));
    }

    private static long exact(Primitive type, BigInteger number, int maxBits) {
        if (number.bitLength() > maxBits) {
            throw new IllegalArgumentException(
                    "a number of %d bits is no %s".formatted(number.bitLength(), type.keyword()));
        }
        return number.longValue();
    }

    private static boolean isSigned(Primitive type) {
        return type == Primitive.S8 || type == Primitive.S16 || type == Primitive.S32 || type == Primitive.S64;
    }

    private Scalars() {}
}
