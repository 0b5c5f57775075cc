package dev.wattle.host.component.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.host.component.Component;
import dev.wattle.host.component.Guests;
import dev.wattle.host.engine.Engines;
import dev.wattle.wit.WaveException;
import dev.wattle.wit.WitValue;
import java.math.BigInteger;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntBinaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Every kind of value through a guest that answers what it gets, as Java types.
final class EchoTest {
    private static final Component VALUES = Component.load(Engines.create(), Guests.read("values"));

    private final Guest guest = Guest.start(VALUES, Imports.none());

    @AfterEach
    void close() {
        guest.close();
    }

    record Point(int x, int y) {}

    /// In another order than WIT's.
    record Padded(String name, List<Point> points, int small, long large, short middle, boolean flag) {}

    sealed interface Shape {
        record Empty() implements Shape {}

        record Circle(float radius) implements Shape {}

        record Square(long side) implements Shape {}

        record Label(String text) implements Shape {}

        record Polygon(List<Point> points) implements Shape {}

        record Precise(double number) implements Shape {}

        record Nested(Optional<Optional<Integer>> value) implements Shape {}
    }

    enum Colour {
        GREEN,
        RED,
        BLUE
    }

    enum Few {
        READ,
        WRITE,
        EXECUTE
    }

    record Triple(byte first, Pair second, Single third) {}

    record Pair(String text, long number) {}

    record Single(float number) {}

    @WitInterface("test:values/echo")
    interface Echo {
        boolean echoBool(boolean value);

        byte echoU8(byte value);

        byte echoS8(byte value);

        int echoU16(int value);

        short echoS16(short value);

        int echoU32(int value);

        int echoS32(int value);

        BigInteger echoU64(BigInteger value);

        long echoS64(long value);

        float echoF32(float value);

        double echoF64(double value);

        int echoChar(int codePoint);

        String echoString(String value);

        byte[] echoBytes(byte[] value);

        long[] echoU64s(long[] value);

        List<String> echoStrings(List<String> value);

        List<List<Integer>> echoLists(List<List<Integer>> value);

        Point echoPoint(Point value);

        Padded echoPadded(Padded value);

        List<Padded> echoPaddeds(List<Padded> value);

        Triple echoTuple(Triple value);

        Shape echoShape(Shape value);

        List<Shape> echoShapes(List<Shape> value);

        Colour echoColour(Colour value);

        Set<Few> echoFew(Set<Few> value);

        Optional<String> echoOption(Optional<String> value);

        Optional<Optional<Integer>> echoOptions(Optional<Optional<Integer>> value);

        Result<String, Integer> echoResult(Result<String, Integer> value);

        Result<Long, @Nullable Void> echoResultOk(Result<Long, @Nullable Void> value);

        void echoResultError(Result<@Nullable Void, String> value);

        WitValue echoResultEmpty(WitValue value);

        void nothing();

        default String twice(String value) {
            return echoString(value) + echoString(value);
        }
    }

    private Echo echo() {
        return guest.bind(Echo.class);
    }

    @Test
    void numbers_keep_their_value() {
        Echo echo = echo();

        assertThat(echo.echoBool(true)).isTrue();
        assertThat(echo.echoU8((byte) -1)).as("255 in eight bits").isEqualTo((byte) -1);
        assertThat(echo.echoS8((byte) -128)).isEqualTo((byte) -128);
        assertThat(echo.echoU16(65_535)).isEqualTo(65_535);
        assertThat(echo.echoS16((short) -3)).isEqualTo((short) -3);
        assertThat(Integer.toUnsignedLong(echo.echoU32(-1))).isEqualTo(4_294_967_295L);
        assertThat(echo.echoS32(Integer.MIN_VALUE)).isEqualTo(Integer.MIN_VALUE);
        assertThat(echo.echoU64(new BigInteger("18446744073709551615"))).isEqualTo("18446744073709551615");
        assertThat(echo.echoS64(Long.MIN_VALUE)).isEqualTo(Long.MIN_VALUE);
        assertThat(echo.echoF32(1.5f)).isEqualTo(1.5f);
        assertThat(echo.echoF64(Math.PI)).isEqualTo(Math.PI);
        assertThat(echo.echoChar(0x1F30A)).isEqualTo(0x1F30A);
    }

    @Test
    void texts_and_lists_keep_what_they_hold() {
        Echo echo = echo();

        assertThat(echo.echoString("🌊 wave")).isEqualTo("🌊 wave");
        assertThat(echo.twice("ab")).isEqualTo("abab");
        assertThat(echo.echoBytes(new byte[] {1, -1})).containsExactly(1, -1);
        assertThat(echo.echoU64s(new long[] {1, -1})).containsExactly(1, -1);
        assertThat(echo.echoStrings(List.of("a", ""))).containsExactly("a", "");
        assertThat(echo.echoLists(List.of(List.of(1, 65_535), List.of())))
                .containsExactly(List.of(1, 65_535), List.of());
    }

    @Test
    void records_tuples_and_variants_are_java_records() {
        Echo echo = echo();
        Padded padded = new Padded("n", List.of(new Point(1, -2)), 200, -1, (short) 3, true);

        assertThat(echo.echoPoint(new Point(3, -4))).isEqualTo(new Point(3, -4));
        assertThat(echo.echoPadded(padded)).isEqualTo(padded);
        assertThat(echo.echoPaddeds(List.of(padded, padded))).containsExactly(padded, padded);
        Triple triple = new Triple((byte) 1, new Pair("two", 3), new Single(4));
        assertThat(echo.echoTuple(triple)).isEqualTo(triple);
        List<Shape> shapes = List.of(
                new Shape.Empty(),
                new Shape.Circle(1.5f),
                new Shape.Square(-1),
                new Shape.Label("l"),
                new Shape.Polygon(List.of(new Point(1, 2))),
                new Shape.Precise(0.1),
                new Shape.Nested(Optional.of(Optional.empty())));
        assertThat(echo.echoShapes(shapes)).isEqualTo(shapes);
        shapes.forEach(shape -> assertThat(echo.echoShape(shape)).isEqualTo(shape));
    }

