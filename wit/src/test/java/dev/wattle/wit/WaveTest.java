package dev.wattle.wit;

import static dev.wattle.wit.WitType.Primitive.BOOL;
import static dev.wattle.wit.WitType.Primitive.CHAR;
import static dev.wattle.wit.WitType.Primitive.F32;
import static dev.wattle.wit.WitType.Primitive.F64;
import static dev.wattle.wit.WitType.Primitive.S64;
import static dev.wattle.wit.WitType.Primitive.S8;
import static dev.wattle.wit.WitType.Primitive.STRING;
import static dev.wattle.wit.WitType.Primitive.U32;
import static dev.wattle.wit.WitType.Primitive.U64;
import static dev.wattle.wit.WitType.Primitive.U8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wattle.testkit.Gen;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class WaveTest {
    private static final WitType BASIC = new WitType.RecordType(
            List.of(new WitType.Field("required", U8), new WitType.Field("optional", new WitType.OptionType(U8))));
    private static final WitType OPTIONAL = new WitType.RecordType(List.of(
            new WitType.Field("a", new WitType.OptionType(U8)), new WitType.Field("b", new WitType.OptionType(U8))));
    private static final WitType KEYWORD_CASES = new WitType.EnumType(List.of("true", "some", "ok", "nan", "plain"));
    private static final WitType KEYWORD_FIELDS =
            new WitType.RecordType(List.of(new WitType.Field("true", BOOL), new WitType.Field("inf", F32)));
    private static final WitType PERMISSIONS = new WitType.FlagsType(List.of("write", "read"));
    private static final WitType RESULT_U8 = new WitType.ResultType(Optional.of(U8), Optional.of(STRING));
    private static final WitType RESULT_BARE = new WitType.ResultType(Optional.empty(), Optional.empty());
    private static final WitType RESPONSE = new WitType.VariantType(List.of(
            new WitType.Case("empty", Optional.empty()),
            new WitType.Case("body", Optional.of(new WitType.ListType(U8))),
            new WitType.Case("err", Optional.of(STRING))));

    private static final WitType ADDRESS = new WitType.FixedListType(U8, 4);
    private static final WitType WORDS = new WitType.FixedListType(STRING, 2);
    private static final WitType AGES = new WitType.MapType(STRING, U32);
    private static final WitValue TWO_AGES = WitValue.map(
            new WitValue.Entry(WitValue.of("ann"), WitValue.of(7)),
            new WitValue.Entry(WitValue.of("ann"), WitValue.of(8)));

    private static WitValue record(WitValue... fields) {
        return new WitValue.RecordValue(List.of(fields));
    }

    private static WitValue text(String text) {
        return WitValue.of(text);
    }

    static Stream<Arguments> accepted() {
        return Stream.of(
                arguments(BOOL, "true", WitValue.of(true)),
                arguments(BOOL, " false // no", WitValue.of(false)),
                arguments(U8, "255", WitValue.of(255)),
                arguments(S8, "-128", WitValue.of(-128)),
                arguments(S64, "-9223372036854775808", WitValue.of(Long.MIN_VALUE)),
                arguments(U64, "18446744073709551615", WitValue.of(-1)),
                arguments(F32, "3.4028234664e39", new WitValue.F32(Float.POSITIVE_INFINITY)),
                arguments(F32, "1.4012984643e-46", new WitValue.F32(0)),
                arguments(F64, "0.000e100", new WitValue.F64(0)),
                arguments(F64, "-0.0e-0", new WitValue.F64(-0.0)),
                arguments(F64, "6.022e+23", new WitValue.F64(6.022e23)),
                arguments(F64, "nan", new WitValue.F64(Double.NaN)),
                arguments(F64, "-inf", new WitValue.F64(Double.NEGATIVE_INFINITY)),
                arguments(F32, "inf", new WitValue.F32(Float.POSITIVE_INFINITY)),
                arguments(CHAR, "'x'", new WitValue.Char('x')),
                arguments(CHAR, "'☃'", new WitValue.Char('☃')),
                arguments(CHAR, "'\\''", new WitValue.Char('\'')),
                arguments(CHAR, "'\"'", new WitValue.Char('"')),
                arguments(CHAR, "'\\u{1F30A}'", new WitValue.Char(0x1F30A)),
                arguments(CHAR, "'🌊'", new WitValue.Char(0x1F30A)),
                arguments(STRING, "\"\"", text("")),
                arguments(STRING, "\"WAVE🌊\"", text("WAVE🌊")),
                arguments(STRING, "\"\\\\\\'\\\"\\t\\n\\r\"", text("\\'\"\t\n\r")),
                arguments(STRING, "\"☃\\u{2603}\\u{002603}\"", text("☃☃☃")),
                arguments(STRING, "\"no // comment\"", text("no // comment")),
                arguments(STRING, "\"\"\"\n\"\"\"", text("")),
                arguments(STRING, "\"\"\"\nA single line\n\"\"\"", text("A single line")),
                arguments(STRING, "\"\"\"\n    Indent\n      by end\n  \"\"\"", text("  Indent\n    by end")),
                arguments(STRING, "\"\"\"\r\na\r\nb\\r\r\n\"\"\"", text("a\nb\r")),
                arguments(STRING, "\"\"\"\n\nkept\n\n\"\"\"", text("\nkept\n")),
                arguments(STRING, "\"\"\"\nbreak up \"\"\\\"\"\n\"\"\"", text("break up \"\"\"\"")),
                arguments(new WitType.ListType(U8), "[]", WitValue.ofBytes(new byte[0])),
                arguments(new WitType.ListType(U8), "[1, 255,]", WitValue.ofBytes(new byte[] {1, -1})),
                arguments(
                        new WitType.ListType(BOOL),
                        "[true,false , ]",
                        WitValue.list(List.of(WitValue.of(true), WitValue.of(false)))),
                arguments(
                        new WitType.TupleType(List.of(STRING, U32)),
                        "(\"a\", 1,)",
                        new WitValue.TupleValue(List.of(text("a"), WitValue.of(1)))),
                arguments(BASIC, "{ required: 1 }", record(WitValue.of(1), WitValue.none())),
                arguments(
                        BASIC,
                        "{optional: some(2), %required: 1,}",
                        record(WitValue.of(1), WitValue.some(WitValue.of(2)))),
                arguments(BASIC, "{optional: 2, required: 1}", record(WitValue.of(1), WitValue.some(WitValue.of(2)))),
                arguments(OPTIONAL, "{ : }", record(WitValue.none(), WitValue.none())),
                arguments(OPTIONAL, "{b:none,}", record(WitValue.none(), WitValue.none())),
                arguments(
                        KEYWORD_FIELDS,
                        "{true: false, inf: inf}",
                        record(WitValue.of(false), new WitValue.F32(Float.POSITIVE_INFINITY))),
                arguments(KEYWORD_CASES, "%ok", new WitValue.EnumValue("ok")),
                arguments(KEYWORD_CASES, "%plain", new WitValue.EnumValue("plain")),
                arguments(PERMISSIONS, "{}", new WitValue.FlagsValue(new TreeSet<>())),
                arguments(
                        PERMISSIONS,
                        "{read, write,}",
                        new WitValue.FlagsValue(new TreeSet<>(List.of("read", "write")))),
                arguments(RESPONSE, "empty", WitValue.variant("empty")),
                arguments(RESPONSE, "body([79, 75])", WitValue.variant("body", WitValue.ofBytes(new byte[] {79, 75}))),
                arguments(RESPONSE, "%err(\"oops\")", WitValue.variant("err", text("oops"))),
                arguments(RESULT_U8, "12", WitValue.ok(WitValue.of(12))),
                arguments(RESULT_U8, "ok(12)", WitValue.ok(WitValue.of(12))),
                arguments(RESULT_U8, "err(\"oops\")", WitValue.error(text("oops"))),
                arguments(RESULT_BARE, "ok", WitValue.ok()),
                arguments(ADDRESS, "[127, 0, 0, 1,]", WitValue.ofBytes(new byte[] {127, 0, 0, 1})),
                arguments(WORDS, "[\"a\", \"b\"]", WitValue.list(List.of(text("a"), text("b")))),
                arguments(AGES, "[]", WitValue.map()),
                arguments(AGES, "[ (\"ann\", 7,), (\"ann\",8) , ]", TWO_AGES),
                arguments(
                        new WitType.OptionType(new WitType.EnumType(List.of("null"))),
                        "null",
                        WitValue.some(new WitValue.EnumValue("null"))),
                arguments(RESULT_BARE, "err", WitValue.error()),
                arguments(
                        new WitType.OptionType(new WitType.OptionType(U8)),
                        "some(none)",
                        WitValue.some(WitValue.none())),
                arguments(
                        new WitType.OptionType(KEYWORD_CASES), "%some", WitValue.some(new WitValue.EnumValue("some"))));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void what_the_encoding_allows_is_read(WitType type, String text, WitValue value) {
        assertThat(Wave.parse(type, text)).isEqualTo(value);
    }

    static Stream<Arguments> rejected() {
        return Stream.of(
                arguments(BOOL, "True", WaveException.Code.UNEXPECTED, 0),
                arguments(BOOL, "true false", WaveException.Code.UNEXPECTED, 5),
                arguments(U8, "256", WaveException.Code.OUT_OF_RANGE, 0),
                arguments(U8, "-1", WaveException.Code.OUT_OF_RANGE, 0),
                arguments(U8, "1.0", WaveException.Code.UNEXPECTED, 0),
                arguments(U8, "01", WaveException.Code.UNEXPECTED, 1),
                arguments(U8, "9".repeat(10_000), WaveException.Code.OUT_OF_RANGE, 0),
                arguments(U64, "18446744073709551616", WaveException.Code.OUT_OF_RANGE, 0),
                arguments(S64, "9223372036854775808", WaveException.Code.OUT_OF_RANGE, 0),
                arguments(F64, "-nan", WaveException.Code.UNEXPECTED, 0),
                arguments(F64, "NaN", WaveException.Code.UNEXPECTED, 0),
                arguments(F64, "infinity", WaveException.Code.UNEXPECTED, 0),
                arguments(F64, "-Inf", WaveException.Code.UNEXPECTED, 0),
                arguments(F64, ".5", WaveException.Code.UNEXPECTED, 0),
                arguments(F64, "1d", WaveException.Code.UNEXPECTED, 1),
                arguments(CHAR, "''", WaveException.Code.UNEXPECTED, 0),
                arguments(CHAR, "'ab'", WaveException.Code.UNEXPECTED, 2),
                arguments(CHAR, "'\n'", WaveException.Code.UNEXPECTED, 0),
                arguments(CHAR, "'", WaveException.Code.UNEXPECTED, 0),
                arguments(STRING, "\"\\u{d800}\"", WaveException.Code.OUT_OF_RANGE, 1),
                arguments(STRING, "\"\\u{110000}\"", WaveException.Code.OUT_OF_RANGE, 1),
                arguments(STRING, "\"\\u{0000001}\"", WaveException.Code.UNEXPECTED, 1),
                arguments(STRING, "\"\\u{-1}\"", WaveException.Code.UNEXPECTED, 1),
                arguments(STRING, "\"\\u{}\"", WaveException.Code.UNEXPECTED, 1),
                arguments(STRING, "\"\\j\"", WaveException.Code.UNEXPECTED, 1),
                arguments(STRING, "\"\\\"", WaveException.Code.UNEXPECTED, 3),
                arguments(STRING, "\"\uD800\"", WaveException.Code.OUT_OF_RANGE, 1),
                arguments(STRING, "\"a\nb\"", WaveException.Code.UNEXPECTED, 2),
                arguments(STRING, "\"\"\"\"\"\"", WaveException.Code.UNEXPECTED, 3),
                arguments(STRING, "\"\"\"extra\n\"\"\"", WaveException.Code.UNEXPECTED, 3),
                arguments(STRING, "\"\"\"\nextra\"\"\"", WaveException.Code.UNEXPECTED, 9),
                arguments(STRING, "\"\"\"\n a\n  \"\"\"", WaveException.Code.UNEXPECTED, 5),
                arguments(STRING, "\"\"\"\n\\j\n\"\"\"", WaveException.Code.UNEXPECTED, 4),
                arguments(STRING, "\"\"\"\nx \"\"\" y\n\"\"\"", WaveException.Code.UNEXPECTED, 6),
                arguments(BASIC, "{optional: none}", WaveException.Code.MISSING, 15),
                arguments(BASIC, "{required: 0, required: 0}", WaveException.Code.DUPLICATE, 14),
                arguments(BASIC, "{required: 0,,}", WaveException.Code.UNEXPECTED, 13),
                arguments(BASIC, "{, required: 0}", WaveException.Code.UNEXPECTED, 1),
                arguments(BASIC, "{requird: 0}", WaveException.Code.UNKNOWN_LABEL, 1),
                arguments(OPTIONAL, "{}", WaveException.Code.UNEXPECTED, 1),
                arguments(PERMISSIONS, "{read, read}", WaveException.Code.DUPLICATE, 7),
                arguments(PERMISSIONS, "{exec}", WaveException.Code.UNKNOWN_LABEL, 1),
                arguments(PERMISSIONS, "{:}", WaveException.Code.UNEXPECTED, 1),
                arguments(KEYWORD_CASES, "ok", WaveException.Code.UNEXPECTED, 0),
                arguments(KEYWORD_CASES, "plainer", WaveException.Code.UNKNOWN_LABEL, 0),
                arguments(RESPONSE, "body", WaveException.Code.UNEXPECTED, 4),
                arguments(RESPONSE, "empty(1)", WaveException.Code.UNEXPECTED, 5),
                arguments(RESULT_U8, "ok", WaveException.Code.UNEXPECTED, 2),
                arguments(RESULT_BARE, "ok(0)", WaveException.Code.UNEXPECTED, 2),
                arguments(RESULT_BARE, "1", WaveException.Code.UNEXPECTED, 0),
                arguments(new WitType.OptionType(U8), "some", WaveException.Code.UNEXPECTED, 4),
                arguments(new WitType.OptionType(U8), "some(some(0))", WaveException.Code.UNEXPECTED, 5),
                arguments(new WitType.OptionType(U8), "none()", WaveException.Code.UNEXPECTED, 4),
                arguments(new WitType.OptionType(new WitType.OptionType(U8)), "1", WaveException.Code.UNEXPECTED, 0),
                arguments(new WitType.TupleType(List.of(U8, U8)), "(1)", WaveException.Code.MISSING, 2),
                arguments(new WitType.TupleType(List.of(U8)), "(1, 2)", WaveException.Code.UNEXPECTED, 4),
                arguments(new WitType.ListType(U8), "[1 2]", WaveException.Code.UNEXPECTED, 3),
                arguments(new WitType.ListType(U8), "[1", WaveException.Code.UNEXPECTED, 2),
                arguments(new WitType.OwnType(new ResourceType("pollable")), "1", WaveException.Code.NO_TEXT, 0),
                arguments(ADDRESS, "[1, 2, 3]", WaveException.Code.MISSING, 0),
                arguments(ADDRESS, "[1, 2, 3, 4, 5]", WaveException.Code.UNEXPECTED, 0),
                arguments(AGES, "[(\"ann\")]", WaveException.Code.UNEXPECTED, 7),
                arguments(AGES, "[(\"ann\", 1, 2)]", WaveException.Code.UNEXPECTED, 12),
                arguments(AGES, "{\"ann\": 1}", WaveException.Code.UNEXPECTED, 0),
                arguments(new WitType.ErrorContextType(), "\"x\"", WaveException.Code.NO_TEXT, 0),
                arguments(new WitType.StreamType(Optional.of(U8)), "[]", WaveException.Code.NO_TEXT, 0),
                arguments(U8, "", WaveException.Code.UNEXPECTED, 0));
    }

    @ParameterizedTest
    @MethodSource("rejected")
    void what_the_encoding_forbids_is_refused_where_it_stands(
            WitType type, String text, WaveException.Code code, int position) {
        var refusal = catchThrowableOfType(WaveException.class, () -> Wave.parse(type, text));
        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);
        assertThat(refusal.position()).as(refusal.getMessage()).isEqualTo(position);
    }

    static Stream<Arguments> printed() {
        return Stream.of(
                arguments(U64, WitValue.of(-1), "18446744073709551615"),
                arguments(F64, new WitValue.F64(92.0), "92"),
                arguments(F64, new WitValue.F64(-0.0), "-0"),
                arguments(F64, new WitValue.F64(0.1), "0.1"),
                arguments(F64, new WitValue.F64(1e21), "1000000000000000000000"),
                arguments(F32, new WitValue.F32(0.1f), "0.1"),
                arguments(F32, new WitValue.F32(Float.NaN), "nan"),
                arguments(STRING, text("a\"'\n\u0000☃\u202E"), "\"a\\\"'\\n\\u{0}☃\\u{202e}\""),
                arguments(CHAR, new WitValue.Char('\''), "'\\''"),
                arguments(BASIC, record(WitValue.of(1), WitValue.none()), "{required: 1}"),
                arguments(OPTIONAL, record(WitValue.none(), WitValue.none()), "{:}"),
                arguments(RESPONSE, WitValue.variant("err", text("x")), "%err(\"x\")"),
                arguments(RESULT_BARE, WitValue.error(), "err"),
                arguments(ADDRESS, WitValue.ofBytes(new byte[] {127, 0, 0, 1}), "[127, 0, 0, 1]"),
                arguments(WORDS, WitValue.list(List.of(text("a"), text("b"))), "[\"a\", \"b\"]"),
                arguments(AGES, TWO_AGES, "[(\"ann\", 7), (\"ann\", 8)]"),
                arguments(
                        PERMISSIONS, new WitValue.FlagsValue(new TreeSet<>(List.of("read", "write"))), "{write, read}"),
                arguments(new WitType.ListType(U8), WitValue.ofBytes(new byte[] {1, -1}), "[1, 255]"));
    }

    @ParameterizedTest
    @MethodSource("printed")
    void values_are_printed_in_one_form(WitType type, WitValue value, String text) {
        assertThat(Wave.print(type, value)).isEqualTo(text);
    }

    @Test
    void what_is_printed_is_read_back() {
        Gen.check(5_000, gen -> {
            WitType type = RandomWit.anyType(gen, 4);
            WitValue value = RandomWit.value(gen, type);
            String text = Wave.print(type, value);
            assertThat(Wave.parse(type, text)).as("%s as %s", text, type).isEqualTo(value);
        });
    }

    @Test
    void damaged_text_is_refused_or_read_and_never_breaks_the_parser() {
        Gen.check(5_000, gen -> {
            WitType type = RandomWit.anyType(gen, 4);
            StringBuilder text = new StringBuilder(Wave.print(type, RandomWit.value(gen, type)));
            int at = gen.intBetween(0, text.length() - 1);
            switch (gen.intBetween(0, 2)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.setCharAt(at, "{}[](),:'\"\\%-0a \n\uD800".charAt(gen.intBetween(0, 17)));
                default -> text.setLength(at);
            }
            try {
                Values.check(type, Wave.parse(type, text.toString()));
            } catch (WaveException refusal) {
                assertThat(refusal.position()).isBetween(0, text.length());
            }
        });
    }

    @Test
    void a_type_nested_too_deep_is_refused_in_both_directions() {
        WitType type = U8;
        WitValue value = WitValue.of(1);
        for (int depth = 0; depth <= Wave.MAX_DEPTH; depth++) {
            type = new WitType.TupleType(List.of(type));
            value = new WitValue.TupleValue(List.of(value));
        }
        WitType deep = type;
        WitValue deepValue = value;
        String text = "(".repeat(Wave.MAX_DEPTH + 1) + "1" + ")".repeat(Wave.MAX_DEPTH + 1);
        assertThatThrownBy(() -> Wave.parse(deep, text)).hasMessageContaining("nested deeper than 100");
        assertThatThrownBy(() -> Wave.print(deep, deepValue)).hasMessageContaining("nested deeper than 100");
    }

    static Stream<Arguments> hinted() {
        return Stream.of(
                arguments(BASIC, "{requird: 0}", "found 'requird'; did you mean 'required'?"),
                arguments(PERMISSIONS, "{raed}", "found 'raed'; did you mean 'read'?"),
                arguments(KEYWORD_CASES, "plian", "found 'plian'; did you mean 'plain'?"),
                arguments(PERMISSIONS, "{execute}", "found 'execute'"),
                arguments(BOOL, "True", "found 'True'; it is written in small letters"),
                arguments(STRING, "hello", "found 'hello'; \"…\" is missing around it"),
                arguments(STRING, "'hello'", "found ''hello''; \"…\" is missing around it"),
                arguments(CHAR, "\"x\"", "found '\"x\"'; \"…\" is a string, '…' a char"),
                arguments(U8, "256", "expected a number of type u8, 0 to 255, which 256 is not"),
                arguments(F64, "NaN", "found 'NaN'; there are nan, inf and -inf"),
                arguments(AGES, "{\"a\": 1}", "; a map is written [(key, value), …]"),
                arguments(BASIC, "[1]", "; a record is written {field: …}"),
                arguments(new WitType.ListType(U8), "{1}", "; a list is written […]"),
                arguments(new WitType.OptionType(U8), "null", "; nothing is written none"),
                arguments(RESULT_BARE, "error", "; an error is written err(…)"),
                arguments(RESPONSE, "body", "expected '(': the case 'body' has a payload of type list<u8>"),
                arguments(RESPONSE, "empty(1)", "expected nothing behind 'empty', a case without payload"));
    }

    @ParameterizedTest
    @MethodSource("hinted")
    void a_message_says_what_may_have_been_meant(WitType type, String text, String hint) {
        assertThatThrownBy(() -> Wave.parse(type, text))
                .isInstanceOf(WaveException.class)
                .hasMessageContaining(hint);
    }

    @Test
    void a_message_shows_the_column_what_was_expected_and_what_was_found() {
        assertThatThrownBy(() -> Wave.parse(new WitType.ListType(U32), "[1, \"x\"]"))
                .hasMessage("at column 5: expected a number of type u32, found '\"x\"]'");
    }
}
