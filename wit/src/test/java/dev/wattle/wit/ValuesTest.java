package dev.wattle.wit;

import static dev.wattle.wit.WitType.Primitive.CHAR;
import static dev.wattle.wit.WitType.Primitive.S16;
import static dev.wattle.wit.WitType.Primitive.STRING;
import static dev.wattle.wit.WitType.Primitive.U32;
import static dev.wattle.wit.WitType.Primitive.U64;
import static dev.wattle.wit.WitType.Primitive.U8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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

final class ValuesTest {
    private static final ResourceType STREAM = new ResourceType("input-stream");

    static Stream<Arguments> misfits() {
        WitType points = new WitType.ListType(new WitType.RecordType(
                List.of(new WitType.Field("x", U32), new WitType.Field("label", new WitType.OptionType(STRING)))));
        return Stream.of(
                arguments(U8, WitValue.of(256), "expected u8, got the integer 256"),
                arguments(U8, WitValue.of(-1), "expected u8, got the integer -1"),
                arguments(S16, WitValue.of(32768), "expected s16, got the integer 32768"),
                arguments(U64, WitValue.of("x"), "expected u64, got a string of 1 characters"),
                arguments(STRING, WitValue.of("a\uD800"), "expected string, got a string with a lone surrogate"),
                arguments(CHAR, WitValue.of(65), "expected char, got the integer 65"),
                arguments(
                        new WitType.ListType(U8),
                        WitValue.list(List.of()),
                        "expected list<u8>, got a list of 0 values"),
                arguments(
                        new WitType.ListType(U32),
                        WitValue.ofBytes(new byte[1]),
                        "expected list<u32>, got a list of 1 bytes"),
                arguments(
                        points,
                        WitValue.list(List.of(
                                new WitValue.RecordValue(List.of(WitValue.of(1), WitValue.none())),
                                new WitValue.RecordValue(List.of(WitValue.of(2), WitValue.some(WitValue.of(3)))))),
                        "[1].label.some: expected string, got the integer 3"),
                arguments(
                        new WitType.TupleType(List.of(U8, U8)),
                        new WitValue.TupleValue(List.of(WitValue.of(1))),
                        "expected tuple<u8, u8>, got a tuple of 1 values"),
                arguments(
                        new WitType.EnumType(List.of("a")),
                        new WitValue.EnumValue("b"),
                        "expected enum { a }, got the enum case b"),
                arguments(
                        new WitType.ResultType(Optional.empty(), Optional.of(U8)),
                        WitValue.ok(WitValue.of(1)),
                        "expected result<_, u8>, got ok(…)"),
                arguments(
                        new WitType.ResultType(Optional.empty(), Optional.of(U8)),
                        WitValue.error(WitValue.of(-1)),
                        ".err: expected u8, got the integer -1"),
                arguments(
                        new WitType.VariantType(List.of(new WitType.Case("a", Optional.of(U8)))),
                        WitValue.variant("a"),
                        "expected variant { a(u8) }, got the variant case a"),
                arguments(
                        new WitType.FlagsType(List.of("a")),
                        new WitValue.FlagsValue(new TreeSet<>(List.of("b"))),
                        "expected flags { a }, got flags b"),
                arguments(
                        new WitType.OwnType(STREAM),
                        new WitValue.Resource(new ResourceType("input-stream"), "x"),
                        "expected input-stream, got a resource input-stream"));
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void what_does_not_fit_is_refused_with_its_path(WitType type, WitValue value, String message) {
        assertThatThrownBy(() -> Values.check(type, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void every_value_fits_its_own_type() {
        Gen.check(5_000, gen -> {
            WitType type = RandomWit.anyType(gen, 4);
            Values.check(type, RandomWit.value(gen, type));
        });
    }

    @Test
    void a_resource_fits_by_the_identity_of_its_type() {
        assertThatCode(() -> Values.check(new WitType.BorrowType(STREAM), new WitValue.Resource(STREAM, "x")))
                .doesNotThrowAnyException();
    }

    @Test
    void arguments_are_counted_and_named() {
        FunctionType type = new FunctionType(List.of(new FunctionType.Parameter("amount", U8)), Optional.of(U8));
        assertThatThrownBy(() -> Values.checkArguments(type, List.of()))
                .hasMessage("expected 1 arguments, got 0; the signature is func(amount: u8) -> u8");
        assertThatThrownBy(() -> Values.checkArguments(type, List.of(WitValue.of("x"))))
                .hasMessage("amount: expected u8, got a string of 1 characters");
        assertThatThrownBy(() -> Values.checkResult(type, Optional.empty())).hasMessage("expected a result, got none");
        assertThatThrownBy(() -> Values.checkResult(type, Optional.of(WitValue.of(300))))
                .hasMessage("result: expected u8, got the integer 300");
    }
}
