package dev.wattle.wit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads WAVE values as their types want them.
final class WaveParser {
    private static final int MAX_INTEGER_DIGITS = 20;

    private final WaveLexer lexer;
    private int depth;

    WaveParser(WaveLexer lexer) {
        this.lexer = lexer;
    }

    WitValue value(WitType type) {
        if (depth == Wave.MAX_DEPTH) {
            throw new WaveException(
                    WaveException.Code.TOO_DEEP, lexer.position(), "nested deeper than " + Wave.MAX_DEPTH);
        }
        depth++;
        WitValue value = switch (type) {
            case WitType.Primitive primitive -> primitive(primitive);
            case WitType.ListType(var element) -> list(type, element);
            case WitType.FixedListType(var element, int length) -> fixedList(type, element, length);
            case WitType.MapType map -> map(map);
            case WitType.RecordType(var fields) -> record(type, fields);
            case WitType.TupleType(var types) -> tuple(type, types);
            case WitType.VariantType(var cases) -> variant(type, cases);
            case WitType.EnumType(var cases) -> new WitValue.EnumValue(caseLabel(type, cases));
            case WitType.OptionType(var some) -> option(type, some);
            case WitType.ResultType(var ok, var error) -> result(type, ok, error);
            case WitType.FlagsType(var labels) -> flags(type, labels);
            case WitType.OwnType _,
                    WitType.BorrowType _,
                    WitType.StreamType _,
                    WitType.FutureType _,
                    WitType.ErrorContextType _ ->
                throw new WaveException(
                        WaveException.Code.NO_TEXT,
                        lexer.position(),
                        "a value of type " + WitText.print(type) + " cannot be written as text");
        };
        depth--;
        return value;
    }

    /// Nothing may follow.
    void end() {
        if (!lexer.atEnd()) {
            throw unexpected("the end of the text");
        }
    }

    boolean at(char sign) {
        return lexer.at(sign);
    }

    void take(char sign) {
        if (!lexer.take(sign)) {
            throw unexpected("'" + sign + "'");
        }
    }

    /// After an element: a comma, or the closing sign, which is left.
    void comma(char close) {
        if (!lexer.at(close) && !lexer.take(',')) {
            throw unexpected("',' or '" + close + "'");
        }
    }

    WaveException unexpected(String expected) {
        return lexer.unexpected(expected);
    }

    /// The same with a hint, if it looks like something that is written another way.
    private WaveException unexpected(WitType type, String expected) {
        return new WaveException(
                WaveException.Code.UNEXPECTED,
                lexer.position(),
                "expected " + expected + ", found " + lexer.found() + WaveHints.foreign(type, lexer.found()));
    }

    private void require(char sign, WitType type, String expected) {
        if (!lexer.at(sign)) {
            throw unexpected(type, expected);
        }
    }

    WaveException missing(String what) {
        return new WaveException(
                WaveException.Code.MISSING, lexer.position(), "expected " + what + ", found " + lexer.found());
    }

    private WitValue primitive(WitType.Primitive primitive) {
        return switch (primitive) {
            case BOOL -> bool();
            case S8, U8, S16, U16, S32, U32, S64, U64 -> new WitValue.Int(integer(primitive));
            case F32 -> new WitValue.F32(floating(primitive, Float.NaN, Float.POSITIVE_INFINITY, Float::parseFloat));
            case F64 ->
                new WitValue.F64(floating(primitive, Double.NaN, Double.POSITIVE_INFINITY, Double::parseDouble));
            case CHAR -> {
                require('\'', primitive, "a char in single quotes");
                yield new WitValue.Char(lexer.character());
            }
            case STRING -> {
                require('"', primitive, "a string in double quotes");
                yield new WitValue.Text(lexer.string());
            }
        };
    }

    private WitValue bool() {
        for (boolean value : new boolean[] {true, false}) {
            if (lexer.atKeyword(Boolean.toString(value))) {
                lexer.skip(Boolean.toString(value));
                return new WitValue.Bool(value);
            }
        }
        throw unexpected(WitType.Primitive.BOOL, "a bool, true or false");
    }

    private long integer(WitType.Primitive primitive) {
        String text =
                lexer.peekNumber().orElseThrow(() -> unexpected(primitive, "a number of type " + primitive.keyword()));
        if (!text.matches("-?[0-9]+")) {
            throw unexpected("an integer of type " + primitive.keyword());
        }
        // a text that is longer than any value of 64 bits is not worth converting
        BigInteger number = text.length() > MAX_INTEGER_DIGITS ? null : new BigInteger(text);
        if (number == null || !inRange(primitive, number, text)) {
            throw new WaveException(
                    WaveException.Code.OUT_OF_RANGE,
                    lexer.position(),
                    "expected a number of type %s, %s, which %s is not"
                            .formatted(primitive.keyword(), WaveHints.range(primitive), shortened(text)));
        }
        lexer.skip(text);
        return number.longValue();
    }

