package dev.wattle.host.component.code;

import dev.wattle.host.component.abi.JavaValues;
import dev.wattle.wit.ByteString;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitType.Primitive;
import dev.wattle.wit.WitValue;
import java.lang.invoke.MethodType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which of Java's own types hold values without a [WitValue], and what values they stand for: numbers,
/// booleans, characters (as code points), strings and byte lists. [WitValue] itself holds any.
///
/// An integer type of the same size holds the bits, whatever the sign; a larger one holds the number, and must
/// not hold a number that WIT's type has not.
public final class JavaForm {
    private JavaForm() {}

    /// May Java have a function of that type as one of these types?
    public static boolean fits(FunctionType type, MethodType java) {
        if (java.parameterCount() != type.parameters().size()
                || type.result().isEmpty() != (java.returnType() == void.class)) {
            return false;
        }
        for (int index = 0; index < java.parameterCount(); index++) {
            if (!fits(type.parameters().get(index).type(), java.parameterType(index))) {
                return false;
            }
        }
        return type.result().stream().allMatch(result -> fits(result, java.returnType()));
    }

    /// May Java have a value of that type as that class?
    public static boolean fits(WitType type, Class<?> java) {
        if (java == WitValue.class) {
            return true;
        }
        if (isBytes(type)) {
            return java == byte[].class;
        }
        if (!(type instanceof Primitive primitive)) {
            return false;
        }
        return switch (primitive) {
            case BOOL -> java == boolean.class;
            case S8, U8 -> java == byte.class || java == short.class || java == int.class || java == long.class;
            case S16, U16 -> java == short.class || java == int.class || java == long.class;
            case S32, U32 -> java == int.class || java == long.class;
            case S64, U64 -> java == long.class;
            case F32 -> java == float.class;
            case F64 -> java == double.class;
            case CHAR -> java == int.class;
            case STRING -> java == String.class;
        };
    }

    private static boolean isBytes(WitType type) {
        return type instanceof WitType.ListType(var element) && element == Primitive.U8;
    }

    /// The value as Java has it; boxed.
    public static Object toJava(WitValue value, Class<?> java) {
        if (java == WitValue.class) {
            return value;
        }
        return switch (value) {
            case WitValue.Bool(var bool) -> bool;
            case WitValue.Int(var number) -> number(number, java);
            case WitValue.F32(var number) -> number;
            case WitValue.F64(var number) -> number;
            case WitValue.Char(var codePoint) -> codePoint;
            case WitValue.Text(var text) -> text;
            case WitValue.Bytes(var bytes) -> bytes.toArray();
            default -> throw new IllegalArgumentException("not as a " + java.getName() + ": " + value);
        };
    }

    private static Object number(long number, Class<?> java) {
        if (java == byte.class) {
            return (byte) number;
        }
        if (java == short.class) {
            return (short) number;
        }
        return java == int.class ? (Object) (int) number : (Object) number;
    }

    /// The value that Java's stands for, of a class that fits the type. Empty when there is none; a number that
    /// the type has not comes out as it is.
    public static Optional<WitValue> toValue(@Nullable Object value, WitType type) {
        return switch (value) {
            case null -> Optional.empty();
            case WitValue itself -> Optional.of(itself);
            case Boolean bool -> Optional.of(new WitValue.Bool(bool));
            case Float number -> Optional.of(new WitValue.F32(number));
            case Double number -> Optional.of(new WitValue.F64(number));
            case String text -> Optional.of(new WitValue.Text(text));
            case byte[] bytes -> Optional.of(new WitValue.Bytes(ByteString.copyOf(bytes)));
            case Integer codePoint when type == Primitive.CHAR -> character(codePoint);
            case Byte number -> Optional.of(new WitValue.Int(type == Primitive.U8 ? number & 0xFF : number));
            case Short number -> Optional.of(new WitValue.Int(type == Primitive.U16 ? number & 0xFFFF : number));
            case Integer number ->
                Optional.of(new WitValue.Int(type == Primitive.U32 ? Integer.toUnsignedLong(number) : number));
            case Long number -> Optional.of(new WitValue.Int(number));
            default -> throw new IllegalArgumentException("no form of a value: " + value.getClass());
        };
    }

    private static Optional<WitValue> character(int codePoint) {
        return JavaValues.isChar(codePoint) ? Optional.of(new WitValue.Char(codePoint)) : Optional.empty();
    }
}
