package dev.wattle.wit;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Writes WAVE text. The value was checked against its type.
final class WavePrinter {
    private final StringBuilder text = new StringBuilder();
    private int depth;

    String print(WitType type, WitValue value) {
        append(type, value);
        return text.toString();
    }

    private void append(WitType type, WitValue value) {
        if (depth == Wave.MAX_DEPTH) {
            throw new IllegalArgumentException("nested deeper than " + Wave.MAX_DEPTH);
        }
        depth++;
        switch (value) {
            case WitValue.Bool(var bool) -> text.append(bool);
            case WitValue.Int(var number) ->
                text.append(type == WitType.Primitive.U64 ? Long.toUnsignedString(number) : Long.toString(number));
            case WitValue.F32(var number) -> appendFloating(Float.toString(number));
            case WitValue.F64(var number) -> appendFloating(Double.toString(number));
            case WitValue.Char(var codePoint) -> {
                text.append('\'');
                appendCharacter(codePoint, '\'');
                text.append('\'');
            }
            case WitValue.Text(var string) -> {
                text.append('"');
                string.codePoints().forEach(codePoint -> appendCharacter(codePoint, '"'));
                text.append('"');
            }
            case WitValue.ListValue(var elements) -> appendList(elementOf(type), elements);
            case WitValue.Bytes(var bytes) -> appendBytes(bytes);
            case WitValue.MapValue(var entries) -> appendMap((WitType.MapType) type, entries);
            case WitValue.RecordValue(var values) -> appendRecord(((WitType.RecordType) type).fields(), values);
            case WitValue.TupleValue(var elements) -> appendTuple(((WitType.TupleType) type).types(), elements);
            case WitValue.VariantValue(var name, var payload) -> {
                text.append(caseLabel(name));
                appendPayload(payloadOf((WitType.VariantType) type, name), payload);
            }
            case WitValue.EnumValue(var name) -> text.append(caseLabel(name));
            case WitValue.OptionValue(var some) -> {
                text.append(some.isPresent() ? "some" : "none");
                appendPayload(Optional.of(((WitType.OptionType) type).some()), some);
            }
            case WitValue.ResultValue(var ok, var payload) -> {
                WitType.ResultType result = (WitType.ResultType) type;
                text.append(ok ? "ok" : "err");
                appendPayload(ok ? result.ok() : result.error(), payload);
            }
            case WitValue.FlagsValue(var labels) -> appendFlags(((WitType.FlagsType) type).labels(), labels);
            case WitValue.Resource(var resource, var _) ->
                throw new IllegalArgumentException("a resource " + resource + " cannot be written as text");
            case WitValue.StreamValue _, WitValue.FutureValue _, WitValue.ErrorContextValue _ ->
                throw new IllegalArgumentException(
                        "a value of type " + WitText.print(type) + " cannot be written as text");
        }
        depth--;
    }

    private void appendFloating(String number) {
        switch (number) {
            case "NaN" -> text.append("nan");
            case "Infinity" -> text.append("inf");
            case "-Infinity" -> text.append("-inf");
            case "-0.0" -> text.append("-0");
            default -> text.append(new BigDecimal(number).stripTrailingZeros().toPlainString());
        }
    }

    private void appendCharacter(int codePoint, char quote) {
        switch (codePoint) {
            case '\\' -> text.append("\\\\");
            case '\t' -> text.append("\\t");
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            default -> {
                if (codePoint == quote) {
                    text.append('\\').append(quote);
                } else if (isVisible(codePoint)) {
                    text.appendCodePoint(codePoint);
                } else {
                    text.append("\\u{").append(Integer.toHexString(codePoint)).append('}');
                }
            }
        }
    }

    private static boolean isVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    private void appendList(WitType element, List<WitValue> elements) {
        text.append('[');
        String separator = "";
        for (WitValue each : elements) {
            text.append(separator);
            append(element, each);
            separator = ", ";
        }
        text.append(']');
    }

    private static WitType elementOf(WitType type) {
        return type instanceof WitType.FixedListType(var element, int _)
                ? element
                : ((WitType.ListType) type).element();
    }

    private void appendMap(WitType.MapType type, List<WitValue.Entry> entries) {
        text.append('[');
        String separator = "";
        for (WitValue.Entry entry : entries) {
            text.append(separator).append('(');
            append(type.key(), entry.key());
            text.append(", ");
            append(type.value(), entry.value());
            text.append(')');
            separator = ", ";
        }
        text.append(']');
    }

    private void appendBytes(ByteString bytes) {
        text.append('[');
        for (int index = 0; index < bytes.size(); index++) {
            text.append(index == 0 ? "" : ", ").append(bytes.at(index) & 0xFF);
        }
        text.append(']');
    }

    private void appendFlags(List<String> labels, Set<String> set) {
        text.append(labels.stream().filter(set::contains).collect(Collectors.joining(", ", "{", "}")));
    }

    /// An option that is none is left out; a record with nothing left is `{:}`.
    private void appendRecord(List<WitType.Field> fields, List<WitValue> values) {
        text.append('{');
        String separator = "";
        for (int index = 0; index < fields.size(); index++) {
            if (!values.get(index).equals(WitValue.none())) {
                text.append(separator).append(fields.get(index).name()).append(": ");
                append(fields.get(index).type(), values.get(index));
                separator = ", ";
            }
        }
        text.append(separator.isEmpty() ? ":}" : "}");
    }

    private void appendTuple(List<WitType> types, List<WitValue> elements) {
        text.append('(');
        for (int index = 0; index < types.size(); index++) {
            text.append(index == 0 ? "" : ", ");
            append(types.get(index), elements.get(index));
        }
        text.append(')');
    }

    private static String caseLabel(String name) {
        return WaveLexer.KEYWORDS.contains(name) ? "%" + name : name;
    }

    private static Optional<WitType> payloadOf(WitType.VariantType type, String name) {
        return type.cases().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .flatMap(WitType.Case::payload);
    }

    private void appendPayload(Optional<WitType> type, Optional<WitValue> payload) {
        if (payload.isPresent()) {
            text.append('(');
            append(type.orElseThrow(), payload.get());
            text.append(')');
        }
    }
}