    private static String shortened(String text) {
        return text.length() <= 2 * MAX_INTEGER_DIGITS ? text : text.substring(0, MAX_INTEGER_DIGITS) + "…";
    }

    private static boolean inRange(WitType.Primitive primitive, BigInteger number, String text) {
        if (primitive == WitType.Primitive.U64) {
            return !text.startsWith("-") && number.bitLength() <= Long.SIZE;
        }
        return number.bitLength() < Long.SIZE
                && number.longValue() >= Values.smallest(primitive)
                && number.longValue() <= Values.largest(primitive);
    }

    private <T> T floating(
            WitType.Primitive primitive, T nan, T infinity, java.util.function.Function<String, T> parse) {
        if (lexer.atKeyword("nan")) {
            lexer.skip("nan");
            return nan;
        }
        if (lexer.atKeyword("inf")) {
            lexer.skip("inf");
            return infinity;
        }
        String text =
                lexer.peekNumber().orElseThrow(() -> unexpected(primitive, "a number of type " + primitive.keyword()));
        T value = parse.apply(text.equals("-inf") ? "-Infinity" : text);
        lexer.skip(text);
        return value;
    }

    private WitValue list(WitType type, WitType element) {
        open('[', type);
        if (element == WitType.Primitive.U8) {
            java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
            while (!lexer.take(']')) {
                bytes.write((int) integer(WitType.Primitive.U8));
                comma(']');
            }
            return new WitValue.Bytes(ByteString.adopt(bytes.toByteArray()));
        }
        List<WitValue> elements = new ArrayList<>();
        while (!lexer.take(']')) {
            elements.add(value(element));
            comma(']');
        }
        return new WitValue.ListValue(elements);
    }

    private WitValue fixedList(WitType type, WitType element, int length) {
        int position = lexer.position();
        WitValue value = list(type, element);
        int found = value instanceof WitValue.Bytes(var bytes)
                ? bytes.size()
                : ((WitValue.ListValue) value).elements().size();
        if (found != length) {
            throw new WaveException(
                    found < length ? WaveException.Code.MISSING : WaveException.Code.UNEXPECTED,
                    position,
                    "expected %d elements of %s, found %d".formatted(length, WitText.print(type), found));
        }
        return value;
    }

    /// A map is written as the list of tuples that it stands for: `[("a", 1), ("b", 2)]`.
    private WitValue map(WitType.MapType type) {
        open('[', type);
        List<WitValue.Entry> entries = new ArrayList<>();
        while (!lexer.take(']')) {
            take('(');
            WitValue key = value(type.key());
            take(',');
            WitValue value = value(type.value());
            comma(')');
            take(')');
            entries.add(new WitValue.Entry(key, value));
            comma(']');
        }
        return new WitValue.MapValue(entries);
    }

    private void open(char sign, WitType type) {
        if (!lexer.take(sign)) {
            throw unexpected(type, "'" + sign + "' and a " + WitText.print(type));
        }
    }

    private WitValue tuple(WitType type, List<WitType> types) {
        open('(', type);
        List<WitValue> elements = new ArrayList<>();
        for (WitType each : types) {
            if (lexer.at(')')) {
                throw missing(types.size() + " values of " + WitText.print(type));
            }
            elements.add(value(each));
            comma(')');
        }
        take(')');
        return new WitValue.TupleValue(elements);
    }

    private WitValue record(WitType type, List<WitType.Field> fields) {
        open('{', type);
        @Nullable WitValue[] values = new @Nullable WitValue[fields.size()];
        if (lexer.take(':')) {
            take('}');
            return complete(type, fields, values);
        }
        do {
            int position = lexer.position();
            int index = fieldIndex(type, fields);
            if (values[index] != null) {
                throw new WaveException(
                        WaveException.Code.DUPLICATE,
                        position,
                        "the field '" + fields.get(index).name() + "' is there twice");
            }
            take(':');
            values[index] = value(fields.get(index).type());
            comma('}');
        } while (!lexer.at('}'));
        WitValue record = complete(type, fields, values);
        take('}');
        return record;
    }

    private int fieldIndex(WitType type, List<WitType.Field> fields) {
        int position = lexer.position();
        String name = label("a field of " + WitText.print(type));
        for (int index = 0; index < fields.size(); index++) {
            if (fields.get(index).name().equals(name)) {
                return index;
            }
        }
        List<String> names = fields.stream().map(WitType.Field::name).toList();
        throw unknown(position, "a field of " + WitText.print(type), name, names);
    }

