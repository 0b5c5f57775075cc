package dev.wattle.wit;

import static dev.wattle.wit.WitType.Primitive.F64;
import static dev.wattle.wit.WitType.Primitive.STRING;
import static dev.wattle.wit.WitType.Primitive.U32;
import static dev.wattle.wit.WitType.Primitive.U8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class WitTextTest {
    private static final ResourceType FIELDS = new ResourceType("fields");

    static Stream<Arguments> types() {
        return Stream.of(
                arguments(new WitType.ListType(new WitType.TupleType(List.of(U8, STRING))), "list<tuple<u8, string>>"),
                arguments(new WitType.ResultType(Optional.empty(), Optional.empty()), "result"),
                arguments(new WitType.ResultType(Optional.of(U8), Optional.empty()), "result<u8>"),
                arguments(new WitType.ResultType(Optional.empty(), Optional.of(U8)), "result<_, u8>"),
                arguments(new WitType.OptionType(new WitType.OwnType(FIELDS)), "option<fields>"),
                arguments(new WitType.BorrowType(FIELDS), "borrow<fields>"),
                arguments(
                        new WitType.RecordType(
                                List.of(new WitType.Field("amount", F64), new WitType.Field("type", STRING))),
                        "record { amount: f64, %type: string }"),
                arguments(
                        new WitType.VariantType(List.of(
                                new WitType.Case("a", Optional.of(U8)), new WitType.Case("b", Optional.empty()))),
                        "variant { a(u8), b }"),
                arguments(new WitType.EnumType(List.of("a", "b")), "enum { a, b }"),
                arguments(new WitType.FlagsType(List.of("r", "w")), "flags { r, w }"),
                arguments(new WitType.StreamType(Optional.of(U8)), "stream<u8>"),
                arguments(new WitType.FutureType(Optional.empty()), "future"));
    }

    @ParameterizedTest
    @MethodSource("types")
    void types_are_written_as_in_wit(WitType type, String text) {
        assertThat(WitText.print(type)).isEqualTo(text);
    }

    @Test
    void functions_are_written_as_signatures() {
        FunctionType type = new FunctionType(
                List.of(new FunctionType.Parameter("a", U32), new FunctionType.Parameter("from", U32)),
                Optional.of(U32));
        assertThat(WitText.print("add", type)).isEqualTo("add: func(a: u32, %from: u32) -> u32");
    }

    @Test
    void resources_are_replaced_everywhere_and_other_types_kept() {
        ResourceType fresh = new ResourceType("fields");
        FunctionType type = new FunctionType(
                List.of(new FunctionType.Parameter("self", new WitType.BorrowType(FIELDS))),
                Optional.of(new WitType.ResultType(
                        Optional.of(new WitType.ListType(new WitType.OwnType(FIELDS))), Optional.of(U8))));
        FunctionType replaced = ResourceTypes.replace(type, each -> each == FIELDS ? fresh : each);
        assertThat(replaced.parameters().getFirst().type()).isEqualTo(new WitType.BorrowType(fresh));
        assertThat(replaced.result())
                .contains(new WitType.ResultType(
                        Optional.of(new WitType.ListType(new WitType.OwnType(fresh))), Optional.of(U8)));
        assertThat(ResourceTypes.replace(type, each -> each)).isSameAs(type);
    }
}
