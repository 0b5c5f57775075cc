package dev.wattle.host.component.binary;

import dev.wattle.wit.WitType;
import dev.wattle.wit.WitType.Primitive;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Writes type definitions, each of which mentions others by index.
///
/// @spec Binary.md `defvaltype`
final class TypeWriter {
    private static final List<Primitive> PRIMITIVES = List.of(
            Primitive.BOOL,
            Primitive.S8,
            Primitive.U8,
            Primitive.S16,
            Primitive.U16,
            Primitive.S32,
            Primitive.U32,
            Primitive.S64,
            Primitive.U64,
            Primitive.F32,
            Primitive.F64,
            Primitive.CHAR,
            Primitive.STRING);

    private final List<String> definitions = new ArrayList<>();

    /// Defines the type last.
    ///
    /// @return the type section
    static String section(WitType type) {
        TypeWriter writer = new TypeWriter();
        writer.definitions.add(writer.definition(type));
        return HandMade.section(7, number(writer.definitions.size()) + String.join("", writer.definitions));
    }

    /// What stands where the type is mentioned.
    private String value(WitType type) {
        if (type instanceof Primitive primitive) {
            return definition(primitive);
        }
        definitions.add(definition(type));
        return number(definitions.size() - 1);
    }

    private String definition(WitType type) {
        return switch (type) {
            case Primitive primitive -> "%02x".formatted(0x7f - PRIMITIVES.indexOf(primitive));
            case WitType.ErrorContextType() -> "64";
            case WitType.RecordType(var fields) -> {
                StringBuilder text = new StringBuilder("72" + number(fields.size()));
                fields.forEach(field -> text.append(label(field.name())).append(value(field.type())));
                yield text.toString();
            }
            case WitType.VariantType(var cases) -> {
                StringBuilder text = new StringBuilder("71" + number(cases.size()));
                cases.forEach(one -> text.append(label(one.name()))
                        .append(optional(one.payload()))
                        .append("00"));
                yield text.toString();
            }
            case WitType.ListType(var element) -> "70" + value(element);
            case WitType.FixedListType(var element, int length) -> "67" + value(element) + number(length);
            case WitType.TupleType(var types) -> {
                StringBuilder text = new StringBuilder("6f" + number(types.size()));
                types.forEach(one -> text.append(value(one)));
                yield text.toString();
            }
            case WitType.FlagsType(var labels) -> "6e" + labels(labels);
            case WitType.EnumType(var labels) -> "6d" + labels(labels);
            case WitType.OptionType(var some) -> "6b" + value(some);
            case WitType.ResultType(var ok, var error) -> "6a" + optional(ok) + optional(error);
            case WitType.StreamType(var element) -> "66" + optional(element);
            case WitType.FutureType(var element) -> "65" + optional(element);
            case WitType.MapType(var key, var value) -> "63" + value(key) + value(value);
            case WitType.OwnType _, WitType.BorrowType _ -> throw new IllegalArgumentException("has no resources");
        };
    }

    private String optional(Optional<WitType> type) {
        return type.map(one -> "01" + value(one)).orElse("00");
    }

    private static String labels(List<String> labels) {
        StringBuilder text = new StringBuilder(number(labels.size()));
        labels.forEach(label -> text.append(label(label)));
        return text.toString();
    }

    private static String label(String label) {
        byte[] bytes = label.getBytes(StandardCharsets.UTF_8);
        return number(bytes.length) + HexFormat.of().formatHex(bytes);
    }

    private static String number(int value) {
        StringBuilder text = new StringBuilder();
        int rest = value;
        while (rest >= 0x80) {
            text.append("%02x".formatted((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        return text.append("%02x".formatted(rest)).toString();
    }
}