    private WitValue complete(WitType type, List<WitType.Field> fields, @Nullable WitValue[] values) {
        List<WitValue> complete = new ArrayList<>();
        for (int index = 0; index < values.length; index++) {
            WitValue value = values[index];
            if (value == null && !(fields.get(index).type() instanceof WitType.OptionType)) {
                throw missing("the field '" + fields.get(index).name() + "' of " + WitText.print(type));
            }
            complete.add(value == null ? WitValue.none() : value);
        }
        return new WitValue.RecordValue(complete);
    }

    private WitValue flags(WitType type, List<String> labels) {
        open('{', type);
        SortedSet<String> set = new TreeSet<>();
        while (!lexer.take('}')) {
            int position = lexer.position();
            String name = label("a label of " + WitText.print(type));
            if (!labels.contains(name)) {
                throw unknown(position, "a label of " + WitText.print(type), name, labels);
            }
            if (!set.add(name)) {
                throw new WaveException(WaveException.Code.DUPLICATE, position, "'" + name + "' is there twice");
            }
            comma('}');
        }
        return new WitValue.FlagsValue(set);
    }

    /// Takes a label, with or without `%`; keywords count.
    private String label(String expected) {
        String word = lexer.peekLabel().orElseThrow(() -> unexpected(expected));
        lexer.skip(word);
        return word.startsWith("%") ? word.substring(1) : word;
    }

    private static WaveException unknown(int position, String expected, String name, List<String> labels) {
        return new WaveException(
                WaveException.Code.UNKNOWN_LABEL,
                position,
                "expected " + expected + ", found '" + name + "'" + WaveHints.near(name, labels));
    }

    private WitValue variant(WitType type, List<WitType.Case> cases) {
        String name = caseLabel(type, cases.stream().map(WitType.Case::name).toList());
        Optional<WitType> payload = cases.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .flatMap(WitType.Case::payload);
        if (payload.isPresent() != lexer.at('(')) {
            throw unexpected(
                    payload.isPresent()
                            ? "'(': the case '%s' has a payload of type %s"
                                    .formatted(name, WitText.print(payload.get()))
                            : "nothing behind '%s', a case without payload".formatted(name));
        }
        return new WitValue.VariantValue(name, payload(payload));
    }

    /// Takes the label of a case; a keyword must be written with `%`.
    private String caseLabel(WitType type, List<String> cases) {
        int position = lexer.position();
        String expected = "a case of " + WitText.print(type);
        String word = lexer.peekLabel().orElseThrow(() -> unexpected(expected));
        if (WaveLexer.KEYWORDS.contains(word)) {
            throw unexpected(expected + (cases.contains(word) ? ", written %" + word : ""));
        }
        String name = label(expected);
        if (!cases.contains(name)) {
            throw unknown(position, expected, name, cases);
        }
        return name;
    }

    private Optional<WitValue> payload(Optional<WitType> type) {
        return type.map(each -> inParentheses(() -> value(each)));
    }

    private WitValue inParentheses(Supplier<WitValue> inner) {
        take('(');
        WitValue value = inner.get();
        take(')');
        return value;
    }

    private WitValue option(WitType type, WitType some) {
        if (lexer.atKeyword("none")) {
            lexer.skip("none");
            return WitValue.none();
        }
        if (lexer.atKeyword("some")) {
            lexer.skip("some");
            return WitValue.some(inParentheses(() -> value(some)));
        }
        if (isWrapper(some)) {
            throw unexpected(type, "some(…) or none, for " + WitText.print(type));
        }
        if (some instanceof WitType.Primitive
                && !WaveHints.foreign(type, lexer.found()).isEmpty()) {
            throw unexpected(type, "a value of " + WitText.print(type));
        }
        return WitValue.some(value(some));
    }

    private WitValue result(WitType type, Optional<WitType> ok, Optional<WitType> error) {
        for (boolean isOk : new boolean[] {true, false}) {
            String keyword = isOk ? "ok" : "err";
            if (lexer.atKeyword(keyword)) {
                lexer.skip(keyword);
                return new WitValue.ResultValue(isOk, payload(isOk ? ok : error));
            }
        }
        if (ok.isEmpty() || isWrapper(ok.get())) {
            throw unexpected(type, "ok or err, for " + WitText.print(type));
        }
        return WitValue.ok(value(ok.get()));
    }

    /// Could the bare value be taken for one of the outer option or result?
    private static boolean isWrapper(WitType type) {
        return type instanceof WitType.OptionType || type instanceof WitType.ResultType;
    }
}