    @Test
    void enums_flags_options_and_results_are_java_ones() {
        Echo echo = echo();

        assertThat(echo.echoColour(Colour.BLUE)).isEqualTo(Colour.BLUE);
        assertThat(echo.echoFew(EnumSet.of(Few.EXECUTE, Few.READ))).containsExactly(Few.READ, Few.EXECUTE);
        assertThat(echo.echoOption(Optional.of("x"))).contains("x");
        assertThat(echo.echoOptions(Optional.of(Optional.empty()))).contains(Optional.empty());
        assertThat(echo.echoResult(Result.err(7))).isEqualTo(Result.err(7));
        assertThat(echo.echoResultOk(Result.ok(7L))).isEqualTo(Result.ok(7L));
        assertThat(echo.echoResultEmpty(WitValue.ok())).isEqualTo(WitValue.ok());
        echo.echoResultError(Result.ok(null));
        echo.nothing();
    }

    @Test
    void an_error_is_thrown_where_java_returns_only_what_is_ok() {
        assertThatThrownBy(() -> echo().echoResultError(Result.err("why")))
                .isInstanceOf(ResultException.class)
                .hasMessage("echo-result-error answered err(\"why\")")
                .satisfies(
                        thrown -> assertThat(((ResultException) thrown).error()).contains(WitValue.of("why")));
    }

    interface Join {
        String join(String a, String b);

        long sum(List<Long> values);
    }

    @Test
    void functions_at_the_root_are_bound_and_single_functions_too() {
        Join join = guest.bind("", Join.class);

        assertThat(join.join("a", "b")).isEqualTo("ab");
        assertThat(join.sum(List.of(1L, 2L))).isEqualTo(3);
        try (Guest calculator =
                Guest.start(Component.load(Engines.create(), Guests.read("calculator")), Imports.none())) {
            IntBinaryOperator add = calculator.function("cyber:math/operations", "add", IntBinaryOperator.class);
            assertThat(add.applyAsInt(2, 40)).isEqualTo(42);
        }
    }

    @Test
    void calls_in_wave_are_answered_in_wave() {
        assertThat(guest.call("join(\"a\", \"b\")")).isEqualTo("\"ab\"");
        assertThat(guest.call("test:values/echo#echo-padded({small: 1, large: 2, middle: 3, name: \"n\", flag: true,"
                        + " points: [{x: 1, y: -1}]})"))
                .isEqualTo("{small: 1, large: 2, middle: 3, name: \"n\", flag: true, points: [{x: 1, y: -1}]}");
        assertThat(guest.call("test:values/echo#nothing()")).isEmpty();
        assertThatThrownBy(() -> guest.call("join(\"a\", 1)"))
                .isInstanceOf(WaveException.class)
                .hasMessageStartingWith("at column 11: expected a string in double quotes");
        assertThatThrownBy(() -> guest.call("joins()")).hasMessageContaining("there are join, sum");
    }

    record Pixel(int x, String y, int z) {}

    enum Paint {
        RED,
        GREEN,
        VIOLET
    }

    @WitInterface("test:values/echo")
    interface Wrong {
        String echoBool(String value);

        short echoU32(int value);

        Pixel echoPoint(Point value);

        Paint echoColour(Colour value);

        int nothing();

        int missing(int a);

        String echoString();
    }

    @Test
    void what_does_not_fit_is_named_all_at_once() {
        assertThatThrownBy(() -> guest.bind(Wrong.class))
                .isInstanceOf(BindingException.class)
                .satisfies(thrown -> assertThat(((BindingException) thrown).problems())
                        .anySatisfy(each -> assertThat(each)
                                .contains("echo-bool(value): bool needs boolean")
                                .contains("String"))
                        .contains(
                                "echo-bool result: bool needs boolean, the Java type is java.lang.String",
                                "echo-u32 result: u32 needs an integer of 32 bits or more, the Java type is short",
                                "echo-point result: the Java record Pixel has 'z', which the WIT record has not;"
                                        + " its fields are x, y",
                                "echo-point result.y: s32 needs an integer of 32 bits or more, the Java type is"
                                        + " java.lang.String",
                                "echo-colour result: the Java enum Paint has VIOLET, which WIT has not; its labels are"
                                        + " red, green, blue",
                                "echo-colour result: the Java enum Paint lacks blue",
                                "nothing result: there is no value in WIT, the Java type is int and not void",
                                "echo-string: takes 1 arguments in WIT and 0 in Java: func(value: string) -> string")
                        .anySatisfy(each -> assertThat(each).startsWith("there is no function 'missing'")));
    }

    @Test
    void numbers_that_wit_does_not_hold_and_null_are_refused_before_the_guest_runs() {
        Echo echo = echo();

        assertThatThrownBy(() -> echo.echoU16(65_536)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> echo.echoU64(BigInteger.ONE.negate())).hasMessage("echo-u64(value): -1 is no u64");
        assertThatThrownBy(() -> echo.echoString(nothing())).hasMessageContaining("echo-string(value): null");
        assertThat(echo.echoString("alive")).isEqualTo("alive");
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        return null;
    }
}
